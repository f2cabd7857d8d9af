package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * A number with what may be wrong with it: noise, since other rows of the same kind would give
 * another one, and the coarseness of what was stored.
 *
 * <p>A standard error of 0 says that these rows show no variation, such as when all of them were
 * classified right. It is no certainty; few rows show none often, and the {@link Floor} keeps them
 * from being judged.
 *
 * <p>The bound is no noise. It does not shrink with more rows, so it enters neither the standard
 * error nor a test; of a contrast w − b r it is that of w plus b times that of r.
 *
 * @param value finite
 * @param standardError of independent rows, &ge; 0, finite
 * @param errorBound how far the value may lie from that of the rows themselves, &ge; 0, finite; 0
 *     where it is exact
 */
public record Estimate(double value, double standardError, double errorBound) {
  public Estimate {
    if (!Double.isFinite(value)
        || !(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)
        || !(errorBound >= 0 && errorBound < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "An estimate is finite with a standard error and a bound of at least 0, but is "
              + value
              + ", "
              + standardError
              + ", "
              + errorBound
              + ".");
    }
  }

  /** From rows themselves. */
  public static Estimate exact(double value, double standardError) {
    return new Estimate(value, standardError, 0);
  }

  /**
   * A share on the logit scale, {@code ln(A / (1 - A))}, where its standard error is {@code SE / (A
   * (1 - A))}. Without the bound; undefined at 0 and 1.
   *
   * @throws IllegalArgumentException if the value lies outside [0, 1]
   */
  public Outcome<Estimate> logit() {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Only a share has a logit, but the value is " + value + ".");
    }
    return value == 0 || value == 1
        ? Outcome.undefined("At 0 and 1 there is no logit.")
        : Outcome.of(exact(Math.log(value / (1 - value)), standardError / (value * (1 - value))));
  }

  /**
   * As the mean of so many rows, which is how it takes part in contrasts:
   *
   * <pre>{@code MeanContrast.of(window.asMean(n, phi), reference.asMean(m, phi), a, b)}</pre>
   *
   * <p>Its standard error grows by the root of phi, and its degrees are the smaller of rows − 1 and
   * those of phi. Undefined below two rows.
   *
   * @param rows behind the standard error, &ge; 0: of a rate its denominator, of what compares two
   *     classes the rarer one
   */
  public Outcome<MeanInterval> asMean(long rows, Overdispersion overdispersion) {
    return MeanInterval.of(value, standardError * Math.sqrt((double) rows), rows, overdispersion);
  }
}
