package io.leeway.stats.fairness;

/**
 * Which groups take part in a comparison.
 *
 * @param leastLabels labelled rows of the group from which it is looked at, &ge; 0
 * @param leastDenominator the metric's own denominator from which its rate is compared, &ge; 1
 * @param undefinedRates what becomes of a rate without denominator
 */
public record Reading(long leastLabels, long leastDenominator, UndefinedRates undefinedRates) {
  /** What becomes of a rate whose denominator is 0. */
  public enum UndefinedRates {
    /** It is in no gap. */
    LEFT_OUT,
    /** It counts as 0 in the plain numbers, as in fairlearn; never in a test or an interval. */
    ZERO
  }

  /** The catalogue's names without suffix. */
  public static final Reading PLAIN = new Reading(0, 1, UndefinedRates.LEFT_OUT);

  /** The catalogue's names that end in {@code _zero}. */
  public static final Reading ZERO = new Reading(1, 1, UndefinedRates.ZERO);

  /** The catalogue's names that end in {@code _min30}. */
  public static final Reading MIN30 = new Reading(30, 1, UndefinedRates.LEFT_OUT);

  public Reading {
    if (leastLabels < 0 || leastDenominator < 1) {
      throw new IllegalArgumentException(
          "A reading needs at least 0 labels and a denominator of at least 1, not "
              + leastLabels
              + " and "
              + leastDenominator
              + ".");
    }
  }

  /** What rules watch, {@code *_supported}: the minimum on the metric's own denominator. */
  public static Reading supported(long leastDenominator) {
    return new Reading(0, leastDenominator, UndefinedRates.LEFT_OUT);
  }
}
