package io.leeway.registry.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.config.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The file {@code governance/feature_spec.json}: a {@link ModelDescription}. */
final class DescriptionJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private DescriptionJson() {}

  static String write(ModelDescription description) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("model", description.model());
    root.put("task", description.task().text());
    ArrayNode classes = root.putArray("classes");
    description.classes().forEach(classes::add);
    description.positive().ifPresent(positive -> root.put("positive", positive));
    description.threshold().ifPresent(threshold -> root.put("threshold", threshold));
    root.put("pipeline_hash", description.pipelineHash());
    root.putObject("score")
        .put("column", description.score().column())
        .put("kind", description.score().kind().name().toLowerCase(Locale.ROOT));
    ArrayNode inputs = root.putArray("inputs");
    description
        .inputs()
        .forEach(input -> inputs.addObject().put("name", input.name()).put("type", input.type()));
    return root.toPrettyString() + "\n";
  }

  static ModelDescription read(JsonNode root) {
    if (root.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("format " + root.path("format") + " is not known here");
    }
    List<String> classes = new ArrayList<>();
    root.path("classes").forEach(label -> classes.add(label.asText()));
    List<InputColumn> inputs = new ArrayList<>();
    root.path("inputs")
        .forEach(
            input ->
                inputs.add(
                    new InputColumn(input.path("name").asText(), input.path("type").asText())));
    JsonNode score = root.path("score");
    return new ModelDescription(
        root.path("model").asText(),
        Task.valueOf(root.path("task").asText().toUpperCase(Locale.ROOT)),
        classes,
        root.has("positive") ? Optional.of(root.get("positive").asText()) : Optional.empty(),
        root.has("threshold")
            ? OptionalDouble.of(root.get("threshold").asDouble())
            : OptionalDouble.empty(),
        inputs,
        root.path("pipeline_hash").asText(),
        new ScoreColumn(
            score.path("column").asText(),
            ScoreColumn.Kind.valueOf(score.path("kind").asText().toUpperCase(Locale.ROOT))));
  }
}
