package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * Wilson's score interval of a rate x of n. With p = x/n, N = n/phi and z the normal quantile,
 *
 * <pre>{@code (p + z²/2N ± z sqrt(p (1 - p)/N + z²/4N²)) / (1 + z²/N)}</pre>
 *
 * <p>Within [0, 1]; starts at exactly 0 for no events and ends at exactly 1 for nothing else. For
 * display: p-values come from {@link RateTest}.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson (1927)</a>
 */
public final class Wilson {
  private Wilson() {}

  /** The 95 % interval; undefined where n is 0. */
  public static Outcome<Interval> interval(long x, long n, Overdispersion overdispersion) {
    return interval(x, n, overdispersion, Normal.Z95);
  }

  /**
   * The interval of another level.
   *
   * @param z half its width in standard errors, &gt; 0
   */
  public static Outcome<Interval> interval(
      long x, long n, Overdispersion overdispersion, double z) {
    Rates.require(x, n);
    if (!(z > 0)) {
      throw new IllegalArgumentException("The normal quantile must be positive, but is " + z + ".");
    }
    if (n == 0) {
      return Rates.noRows();
    }
    double rows = n / overdispersion.phi();
    double p = (double) x / n;
    double square = z * z / rows;
    double middle = p + square / 2;
    double half = z * Math.sqrt(p * (1 - p) / rows + square / (4 * rows));
    double low = x == 0 ? 0 : Math.max(0, (middle - half) / (1 + square));
    double high = x == n ? 1 : Math.min(1, (middle + half) / (1 + square));
    return Outcome.of(new Interval(Math.min(low, p), Math.max(high, p)));
  }
}
