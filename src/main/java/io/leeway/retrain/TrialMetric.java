package io.leeway.retrain;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.Task;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.stats.Outcome;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What trials are compared by, of rows with a label and a score.
 *
 * <pre>{@code
 * log loss = mean of -ln(clip(probability given to what happened, 2^-52, 1 - 2^-52))
 * rmse     = sqrt(mean of (label - score)^2)
 * }</pre>
 *
 * <p>The clip is that of the monitor's {@code log_loss}. Sums are taken partition by partition and
 * then in the partitions' order, so that equal rows give equal bits. MLlib's evaluators are not
 * used: they call a set without rows or of one class good.
 */
final class TrialMetric {
  private static final double LEAST = 2.220446049250313E-16;
  private static final double MOST = 0.9999999999999998;

  private TrialMetric() {}

  static String name(Task task) {
    return task == Task.REGRESSION ? Trial.RMSE : Trial.LOG_LOSS;
  }

  /** The task's metric; undefined without rows. */
  static Outcome<Double> of(Task task, Dataset<Row> scored, ScoreColumn score) {
    Column label = col(TrainingRows.LABEL);
    if (task == Task.REGRESSION) {
      Column error = label.minus(col(score.column()));
      return mean(scored, error.multiply(error)).map(Math::sqrt);
    }
    return mean(scored, negate(log(clipped(happened(label, score)))));
  }

  /** The probability that was given to what happened. */
  private static Column happened(Column label, ScoreColumn score) {
    Column column = col(score.column());
    return score.kind() == ScoreColumn.Kind.NUMBER
        ? when(label.equalTo(1.0), column).otherwise(lit(1.0).minus(column))
        : functions.vector_to_array(column, "float64").getItem(label.cast(DataTypes.IntegerType));
  }

  private static Column clipped(Column probability) {
    return greatest(lit(LEAST), least(lit(MOST), probability));
  }

  private static Outcome<Double> mean(Dataset<Row> rows, Column value) {
    List<Row> parts =
        rows
            .groupBy(spark_partition_id().as("partition"))
            .agg(count(lit(1)), sum(value), sum(when(abs(value).isNull(), 1).otherwise(0)))
            .collectAsList()
            .stream()
            .sorted(Comparator.comparingInt((Row part) -> part.getInt(0)))
            .toList();
    long n = 0;
    double total = 0;
    for (Row part : parts) {
      if (part.getLong(3) > 0) {
        return Outcome.undefined("a row has no score");
      }
      n += part.getLong(1);
      total += part.getDouble(2);
    }
    if (n == 0) {
      return Outcome.undefined("there is no row to measure on");
    }
    return Double.isFinite(total)
        ? Outcome.of(total / n)
        : Outcome.undefined("a score is not finite");
  }
}
