package io.leeway.stats.performance;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;

/**
 * The 95 % interval of a number within (0, 1) that is made on the logit scale, where it is wide on
 * the side that has room:
 *
 * <pre>{@code logit A ± z SE sqrt(phi) / (A (1 - A))}</pre>
 *
 * <p>At A = 1 and A = 0 there is no logit and no observed variation. There the limit is what a rate
 * would have that came out so in m rows, {@code 0.05^(phi / m)} as the lower limit of 1 and 1 minus
 * that as the upper one of 0, m the rows of the rarer class. That is a rule of thumb.
 *
 * @param heuristic whether the rule of thumb was used
 */
public record LogitInterval(Interval interval, boolean heuristic) {
  private static final double ALPHA = 0.05;

  /**
   * Around an estimate.
   *
   * @param value A, in [0, 1]
   * @param rarer m, rows of the rarer class, &gt; 0
   */
  static LogitInterval of(
      double value, double standardError, long rarer, Overdispersion overdispersion) {
    if (value >= 1 || value <= 0) {
      double limit = Math.pow(ALPHA, overdispersion.phi() / rarer);
      return new LogitInterval(
          value >= 1 ? new Interval(limit, 1) : new Interval(0, 1 - limit), true);
    }
    double logit = Math.log(value / (1 - value));
    double half =
        Normal.Z95 * standardError * Math.sqrt(overdispersion.phi()) / (value * (1 - value));
    // Rounding must not leave the value itself outside where half is next to nothing.
    return new LogitInterval(
        new Interval(
            Math.min(value, logistic(logit - half)), Math.max(value, logistic(logit + half))),
        false);
  }

  private static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
