package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * A mean with its standard error, {@code SE = s / sqrt(n / phi)}; a ratio of two sums is {@link
 * RatioMean}. s has divisor n − 1. Undefined below two rows.
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
      return Outcome.undefined("A mean needs two rows for its standard error, but has " + n + ".");
    }
    return Outcome.of(
        new MeanInterval(
            mean,
            sd * Math.sqrt(overdispersion.phi() / n),
            Math.min(n - 1.0, overdispersion.degrees())));
  }

  /**
   * The same, of rows that vary together by a factor: SE times √phi, degrees at most those of phi.
   */
  public MeanInterval varyingBy(Overdispersion overdispersion) {
    return new MeanInterval(
        mean,
        standardError * Math.sqrt(overdispersion.phi()),
        Math.min(degrees, overdispersion.degrees()));
  }

  /** The 95 % interval, {@code mean ± t SE}. */
  public Interval interval() {
    double half = StudentT.quantile(0.975, degrees) * standardError;
    return new Interval(mean - half, mean + half);
  }
}
