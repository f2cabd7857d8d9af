package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The difference between the rate of one group and that of another, or of all others, both of which
 * its row holds: by the likelihood ratio at the border {@code other + limit}. No change is no
 * difference.
 */
record ContrastRecipe() implements Recipe {
  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    return isFar(direction, limit)
        ? Optional.empty()
        : Optional.of(
            "a difference of rates is too far above a limit from 0 to 1, or below one from -1 to 0;"
                + " write such as above = 0.1 or below = -0.1.");
  }

  private static boolean isFar(Direction direction, double limit) {
    return direction == Direction.ABOVE ? limit >= 0 && limit < 1 : limit <= 0 && limit > -1;
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Measure measure = observed.measure();
    if (measure.numerator() == null || measure.referenceNumerator() == null) {
      return Tested.undefined("The two rates are not stored with it.");
    }
    long n = Math.round(measure.denominator());
    long m = Math.round(measure.referenceDenominator());
    Optional<String> few = Floor.RATE.objection(n, m);
    if (few.isPresent()) {
      return Tested.suppressed(few.get());
    }
    boolean isUpper = border.isUpper();
    RateTest atLimit = test(observed, border.a());
    RateTest same = test(observed, 0);
    double p = measure.numerator() / n;
    double q = measure.referenceNumerator() / m;
    double phi = observed.overdispersion().phi();
    double error = Math.sqrt(phi * (p * (1 - p) / n + q * (1 - q) / m));
    return Finding.of(
        measure.value(),
        border.a(),
        isUpper,
        isUpper ? atLimit.pRise() : atLimit.pFall(),
        isUpper ? atLimit.pFall() : atLimit.pRise(),
        OptionalDouble.of(isUpper ? same.pRise() : same.pFall()),
        Power.normal(border.a(), error, OptionalDouble.of(0), error, isUpper).within(-1, 1));
  }

  private static RateTest test(Observed observed, double difference) {
    Measure measure = observed.measure();
    Overdispersion phi = observed.overdispersion();
    return RateTest.againstReference(
            Math.round(measure.numerator()),
            Math.round(measure.denominator()),
            Math.round(measure.referenceNumerator()),
            Math.round(measure.referenceDenominator()),
            difference,
            1,
            phi)
        .orElseThrow();
  }
}
