package io.leeway.stats.paired;

import java.util.Arrays;

/**
 * Rows by the entity they are of. Rows of one entity go together, so what is independent is their
 * sum.
 *
 * <p>An estimate that is a smooth function of means changes by the influence {@code u_i} of each
 * row; these sum to 0. With G entities its variance is
 *
 * <pre>{@code Var = G / (G - 1) * sum over entities of (sum of u_i)²}</pre>
 *
 * <p>With one row an entity and {@code u_i = (d_i - mean) / n} this is {@code s² / n}, s² with
 * divisor n − 1.
 *
 * @see <a href="https://doi.org/10.1093/biomet/73.1.13">Liang and Zeger (1986)</a>
 */
final class Clusters {
  private final int[] codes;
  private final int count;

  private Clusters(int[] codes, int count) {
    this.codes = codes;
    this.count = count;
  }

  /**
   * By equal codes.
   *
   * @param entities a code for each row; any numbers
   */
  static Clusters of(int[] entities) {
    int[] distinct = Arrays.stream(entities).sorted().distinct().toArray();
    int[] codes = new int[entities.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Arrays.binarySearch(distinct, entities[i]);
    }
    return new Clusters(codes, distinct.length);
  }

  /** G. */
  int count() {
    return count;
  }

  /** The variance of an estimate with these influences; there must be two entities. */
  double variance(double[] influences) {
    return covariance(influences, influences);
  }

  /** The covariance of two estimates of the same rows. */
  double covariance(double[] ones, double[] others) {
    double[] one = sums(ones);
    double[] other = sums(others);
    double sum = 0;
    for (int g = 0; g < count; g++) {
      sum += one[g] * other[g];
    }
    return sum * count / (count - 1);
  }

  private double[] sums(double[] influences) {
    double[] sums = new double[count];
    for (int i = 0; i < codes.length; i++) {
      sums[codes[i]] += influences[i];
    }
    return sums;
  }
}
