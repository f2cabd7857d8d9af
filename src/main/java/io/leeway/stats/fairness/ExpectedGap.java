package io.leeway.stats.fairness;

import io.leeway.stats.inference.Normal;

/**
 * The gap that noise alone makes: the mean range, greatest minus least, of independent normal
 * estimates of one truth,
 *
 * <pre>{@code
 * integral over all x of [1 - product over groups of Φ(x/s_g) - product of (1 - Φ(x/s_g))] dx
 * }</pre>
 */
final class ExpectedGap {
  /** In standard errors of the noisiest group: beyond, the integrand is below 1e-18. */
  private static final double TO = 9;

  /** The part left out below is at most this share of the least standard error. */
  private static final double FROM = 1e-9;

  private static final double STEP = 0.05;

  private ExpectedGap() {}

  /**
   * To about 1e-8 of itself: the trapezoid rule in ln x, in which the integrand is smooth however
   * much the errors differ, over x &gt; 0 and twice that.
   *
   * @param standardErrors of the groups, &ge; 0; those of 0 know the truth
   */
  static double of(double[] standardErrors) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double error : standardErrors) {
      least = error > 0 ? Math.min(least, error) : least;
      most = Math.max(most, error);
    }
    if (most == 0 || standardErrors.length < 2) {
      return 0;
    }
    double from = Math.log(FROM * least);
    int steps = (int) Math.ceil((Math.log(TO * most) - from) / STEP);
    double sum = 0;
    for (int step = 0; step <= steps; step++) {
      double x = Math.exp(from + step * STEP);
      sum += x * outside(x, standardErrors);
    }
    return 2 * sum * STEP;
  }

  /** P(not all estimates below x) − P(all above x). */
  private static double outside(double x, double[] standardErrors) {
    double logBelow = 0;
    double above = 1;
    for (double error : standardErrors) {
      double beyond = error > 0 ? Normal.upperTail(x / error) : 0;
      logBelow += Math.log1p(-beyond);
      above *= beyond;
    }
    return -Math.expm1(logBelow) - above;
  }
}
