package io.leeway.retrain.expect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.config.IgnoredAnomaly;
import io.leeway.config.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Expectations as JSON and back. Keys stand in one order, and what does not exist is left out. */
final class ExpectationsJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private ExpectationsJson() {}

  static String write(Expectations of) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("task", of.label().task().name());
    putShares(root.putObject("label_shares"), of.label().shares());
    TableLimits limits = of.limits();
    root.putObject("limits")
        .put("min_rows", limits.minRows())
        .put("max_duplicates", limits.maxDuplicates())
        .put("label_rate_change", limits.labelRateChange())
        .put("max_feature_drift", limits.maxFeatureDrift())
        .put("leakage", limits.leakage())
        .put("min_coverage", limits.minCoverage());
    ArrayNode ignored = root.putArray("ignore");
    of.ignored().forEach(each -> ignored.add(each.text()));
    ArrayNode columns = root.putArray("columns");
    of.columns().forEach(column -> put(columns.addObject(), column));
    return root.toString();
  }

  private static void put(ObjectNode node, ColumnExpectation column) {
    node.put("name", column.name());
    node.put("type", column.type());
    node.put("max_null_rate", column.maxNullRate());
    column.min().ifPresent(min -> node.put("min", min));
    column.max().ifPresent(max -> node.put("max", max));
    if (!column.isNumeric()) {
      ArrayNode categories = node.putArray("categories");
      column.categories().forEach(categories::add);
    }
    node.put("max_new_share", column.maxNewShare());
    ReferenceColumn of = column.reference();
    ObjectNode reference = node.putObject("reference");
    reference.put("kind", of.kind().name());
    reference.put("type", of.type());
    reference.put("rows", of.rows());
    reference.put("nulls", of.nulls());
    of.minimum().ifPresent(minimum -> reference.put("minimum", minimum));
    of.maximum().ifPresent(maximum -> reference.put("maximum", maximum));
    of.bins()
        .ifPresent(
            bins -> {
              ArrayNode edges = reference.putArray("edges");
              bins.edges().forEach(edges::add);
              ArrayNode shares = reference.putArray("shares");
              bins.shares().forEach(shares::add);
            });
    if (!of.categories().isEmpty()) {
      putShares(reference.putObject("categories"), of.categories());
    }
  }

  private static void putShares(ObjectNode node, Map<?, Double> shares) {
    shares.forEach((key, share) -> node.put(String.valueOf(key), share));
  }

  static Expectations read(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expectations are no JSON: " + json, e);
    }
    if (root.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException(
          "Expectations are of format " + root.path("format") + ", not " + FORMAT + ".");
    }
    JsonNode limits = root.required("limits");
    return new Expectations(
        new ReferenceLabel(
            Task.valueOf(root.required("task").asText()),
            shares(root.required("label_shares"), Integer::valueOf)),
        new TableLimits(
            limits.required("min_rows").asLong(),
            limits.required("max_duplicates").asDouble(),
            limits.required("label_rate_change").asDouble(),
            limits.required("max_feature_drift").asDouble(),
            limits.required("leakage").asDouble(),
            limits.required("min_coverage").asDouble()),
        list(root.required("columns"), ExpectationsJson::column),
        list(root.required("ignore"), each -> IgnoredAnomaly.parse(each.asText())));
  }

  private static ColumnExpectation column(JsonNode node) {
    JsonNode of = node.required("reference");
    ReferenceColumn reference =
        new ReferenceColumn(
            node.required("name").asText(),
            ReferenceColumn.Kind.valueOf(of.required("kind").asText()),
            of.required("type").asText(),
            of.required("rows").asLong(),
            of.required("nulls").asLong(),
            number(of, "minimum"),
            number(of, "maximum"),
            of.has("edges")
                ? Optional.of(
                    new BinShares(
                        list(of.required("edges"), JsonNode::asDouble),
                        list(of.required("shares"), JsonNode::asDouble)))
                : Optional.empty(),
            shares(of.path("categories"), Function.identity()));
    return new ColumnExpectation(
        reference,
        node.required("type").asText(),
        node.required("max_null_rate").asDouble(),
        number(node, "min"),
        number(node, "max"),
        list(node.path("categories"), JsonNode::asText),
        node.required("max_new_share").asDouble());
  }

  private static Optional<Double> number(JsonNode node, String key) {
    return node.has(key) ? Optional.of(node.get(key).asDouble()) : Optional.empty();
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
    List<T> list = new ArrayList<>();
    array.forEach(each -> list.add(element.apply(each)));
    return list;
  }

  private static <K extends Comparable<K>> SortedMap<K, Double> shares(
      JsonNode node, Function<String, K> key) {
    SortedMap<K, Double> shares = new TreeMap<>();
    node.fieldNames()
        .forEachRemaining(name -> shares.put(key.apply(name), node.get(name).asDouble()));
    return shares;
  }
}
