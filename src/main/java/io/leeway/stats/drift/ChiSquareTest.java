package io.leeway.stats.drift;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.ChiSquare;

/**
 * Pearson's test of independence on the 2 × k table of reference and window, no continuity
 * correction, over the k cells with a row on either side:
 *
 * <pre>{@code chi2 = sum over cells of (r n - w m)^2 / (n m (r + w))}</pre>
 *
 * <p>One cell only gives statistic 0, p-value 1, 0 degrees: a convention, not a finding (see {@link
 * #isConvention}).
 *
 * @param statistic &ge; 0
 * @param pValue upper tail of chi-square with {@code degrees}
 * @param degrees k − 1
 * @param cramersV {@code sqrt(statistic / (n + m))}, in [0, 1]
 * @param minExpected the least expected count of the 2k
 */
public record ChiSquareTest(
    double statistic, double pValue, int degrees, double cramersV, double minExpected) {
  private static final int LEAST_EXPECTED = 5;

  /**
   * Undefined where a side has no rows.
   *
   * @throws IllegalArgumentException if lengths differ or a count is negative
   */
  public static Outcome<ChiSquareTest> of(long[] reference, long[] window) {
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    int cells = 0;
    double minExpected = Double.POSITIVE_INFINITY;
    for (int i = 0; i < reference.length; i++) {
      double both = (double) reference[i] + window[i];
      if (both > 0) {
        cells++;
        minExpected = Math.min(minExpected, both * Math.min(n, m) / ((double) n + m));
      }
    }
    double statistic = statistic(reference, window);
    return Outcome.of(
        new ChiSquareTest(
            statistic,
            ChiSquare.upperTail(statistic, cells - 1.0),
            cells - 1,
            Math.min(1, Math.sqrt(statistic / ((double) n + m))),
            minExpected));
  }

  /**
   * The rule of thumb that every expected count is at least 5; below it the p-value is not to be
   * trusted.
   *
   * @see <a href="https://doi.org/10.2307/3001616">Cochran (1954)</a>
   */
  public boolean isWellSupported() {
    return minExpected >= LEAST_EXPECTED;
  }

  /** Whether the numbers are those of the convention for a single cell. */
  public boolean isConvention() {
    return degrees == 0;
  }

  /** The test of Cramér's V over categories, thin ones merged. */
  public static Outcome<DivergenceTest> testOfCategories(long[] reference, long[] window) {
    return MergedCells.ofCategories(reference, window)
        .map(
            cells ->
                cells.test(
                    DivergenceScale.CRAMERS_V,
                    (r, w) -> statistic(r, w) * (1.0 / Sides.total(r) + 1.0 / Sides.total(w))));
  }

  private static double statistic(long[] reference, long[] window) {
    double m = Sides.total(reference);
    double n = Sides.total(window);
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double both = (double) reference[i] + window[i];
      if (both > 0) {
        double difference = reference[i] * n - window[i] * m;
        sum += difference / n * (difference / m) / both;
      }
    }
    return sum;
  }
}
