package io.leeway.serving;

import io.leeway.config.CircuitConfig.Fallback;
import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Answers by SQL over the features; of several classes the answer is the class. */
final class FallbackRule implements Scorer {
  private static final String NO_CLASSES = "CAST(NULL AS ARRAY<DOUBLE>)";
  private static final String KEY = "retrain.circuit.fallback.";

  private final String score;
  private final String decision;

  private FallbackRule(String score, String decision) {
    this.score = score;
    this.decision = decision;
  }

  /**
   * A rule that fits the features.
   *
   * @param features whose columns it may name
   * @throws UserException if it does not parse, names a column that is not there, or gives what is
   *     no score
   */
  static FallbackRule of(ModelConfig model, Fallback fallback, Dataset<Row> features) {
    String sql = fallback.sql().orElseThrow();
    boolean isClass = model.task() == Task.MULTICLASS;
    check(model, "sql", sql, isClass ? "STRING" : "DOUBLE", features);
    fallback.decision().ifPresent(text -> check(model, "decision", text, "STRING", features));
    return new FallbackRule(
        isClass ? "CAST(NULL AS DOUBLE)" : cast(sql, "DOUBLE"),
        cast(isClass ? sql : fallback.decision().orElse("NULL"), "STRING"));
  }

  private static String cast(String sql, String type) {
    return "CAST((" + sql + ") AS " + type + ")";
  }

  private static void check(
      ModelConfig model, String key, String sql, String type, Dataset<Row> features) {
    try {
      // By itself first, so that no bracket of it closes one of ours.
      features.select(functions.expr(sql));
      features.select(functions.expr(cast(sql, type)));
    } catch (Exception e) {
      if (!(e instanceof AnalysisException)) {
        throw e;
      }
      throw new UserException(
          "Model '"
              + model.name()
              + "': "
              + KEY
              + key
              + " is \""
              + sql
              + "\", which does not fit the feature table: "
              + said(e)
              + ". Correct it; with it nothing is scored, for the fallback must be ready before it is needed.",
          e);
    }
  }

  /** The first line, without what ends it. */
  private static String said(Exception e) {
    String line = e.getMessage().lines().findFirst().orElse("").strip();
    return line.replaceFirst("[.;\\s]+$", "");
  }

  @Override
  public Dataset<Row> score(Dataset<Row> rows) {
    return rows.withColumn(SCORE, functions.expr(score))
        .withColumn(CLASS_SCORES, functions.expr(NO_CLASSES))
        .withColumn(DECISION, functions.expr(decision));
  }
}
