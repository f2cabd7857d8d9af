package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/**
 * How much a row of each class weighs in training, so that every class weighs the same in all:
 *
 * <pre>{@code weight of class c = n / (k * n of c), at most 20}</pre>
 *
 * <p>of n rows in k classes that have some. The cap keeps a few rows from being all that counts.
 * Weights are for fitting alone: trials and calibration see rows as often as they are.
 */
final class ClassWeights {
  /** DOUBLE: the weight of a row. */
  static final String COLUMN = "leeway_weight";

  private static final double MOST = 20;

  private ClassWeights() {}

  /**
   * The weights.
   *
   * @param counts rows of each class, all above 0
   */
  static SortedMap<Double, Double> of(Map<Double, Long> counts) {
    long rows = counts.values().stream().mapToLong(count -> count).sum();
    TreeMap<Double, Double> weights = new TreeMap<>();
    counts.forEach(
        (label, count) ->
            weights.put(label, Math.min(MOST, (double) rows / counts.size() / count)));
    return Collections.unmodifiableSortedMap(weights);
  }

  /** The weight of a row by its label; 1 for a class without one. */
  static Column column(Map<Double, Double> weights) {
    Column weight = when(lit(false), lit(1.0));
    for (Map.Entry<Double, Double> of : weights.entrySet()) {
      weight = weight.when(col(TrainingRows.LABEL).equalTo(of.getKey()), lit(of.getValue()));
    }
    return weight.otherwise(lit(1.0)).as(COLUMN);
  }
}
