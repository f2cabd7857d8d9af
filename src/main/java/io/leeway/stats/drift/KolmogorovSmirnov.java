package io.leeway.stats.drift;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.KolmogorovDistribution;
import io.leeway.stats.inference.Overdispersion;

/**
 * The Kolmogorov-Smirnov distance of two samples, the greatest difference between their empirical
 * distribution functions F (reference) and G (window).
 *
 * <p>The statistic D is taken at the ends of the cells, where F and G are known exactly. Inside a
 * cell that may hold several values F rises from F⁻ to F⁺ and G from G⁻ to G⁺ in an unknown order,
 * so the true distance lies in {@code [D, D + e]} with
 *
 * <pre>{@code e = max over such cells of max(F⁺ - G⁻, G⁺ - F⁻) - D, at least 0}</pre>
 *
 * <p>D is in [0, 1], 0 for equal distributions. P-values are conservative where values tie.
 *
 * @param statistic D
 * @param errorBound e
 * @param nRef rows of the reference, &ge; 1
 * @param nWin rows of the window, &ge; 1
 * @param pValue two-sided, by the exact one-sample distribution with {@code nm/(n+m)} points,
 *     rounded half to even, at D (SciPy calls this {@code asymp})
 * @param pValueLimit two-sided, by the limiting distribution at {@code D sqrt(nm/(n+m))}
 */
public record KolmogorovSmirnov(
    double statistic, double errorBound, long nRef, long nWin, double pValue, double pValueLimit) {
  /** The 95 % quantile of the limiting distribution. */
  private static final double K95 = 1.358;

  /** Undefined where a side has no rows. */
  public static Outcome<KolmogorovSmirnov> of(AlignedCounts counts) {
    long m = counts.nRef();
    long n = counts.nWin();
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double d = 0;
    double inside = 0;
    long below = 0;
    long belowInWindow = 0;
    for (int i = 0; i < counts.cells(); i++) {
      double fBefore = (double) below / m;
      double gBefore = (double) belowInWindow / n;
      below += counts.reference(i);
      belowInWindow += counts.window(i);
      double f = (double) below / m;
      double g = (double) belowInWindow / n;
      d = Math.max(d, Math.abs(f - g));
      if (!counts.holdsOneValue(i)) {
        inside = Math.max(inside, Math.max(f - gBefore, g - fBefore));
      }
    }
    long points = KolmogorovDistribution.points(m, n);
    double root = Math.sqrt((double) m / (m + n) * n);
    return Outcome.of(
        new KolmogorovSmirnov(
            d,
            Math.max(0, inside - d),
            m,
            n,
            points == 0 ? 1 : KolmogorovDistribution.upperTail(d, points),
            KolmogorovDistribution.limitUpperTail(root * d)));
  }

  /** {@code D ± (1.358 sqrt(k phi) + e)}, k = 1/n + 1/m, cut to [0, 1]; covers at least 95 %. */
  public Interval interval(Overdispersion overdispersion) {
    double half = K95 * Math.sqrt(unit(overdispersion)) + errorBound;
    return new Interval(statistic - half, statistic + half).cut(0, 1);
  }

  /** P-value of "nothing changed". */
  public double pChange(Overdispersion overdispersion) {
    return pLimit(0, overdispersion);
  }

  /**
   * P-value of "the true distance is at most {@code limit}": {@code Q((D - e - limit)₊ / sqrt(k
   * phi))} with the limiting distribution Q.
   *
   * @param limit in [0, 1]
   */
  public double pLimit(double limit, Overdispersion overdispersion) {
    if (!(limit >= 0 && limit <= 1)) {
      throw new IllegalArgumentException(
          "A limit of the Kolmogorov-Smirnov distance lies in [0, 1], but is " + limit + ".");
    }
    double beyond = Math.max(0, statistic - errorBound - limit);
    return KolmogorovDistribution.limitUpperTail(beyond / Math.sqrt(unit(overdispersion)));
  }

  private double unit(Overdispersion overdispersion) {
    return (1.0 / nRef + 1.0 / nWin) * overdispersion.phi();
  }
}
