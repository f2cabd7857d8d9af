package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import java.util.Objects;

/**
 * A value as the catalogue defines it, and beside it the estimate that a rule may use, or why there
 * is none: the value stands for an undefined one by convention, or its standard error is not known.
 *
 * @param value finite
 * @param byConvention whether the catalogue puts the value in the place of an undefined one
 * @param estimate the same value with its standard error
 */
public record Measure(double value, boolean byConvention, Outcome<Estimate> estimate) {
  public Measure {
    Objects.requireNonNull(estimate, "estimate");
    if (!Double.isFinite(value) || (byConvention && estimate.isDefined())) {
      throw new IllegalArgumentException(
          "A measure is finite, and has no estimate where it is a convention, but is " + value);
    }
  }

  static Measure of(Estimate estimate) {
    return new Measure(estimate.value(), false, Outcome.of(estimate));
  }

  static Measure byConvention(double value, String why) {
    return new Measure(value, true, Outcome.undefined(why));
  }

  /** A value of its own right. */
  static Measure withoutError(double value, String why) {
    return new Measure(value, false, Outcome.undefined(why));
  }
}
