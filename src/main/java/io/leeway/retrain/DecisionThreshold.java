package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.store.SqlName;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From which score on a candidate's decision is positive: the configured one; else the one by which
 * the recorded decisions were made, which the recorded scores betray; else one half.
 */
final class DecisionThreshold {
  private static final double HALF = 0.5;

  private DecisionThreshold() {}

  /** In (0, 1]; not looked at where the task is not binary. */
  static double of(ModelConfig model, OptionalDouble configured, TrainingRows rows) {
    if (configured.isPresent()) {
      return configured.getAsDouble();
    }
    Optional<String> score = model.predictions().score();
    Optional<String> decision = model.predictions().decision();
    if (model.task() != Task.BINARY || score.isEmpty() || decision.isEmpty()) {
      return HALF;
    }
    Column positive =
        col(SqlName.quoted(decision.get())).cast("string").equalTo(lit(model.predictions().positive()));
    return recorded(rows.all(), col(SqlName.quoted(score.get())).cast("double"), positive).orElse(HALF);
  }

  /** Where no positive decision has a lower score than a negative one, the least positive score. */
  private static OptionalDouble recorded(Dataset<Row> rows, Column score, Column positive) {
    Row range =
        rows.where(score.isNotNull().and(positive.isNotNull()))
            .agg(min(when(positive, score)), max(when(positive, lit(null)).otherwise(score)))
            .first();
    if (range.isNullAt(0) || range.isNullAt(1)) {
      return OptionalDouble.empty();
    }
    double least = range.getDouble(0);
    double below = range.getDouble(1);
    return least > below && least > 0 && least <= 1
        ? OptionalDouble.of(round(below, least))
        : OptionalDouble.empty();
  }

  /** The shortest decimal that lies between, which is what people write. */
  private static double round(double below, double least) {
    for (int digits = 1; digits <= 6; digits++) {
      double scale = Math.pow(10, digits);
      double candidate = Math.floor(least * scale) / scale;
      if (candidate > below) {
        return candidate;
      }
    }
    return least;
  }
}
