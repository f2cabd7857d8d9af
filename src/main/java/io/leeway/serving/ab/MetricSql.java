package io.leeway.serving.ab;

import io.leeway.config.FairnessConfig;
import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.config.Task;
import io.leeway.config.TestMetric;
import io.leeway.domain.UserException;
import io.leeway.serving.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * The number that a metric takes of a prediction, in SQL. Those that need no outcome are read from
 * the predictions; the others from {@link #OUTCOME} and the columns of the answer, once these have
 * been joined. Probabilities are kept 1e-15 off 0 and 1, so that a logarithm is finite.
 */
final class MetricSql {
  /** The label in the form of its column; NULL where none counts. */
  static final String OUTCOME = "leeway_outcome";

  private static final String STATUS = "status";
  private static final String FALLBACK = "fallback";
  private static final String LEAST = "1e-15D";

  private final ModelConfig model;
  private final StructType predictions;

  MetricSql(ModelConfig model, StructType predictions) {
    this.model = model;
    this.predictions = predictions;
  }

  /**
   * Whether the fallback has answered: it says so by the status, and a rule by its version, too.
   */
  String fallback() {
    String rule = isFallback(model.predictions().version().orElseThrow());
    return predictions.getFieldIndex(STATUS).isEmpty()
        ? rule
        : "(" + rule + " OR " + isFallback(STATUS) + ")";
  }

  private static String isFallback(String column) {
    return text(SqlText.quoted(column)) + " <=> '" + FALLBACK + "'";
  }

  /**
   * The SQL, of type DOUBLE; NULL where the unit has no such number.
   *
   * @throws UserException if the model or its tables have not what the metric needs
   */
  String of(TestMetric metric) {
    if (metric.kind().needsLabel() && model.labels().isEmpty()) {
      throw lacks(metric, "labels, and none are configured. Add a labels block");
    }
    String sql =
        switch (metric.kind()) {
          case SQUARED_ERROR -> squaredError();
          case ABSOLUTE_ERROR -> absoluteError(metric);
          case LOG_LOSS -> logLoss(metric);
          case ERROR_RATE -> errorRate(metric);
          case POSITIVE_DECISION_RATE -> positiveDecision(metric);
          case FAILURE_RATE -> failure(metric);
          case LATENCY ->
              SqlText.quoted(
                  model
                      .operations()
                      .latency()
                      .orElseThrow(
                          () ->
                              lacks(metric, "a column. Name it: operations.latency = latency_ms")));
          case SQL -> "(" + metric.sql().orElseThrow() + ")";
        };
    return "nanvl(CAST(" + sql + " AS DOUBLE), CAST(NULL AS DOUBLE))";
  }

  private static UserException lacks(TestMetric metric, String what) {
    return new UserException(
        "retrain.traffic: metric '"
            + metric.name()
            + "' needs "
            + what
            + ", or leave the metric out.");
  }

  private String score() {
    return "CAST(" + SqlText.quoted(model.predictions().score().orElseThrow()) + " AS DOUBLE)";
  }

  private static String text(String column) {
    return "CAST(" + column + " AS STRING)";
  }

  /** 1, 0 or NULL of a binary outcome. */
  private String yes() {
    LabelsConfig labels = model.labels().orElseThrow();
    String none =
        labels.unlabelledAfterMaturityIsNegative() ? "WHEN " + OUTCOME + " IS NULL THEN 0D " : "";
    return "CASE "
        + none
        + "WHEN "
        + text(OUTCOME)
        + " = "
        + SqlText.literal(model.predictions().positive())
        + " THEN 1D WHEN "
        + text(OUTCOME)
        + " = "
        + SqlText.literal(labels.negative())
        + " THEN 0D END";
  }

  private String squaredError() {
    return switch (model.task()) {
      case MULTICLASS -> {
        List<String> terms = new ArrayList<>();
        model
            .predictions()
            .classScores()
            .forEach(
                (name, column) ->
                    terms.add(
                        "power(CAST("
                            + SqlText.quoted(column)
                            + " AS DOUBLE) - IF("
                            + text(OUTCOME)
                            + " = "
                            + SqlText.literal(name)
                            + ", 1D, 0D), 2)"));
        yield "CASE WHEN " + isKnownClass() + " THEN " + String.join(" + ", terms) + " END";
      }
      case REGRESSION -> "power(" + score() + " - CAST(" + OUTCOME + " AS DOUBLE), 2)";
      default -> "power(" + score() + " - (" + yes() + "), 2)";
    };
  }

  private String isKnownClass() {
    List<String> names =
        model.predictions().classScores().keySet().stream().map(SqlText::literal).toList();
    return text(OUTCOME) + " IN (" + String.join(", ", names) + ")";
  }

  private String absoluteError(TestMetric metric) {
    if (model.task() == Task.MULTICLASS) {
      throw lacks(metric, "one score, and this model has several. Take squared_error");
    }
    return model.task() == Task.REGRESSION
        ? "abs(" + score() + " - CAST(" + OUTCOME + " AS DOUBLE))"
        : "abs(" + score() + " - (" + yes() + "))";
  }

  private String logLoss(TestMetric metric) {
    if (model.task() == Task.REGRESSION) {
      throw lacks(metric, "probabilities, and this model predicts a number. Take squared_error");
    } else if (model.task() == Task.BINARY) {
      String yes = yes();
      String given = "IF((" + yes + ") = 1D, " + score() + ", 1D - " + score() + ")";
      return "CASE WHEN (" + yes + ") IS NOT NULL THEN -ln(" + kept(given) + ") END";
    }
    StringBuilder given = new StringBuilder("CASE");
    model
        .predictions()
        .classScores()
        .forEach(
            (name, column) ->
                given
                    .append(" WHEN ")
                    .append(text(OUTCOME))
                    .append(" = ")
                    .append(SqlText.literal(name))
                    .append(" THEN CAST(")
                    .append(SqlText.quoted(column))
                    .append(" AS DOUBLE)"));
    String probability = given.append(" END").toString();
    return "CASE WHEN (" + probability + ") IS NOT NULL THEN -ln(" + kept(probability) + ") END";
  }

  private static String kept(String probability) {
    return "greatest(" + LEAST + ", least(1D - " + LEAST + ", " + probability + "))";
  }

  private String errorRate(TestMetric metric) {
    PredictionsConfig of = model.predictions();
    if (of.decision().isEmpty()) {
      throw lacks(metric, "decisions. Name their column: predictions.decision = decision");
    }
    String decision = text(SqlText.quoted(of.decision().get()));
    String isDecided = decision + " IS NOT NULL";
    return model.task() == Task.MULTICLASS
        ? "CASE WHEN "
            + isDecided
            + " AND "
            + isKnownClass()
            + " THEN IF("
            + decision
            + " = "
            + text(OUTCOME)
            + ", 0D, 1D) END"
        : "CASE WHEN "
            + isDecided
            + " AND ("
            + yes()
            + ") IS NOT NULL THEN IF(("
            + decision
            + " = "
            + SqlText.literal(of.positive())
            + ") = (("
            + yes()
            + ") = 1D), 0D, 1D) END";
  }

  private String positiveDecision(TestMetric metric) {
    PredictionsConfig of = model.predictions();
    FairnessConfig fairness = model.fairness();
    if (of.decision().isEmpty()) {
      throw lacks(metric, "decisions. Name their column: predictions.decision = decision");
    }
    String positive =
        model.task() == Task.MULTICLASS
            ? fairness.positive().orElse(of.classScores().keySet().iterator().next())
            : of.positive();
    String decision = text(SqlText.quoted(of.decision().get()));
    return "CASE WHEN "
        + decision
        + " IS NOT NULL THEN IF("
        + decision
        + " = "
        + SqlText.literal(positive)
        + ", 1D, 0D) END";
  }

  private String failure(TestMetric metric) {
    Optional<String> condition =
        model
            .operations()
            .failed()
            .or(
                () ->
                    predictions.getFieldIndex(STATUS).isDefined()
                        ? Optional.of(STATUS + " = 'failed'")
                        : Optional.empty());
    String failed =
        condition.orElseThrow(
            () -> lacks(metric, "to know what a failure is. Write operations.failed = \"...\""));
    return "IF(coalesce(" + failed + ", false), 1D, 0D)";
  }

  /** Columns of the answer, by which numbers are made once the outcome is there. */
  List<String> answerColumns() {
    return model.predictions().outputColumns();
  }

  /** SQL of the group of an attribute; that of rows without one is a group of its own. */
  String group(String attribute) {
    Map<String, String> derived = model.derivedColumns();
    String sql =
        derived.containsKey(attribute)
            ? "(" + derived.get(attribute) + ")"
            : SqlText.quoted(attribute);
    return "coalesce(" + text(sql) + ", '(none)')";
  }
}
