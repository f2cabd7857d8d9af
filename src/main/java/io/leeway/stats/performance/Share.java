package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;

/**
 * So many of so many: a rate before its division. Its tests are those of {@link
 * io.leeway.stats.inference.RateTest} and {@link io.leeway.stats.inference.Newcombe}, which take
 * both counts.
 *
 * @param numerator between 0 and the denominator
 * @param denominator &ge; 0
 */
public record Share(long numerator, long denominator) {
  public Share {
    if (numerator < 0 || numerator > denominator) {
      throw new IllegalArgumentException(
          "A share counts some of all, but is " + numerator + " of " + denominator + ".");
    }
  }

  /** The rate, in [0, 1]; undefined where the denominator is 0. */
  public Outcome<Double> value() {
    return estimate().map(Estimate::value);
  }

  /** The rate p with the standard error {@code sqrt(p (1 - p) / n)}. */
  public Outcome<Estimate> estimate() {
    if (denominator == 0) {
      return Outcome.undefined("The denominator of the rate is 0.");
    }
    double p = (double) numerator / denominator;
    return Outcome.of(Estimate.exact(p, Math.sqrt(p * (1 - p) / denominator)));
  }

  /** The 95 % interval by {@link Wilson}; undefined where the denominator is 0. */
  public Outcome<Interval> interval(Overdispersion overdispersion) {
    return Wilson.interval(numerator, denominator, overdispersion);
  }
}
