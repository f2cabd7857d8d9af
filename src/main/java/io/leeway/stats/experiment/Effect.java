package io.leeway.stats.experiment;

/**
 * How far the challenger is above the champion, with its noise.
 *
 * <p>The effective size says how far the test has got: the variance of the difference is that of
 * one unit over the size. It is {@code n m / (n + m)} for arms of n and m units, summed over
 * strata; a quarter of all units where the split is even.
 *
 * @param difference challenger minus champion, finite
 * @param standardError of the difference, &gt; 0, finite
 * @param size effective size, &gt; 0, finite
 */
public record Effect(double difference, double standardError, double size) {
  public Effect {
    if (!Double.isFinite(difference)
        || !(standardError > 0 && standardError < Double.POSITIVE_INFINITY)
        || !(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "An effect is finite with a positive standard error and size, but is "
              + difference
              + ", "
              + standardError
              + ", "
              + size
              + ".");
    }
  }

  /** The champion above the challenger. */
  Effect negated() {
    return new Effect(-difference, standardError, size);
  }

  /**
   * How much more the challenger changes these units than others: the change of a gap between two
   * groups. Variances add, and so do the inverses of sizes.
   *
   * @param other effect on units of which none is among these
   */
  public Effect minus(Effect other) {
    return new Effect(
        difference - other.difference,
        Math.hypot(standardError, other.standardError),
        1 / (1 / size + 1 / other.size));
  }
}
