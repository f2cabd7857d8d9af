package io.leeway.stats.paired;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.StudentT;

/**
 * First minus second scorer with its noise.
 *
 * <p>A standard error of 0 says that these rows show no variation, such as when both scorers agree
 * on each of them. Then the interval is one point, and a p-value is 0 or 1.
 *
 * @param difference finite
 * @param standardError &ge; 0, finite
 * @param degrees of Student's t, &gt; 0; infinite for the normal distribution
 * @param units independent ones behind it, &ge; 2: rows, or entities where their rows go together
 */
public record PairedDifference(
    double difference, double standardError, double degrees, long units) {
  public PairedDifference {
    if (!Double.isFinite(difference)
        || !(standardError >= 0 && standardError < Double.POSITIVE_INFINITY)
        || !(degrees > 0)
        || units < 2) {
      throw new IllegalArgumentException(
          "A difference is finite with a standard error of at least 0, degrees above 0 and two"
              + " units, but is "
              + difference
              + ", "
              + standardError
              + ", "
              + degrees
              + ", "
              + units
              + ".");
    }
  }

  /**
   * The two-sided interval, {@code difference ± t SE}. Either end alone is a one-sided bound at the
   * level {@code (1 + confidence) / 2}.
   *
   * @param confidence how often it holds the true difference, in (0, 1)
   */
  public Interval interval(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "A confidence lies between 0 and 1, but is " + confidence + ".");
    }
    double half = StudentT.quantile((1 + confidence) / 2, degrees) * standardError;
    return new Interval(difference - half, difference + half);
  }

  /** P-value of "the true difference is at most {@code limit}"; small where it is surely above. */
  public double pAbove(double limit) {
    return standardError == 0
        ? (difference > limit ? 0 : 1)
        : StudentT.upperTail((difference - limit) / standardError, degrees);
  }

  /** P-value of "the true difference is at least {@code limit}"; small if surely below. */
  public double pBelow(double limit) {
    return negated().pAbove(-limit);
  }

  /** Second minus first. */
  public PairedDifference negated() {
    return new PairedDifference(-difference, standardError, degrees, units);
  }

  /** The same noise about a difference that is larger by a constant. */
  public PairedDifference plus(double constant) {
    return new PairedDifference(difference + constant, standardError, degrees, units);
  }
}
