package io.leeway.stats.drift;

import io.leeway.stats.Outcome;

/**
 * The Jensen-Shannon divergence to base 2 and its root, the distance. With shares r and w, no
 * floor,
 *
 * <pre>{@code js = 1/2 sum r log2(2r / (r + w)) + 1/2 sum w log2(2w / (r + w)),   0 log 0 = 0}
 * </pre>
 *
 * <p>In [0, 1]: 0 for equal shares, 1 for disjoint ones; symmetric.
 *
 * @see <a href="https://doi.org/10.1109/18.61115">Lin (1991)</a>
 */
public record JensenShannon(double divergence) {

  /**
   * Undefined where a side has no rows.
   *
   * @throws IllegalArgumentException if lengths differ or a count is negative
   */
  public static Outcome<JensenShannon> of(long[] reference, long[] window) {
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    return Outcome.of(new JensenShannon(Math.min(1, nats(reference, window) / Math.log(2))));
  }

  /** The root of the divergence, a metric. */
  public double distance() {
    return Math.sqrt(divergence);
  }

  /** The test of the distance over ordered bins, thin neighbours merged; sound from 200 rows on. */
  public static Outcome<DivergenceTest> testOfBins(long[] reference, long[] window) {
    return MergedCells.ofBins(reference, window)
        .map(cells -> cells.test(DivergenceScale.JS_DISTANCE, JensenShannon::statistic));
  }

  /** The test of the distance over categories, thin ones merged; sound from 200 rows on. */
  public static Outcome<DivergenceTest> testOfCategories(long[] reference, long[] window) {
    return MergedCells.ofCategories(reference, window)
        .map(cells -> cells.test(DivergenceScale.JS_DISTANCE, JensenShannon::statistic));
  }

  private static double statistic(long[] reference, long[] window) {
    return 8 * nats(reference, window);
  }

  /**
   * With u = (w − r)/(w + r) a cell's part is {@code (r + w)/4 [(1+u) ln(1+u) + (1-u) ln(1-u)]},
   * which loses nothing where the shares nearly agree.
   */
  private static double nats(long[] reference, long[] window) {
    double m = Sides.total(reference);
    double n = Sides.total(window);
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double r = reference[i] / m;
      double w = window[i] / n;
      if (r == 0 || w == 0) {
        sum += (r + w) / 2 * Math.log(2);
      } else {
        double u = (w - r) / (w + r);
        sum += (r + w) / 4 * ((1 + u) * Math.log1p(u) + (1 - u) * Math.log1p(-u));
      }
    }
    return Math.max(0, sum);
  }
}
