package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.inference.Normal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The expected calibration error, of which chance alone makes E0: {@code p = 1 - Φ((ECE - E0 -
 * limit)/SE)}. Chance only adds to it, so "within" takes nothing off: {@code Φ((ECE - limit)/SE)}.
 * For "scores are right" the cumulative error's own p-value counts, where it is stored.
 */
record CalibrationRecipe() implements Recipe {
  @Override
  public Set<String> looksBeside(String metric) {
    return Set.of("ecce_pvalue");
  }

  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    return Recipe.onlyAbove(direction, limit);
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Measure measure = observed.measure();
    if (measure.expected() == null || measure.stdError() == null || !(measure.stdError() > 0)) {
      return Tested.undefined("It is stored without a standard error.");
    }
    double limit = border.a();
    double corrected = measure.value() - measure.expected();
    OptionalDouble change =
        observed
            .beside("ecce_pvalue")
            .map(Measure::value)
            .map(OptionalDouble::of)
            .orElseGet(OptionalDouble::empty);
    return Finding.of(
        Math.max(0, corrected),
        limit,
        true,
        Normal.upperTail((corrected - limit) / measure.stdError()),
        Normal.lowerTail((measure.value() - limit) / measure.stdError()),
        change,
        Power.normal(limit, measure.stdError(), OptionalDouble.empty(), 0, true).within(0, 1));
  }
}
