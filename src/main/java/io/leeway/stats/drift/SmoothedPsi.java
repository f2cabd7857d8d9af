package io.leeway.stats.drift;

import io.leeway.stats.Outcome;

/**
 * The population stability index that is tested: cells with fewer than five expected rows are
 * merged, then every count gains one half (the prior of Jeffreys), so that with B cells a share is
 *
 * <pre>{@code (c_i + 1/2) / (n + B/2),   S = sum over cells of (w - r) * ln(w / r)}</pre>
 *
 * <p>Undefined where a side has no rows or fewer than two cells remain. The test's value is {@code
 * psi_smoothed}.
 */
public final class SmoothedPsi {
  private SmoothedPsi() {}

  /** Of ordered bins; thin neighbours are merged. */
  public static Outcome<DivergenceTest> ofBins(long[] reference, long[] window) {
    return MergedCells.ofBins(reference, window)
        .map(cells -> cells.test(DivergenceScale.PSI, SmoothedPsi::statistic));
  }

  /**
   * Of categories, in any order; thin ones are merged into one cell, those that the reference never
   * saw into another.
   */
  public static Outcome<DivergenceTest> ofCategories(long[] reference, long[] window) {
    return MergedCells.ofCategories(reference, window)
        .map(cells -> cells.test(DivergenceScale.PSI, SmoothedPsi::statistic));
  }

  private static double statistic(long[] reference, long[] window) {
    double half = 0.5 * reference.length;
    double m = Sides.total(reference) + half;
    double n = Sides.total(window) + half;
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double r = (reference[i] + 0.5) / m;
      double w = (window[i] + 0.5) / n;
      sum += (w - r) * Math.log(w / r);
    }
    return sum;
  }
}
