package io.leeway.stats;

import java.util.Arrays;
import java.util.List;

/**
 * What several variables say together over n rows: their sums and the sums of their products, from
 * which come means, covariances and correlations. Moments of disjoint rows add up.
 *
 * <p>With p variables there are p sums S_i and p(p + 1)/2 products P_ij, squares among them, the
 * upper triangle row by row: P_00, P_01, …, P_0(p−1), P_11, … . {@code n}, {@code S} and {@code P}
 * are of the same rows; a value that is missing has to be replaced before it gets here.
 *
 * <p>Covariances are {@code P_ij/n - S_i S_j/n²}, divisor n, about the side's own mean. They lose
 * digits where a mean is far larger than the spread, so variables should be about centred, as
 * normal scores are.
 */
public final class CrossMoments {
  /** A variance below this share of the mean square is rounding: the variable is constant. */
  private static final double CONSTANT = 1e-12;

  private final long rows;
  private final double[] sums;
  private final double[] products;

  private CrossMoments(long rows, double[] sums, double[] products) {
    this.rows = rows;
    this.sums = sums;
    this.products = products;
  }

  /**
   * Copies what it is given.
   *
   * @param rows n, &ge; 0
   * @param sums S_i
   * @param products P_ij, upper triangle row by row
   * @throws IllegalArgumentException if the lengths do not fit or a sum is not finite
   */
  public static CrossMoments of(long rows, double[] sums, double[] products) {
    int p = sums.length;
    if (rows < 0 || products.length != p * (p + 1) / 2) {
      throw new IllegalArgumentException(
          p
              + " variables have "
              + p * (p + 1) / 2
              + " products over a number of rows, but got "
              + products.length
              + " over "
              + rows
              + ".");
    }
    requireFinite(sums);
    requireFinite(products);
    return new CrossMoments(rows, sums.clone(), products.clone());
  }

  /** The moments of all rows of all parts, which have the same variables. */
  public static CrossMoments sum(List<CrossMoments> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("There are no moments to add up.");
    }
    return parts.stream().reduce(CrossMoments::plus).orElseThrow();
  }

  /** The moments of the rows of both. */
  public CrossMoments plus(CrossMoments other) {
    requireSameVariables(other);
    double[] s = sums.clone();
    double[] q = products.clone();
    Arrays.setAll(s, i -> s[i] + other.sums[i]);
    Arrays.setAll(q, i -> q[i] + other.products[i]);
    return new CrossMoments(Math.addExact(rows, other.rows), s, q);
  }

  /** Where P_ij stands among the products of {@code variables} variables, i &le; j. */
  public static int index(int i, int j, int variables) {
    return i * variables - i * (i + 1) / 2 + j;
  }

  public long rows() {
    return rows;
  }

  public int variables() {
    return sums.length;
  }

  /** S_i/n; there must be rows. */
  public double mean(int i) {
    requireRows();
    return sums[i] / rows;
  }

  /** Divisor n, in either order of i and j; of a constant variable exactly 0. */
  public double covariance(int i, int j) {
    requireRows();
    return isConstant(i) || isConstant(j) ? 0 : raw(i, j);
  }

  /** Whether all rows have the same value of the variable, up to rounding; true of one row. */
  public boolean isConstant(int i) {
    requireRows();
    return raw(i, i) <= CONSTANT * products[index(i, i, sums.length)] / rows;
  }

  /** Pearson's correlation of two variables that are not constant, in [−1, 1]. */
  public double correlation(int i, int j) {
    if (isConstant(i) || isConstant(j)) {
      throw new IllegalStateException(
          "A constant variable has no correlation: asked for that of " + i + " and " + j + ".");
    }
    return i == j ? 1 : Math.max(-1, Math.min(1, raw(i, j) / Math.sqrt(raw(i, i) * raw(j, j))));
  }

  public void requireSameVariables(CrossMoments other) {
    if (sums.length != other.sums.length) {
      throw new IllegalArgumentException(
          "Both sides need the same variables, but have "
              + sums.length
              + " and "
              + other.sums.length
              + ".");
    }
  }

  private double raw(int i, int j) {
    double product = products[index(Math.min(i, j), Math.max(i, j), sums.length)];
    return product / rows - sums[i] / rows * (sums[j] / rows);
  }

  private void requireRows() {
    if (rows == 0) {
      throw new IllegalStateException("No rows, no moments.");
    }
  }

  private static void requireFinite(double[] numbers) {
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("Sums must be finite, but one is " + number + ".");
      }
    }
  }
}
