package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * A mean, or a ratio of two sums, with its standard error.
 *
 * <p>Mean: {@code SE = s / sqrt(n / phi)}. Ratio {@code rho = sum x / sum y}: the same with the
 * residuals {@code x - rho y} in place of x, divided by the mean of y.
 *
 * <p>s has divisor n − 1. Undefined below two rows.
 *
 * @param mean the estimate
 * @param standardError &ge; 0
 * @param degrees of Student's t: the smaller of n − 1 and the degrees of an estimated phi
 */
public record MeanInterval(double mean, double standardError, double degrees) {
  public MeanInterval {
    if (!Double.isFinite(mean) || !(standardError >= 0) || !(degrees > 0)) {
      throw new IllegalArgumentException(
          "A mean must be finite with a standard error and degrees, but is "
              + mean
              + ", "
              + standardError
              + ", "
              + degrees
              + ".");
    }
  }

  /**
   * Of a mean.
   *
   * @param sd s, the standard deviation of single rows, &ge; 0
   * @param n rows, &ge; 0
   */
  public static Outcome<MeanInterval> of(
      double mean, double sd, long n, Overdispersion overdispersion) {
    if (n < 0) {
      throw new IllegalArgumentException("The number of rows is " + n + ".");
    }
    if (n < 2) {
      return tooFew(n);
    }
    return Outcome.of(
        new MeanInterval(
            mean,
            sd * Math.sqrt(overdispersion.phi() / n),
            Math.min(n - 1.0, overdispersion.degrees())));
  }

  /** Of a ratio of sums over n rows; undefined also where the sum below is 0. */
  public static Outcome<MeanInterval> ofRatio(
      double sumX,
      double sumY,
      double sumXx,
      double sumXy,
      double sumYy,
      long n,
      Overdispersion overdispersion) {
    if (n < 2) {
      return n < 0 ? of(0, 0, n, overdispersion) : tooFew(n);
    }
    if (sumY == 0) {
      return Outcome.undefined("The denominator of the ratio is 0.");
    }
    double ratio = sumX / sumY;
    // The residuals sum to 0, so their squares are already about their mean.
    double squares = Math.max(0, sumXx - 2 * ratio * sumXy + ratio * ratio * sumYy);
    double sd = Math.sqrt(squares / (n - 1)) / Math.abs(sumY / n);
    return of(ratio, sd, n, overdispersion);
  }

  /** The 95 % interval, {@code mean ± t SE}. */
  public Interval interval() {
    double half = StudentT.quantile(0.975, degrees) * standardError;
    return new Interval(mean - half, mean + half);
  }

  private static Outcome<MeanInterval> tooFew(long n) {
    return Outcome.undefined("A mean needs two rows for its standard error, but has " + n + ".");
  }
}
