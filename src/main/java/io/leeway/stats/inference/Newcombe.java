package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * Newcombe's interval of the difference of two independent rates, and of w − b r: with [l, u] the
 * {@link Wilson} intervals of w = x/n and r = y/m,
 *
 * <pre>{@code
 * from w - b r - sqrt((w - l_w)² + b² (u_r - r)²)
 * to   w - b r + sqrt((u_w - w)² + b² (r - l_r)²)
 * }</pre>
 *
 * <p>Undefined where n or m is 0. For display: p-values come from {@link RateTest}.
 *
 * @see <a href="https://pubmed.ncbi.nlm.nih.gov/9595617/">Newcombe (1998), method 10</a>
 */
public final class Newcombe {
  private Newcombe() {}

  /** The 95 % interval of x/n − y/m. */
  public static Outcome<Interval> difference(
      long x, long n, long y, long m, Overdispersion overdispersion) {
    return contrast(x, n, y, m, 1, overdispersion, Normal.Z95);
  }

  /**
   * The interval of x/n − b y/m.
   *
   * @param b &ge; 0
   * @param z half the width of the Wilson intervals in standard errors, &gt; 0
   */
  public static Outcome<Interval> contrast(
      long x, long n, long y, long m, double b, Overdispersion overdispersion, double z) {
    if (!(b >= 0) || Double.isInfinite(b)) {
      throw new IllegalArgumentException("The factor b must not be negative, but is " + b + ".");
    }
    Outcome<Interval> window = Wilson.interval(x, n, overdispersion, z);
    Outcome<Interval> reference = Wilson.interval(y, m, overdispersion, z);
    return window.flatMap(
        of ->
            reference.map(
                against ->
                    Interval.ofDifference(
                        (double) x / n,
                        of,
                        b * y / m,
                        new Interval(b * against.low(), b * against.high()))));
  }
}
