package io.leeway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table of predictions, or of readings of machines, and the roles of its columns.
 *
 * @param id column that identifies a prediction; only telemetry may have none
 * @param version column of the model version
 * @param score binary: column of the probability of the positive outcome; regression: column of the
 *     predicted number; otherwise empty
 * @param classScores multiclass: class to column of its probability, in the order of the file's
 *     lines and then of the names, which decides ties; otherwise empty
 * @param decision column of the decision or predicted class; regression: empty
 * @param positive binary: the value of decision and label that counts as positive
 * @param where SQL condition on the rows to be watched
 */
public record PredictionsConfig(
    TableRef table,
    Optional<String> id,
    String time,
    Optional<String> version,
    Optional<String> score,
    Map<String, String> classScores,
    Optional<String> decision,
    String positive,
    Optional<String> where) {

  public PredictionsConfig {
    if (score.isPresent() && !classScores.isEmpty()) {
      throw new IllegalArgumentException("Predictions have a score or scores of classes.");
    }
    classScores = Collections.unmodifiableMap(new LinkedHashMap<>(classScores));
  }

  static PredictionsConfig read(Block block, Task task) {
    boolean multiclass = task == Task.MULTICLASS;
    TableRef table = TableRef.required(block, "table");
    boolean telemetry = task == Task.TELEMETRY;
    Optional<String> id =
        telemetry
            ? block.optionalText("id")
            : Optional.of(block.required("id", "name the column that identifies a prediction"));
    String time = block.required("time", "name the column of the prediction's time");
    Optional<String> version = block.optionalText("version");
    Optional<String> score = block.optionalText("score");
    Map<String, String> classScores = block.textMap("scores");
    block.recordOrder("scores", classScores.keySet());
    Optional<String> decision = block.optionalText("decision");
    String positive = block.text("positive", "1");
    Optional<String> where = block.optionalText("where");
    block.refuseUnknownKeys();
    if (multiclass) {
      if (block.find("scores").isEmpty()) {
        block.missing(
            "scores", "name each class's score column: scores { good = score_good, ... }");
      } else if (classScores.size() < 2) {
        block.wrong("scores", "names fewer than two classes; name them all, or use task = binary");
      }
      if (block.find("decision").isEmpty()) {
        block.missing("decision", "name the column of the predicted class");
      }
      refuse(block, "score", "a multiclass model has one score a class; use scores { ... }");
    } else if (telemetry) {
      for (String key : List.of("score", "scores", "decision")) {
        refuse(block, key, "telemetry has no predictions; remove it, or choose another task");
      }
    } else {
      if (block.find("score").isEmpty()) {
        block.missing(
            "score",
            task == Task.BINARY
                ? "name the column of the probability of the positive outcome"
                : "name the column of the predicted number");
      }
      refuse(block, "scores", "scores of classes are for task = multiclass; use score");
    }
    if (task == Task.REGRESSION) {
      refuse(block, "decision", "a regression has no decision; remove it");
    }
    if (task != Task.BINARY) {
      refuse(block, "positive", "only a binary task has a positive outcome; remove it");
    }
    Map<String, Integer> roles = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(time), Stream.of(id, version, score, decision).flatMap(Optional::stream))
        .filter(column -> !column.equals(Block.MISSING))
        .forEach(column -> roles.merge(column, 1, Integer::sum));
    roles.forEach(
        (column, times) -> {
          if (times > 1) {
            block.wrong("column '" + column + "' has two roles; name one column for each");
          }
        });
    return new PredictionsConfig(
        table,
        id,
        time,
        version,
        multiclass || telemetry ? Optional.empty() : Optional.of(score.orElse(Block.MISSING)),
        multiclass ? orMissing(classScores) : Map.of(),
        decision,
        positive,
        where);
  }

  private static Map<String, String> orMissing(Map<String, String> classScores) {
    return classScores.isEmpty() ? Map.of(Block.MISSING, Block.MISSING) : classScores;
  }

  private static void refuse(Block block, String key, String text) {
    if (block.find(key).isPresent()) {
      block.wrong(key, text);
    }
  }

  /** What the model returned: the columns of its scores and of its decision. */
  public List<String> outputColumns() {
    Set<String> columns = new LinkedHashSet<>();
    score.ifPresent(columns::add);
    columns.addAll(classScores.values());
    decision.ifPresent(columns::add);
    return List.copyOf(columns);
  }
}
