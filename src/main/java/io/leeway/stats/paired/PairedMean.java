package io.leeway.stats.paired;

import io.leeway.stats.Outcome;
import java.util.stream.IntStream;

/**
 * The mean of differences row by row, which is the difference of two means over the same rows. With
 * differences {@code d_i} of n rows,
 *
 * <pre>{@code
 * mean = sum d_i / n
 * SE   = s / sqrt(n),   s² = sum (d_i - mean)² / (n - 1)
 * }</pre>
 *
 * <p>and Student's t of n − 1 degrees. Where rows of one entity go together, their deviations are
 * summed first and the G entities take the part of the rows:
 *
 * <pre>{@code SE² = G / (G - 1) * sum over entities of (sum of (d_i - mean))² / n²}</pre>
 *
 * <p>with G − 1 degrees; of entities with one row each it is the same. A relative margin is tested
 * by handing in {@code d_i = a_i - (1 + share) b_i}.
 *
 * <p>The t interval wants rows enough for a mean of skewed differences to be near normal; how many
 * is for the caller to say.
 */
public final class PairedMean {
  private PairedMean() {}

  /**
   * Of independent rows. Undefined below two of them, and where a difference is not finite.
   *
   * @param differences first minus second scorer, row by row
   */
  public static Outcome<PairedDifference> of(double[] differences) {
    return of(differences, IntStream.range(0, differences.length).toArray());
  }

  /**
   * Of rows by entity. Undefined below two entities, and where a difference is not finite.
   *
   * @param entities a code for each row; rows of equal codes go together
   * @throws IllegalArgumentException if there is not one code a row
   */
  public static Outcome<PairedDifference> of(double[] differences, int[] entities) {
    if (differences.length != entities.length) {
      throw new IllegalArgumentException(
          "There are " + differences.length + " rows, but " + entities.length + " entities.");
    }
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    if (!Double.isFinite(sum)) {
      return Outcome.undefined("A row has no finite difference.");
    }
    Clusters clusters = Clusters.of(entities);
    if (clusters.count() < 2) {
      return Outcome.undefined(
          "A mean needs two independent rows for its standard error, but has "
              + clusters.count()
              + ".");
    }
    int n = differences.length;
    double mean = sum / n;
    double[] influences = new double[n];
    for (int i = 0; i < n; i++) {
      influences[i] = (differences[i] - mean) / n;
    }
    return Outcome.of(
        new PairedDifference(
            mean,
            Math.sqrt(clusters.variance(influences)),
            clusters.count() - 1.0,
            clusters.count()));
  }
}
