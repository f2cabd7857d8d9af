package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.stats.Outcome;
import java.util.Optional;
import java.util.Set;

/**
 * How a stored value is tested against a border. A recipe looks at nothing but stored values, so
 * whoever has them comes to the same p-values.
 */
sealed interface Recipe
    permits RateRecipe,
        MeanRecipe,
        IntervalRecipe,
        DivergenceRecipe,
        KolmogorovRecipe,
        WassersteinRecipe,
        CalibrationRecipe,
        GapRecipe,
        ContrastRecipe,
        FactRecipe {

  /**
   * The test of a value that is there and supported.
   *
   * @param border between what is allowed and what is not
   */
  Tested test(Observed observed, Border border);

  /** Whether limits in a direction can be learned from how the reference's windows differ. */
  default boolean learns(Direction direction) {
    return false;
  }

  /**
   * How far from no change a learned limit lies: so many standard deviations of a window with as
   * many rows about the reference, were nothing to change. It rests on the reference, on how much
   * its windows differ and on how many rows the window has, never on the window's value.
   *
   * @param spreads how many, &gt; 0
   * @return &gt; 0, in the unit of the metric; of what only grows above what noise makes of it
   */
  default Outcome<Double> learned(Observed observed, double spreads) {
    return Outcome.undefined("What is stored of it does not tell how much windows differ.");
  }

  /** The metrics whose rows it looks at beside the judged one's own. */
  default Set<String> looksBeside(String metric) {
    return Set.of();
  }

  /**
   * Whether a look at the stored row shows that both p-values are above {@link #QUIET} and that the
   * estimate is within the limit, so that no breach can come of it; saying no is never wrong.
   */
  default boolean isSurelyQuiet(Observed observed, Border border) {
    return false;
  }

  /** Above it a p-value decides nothing, whatever it is combined or adjusted with. */
  double QUIET = 0.1;

  /** Why a rule makes no sense, and what to write instead; empty where it does. */
  default Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    return Optional.empty();
  }

  /** The refusal of a limit below which there is nothing, for what only grows. */
  static Optional<String> onlyAbove(Direction direction, double limit) {
    if (direction != Direction.ABOVE) {
      return Optional.of("it grows with every difference; write above, such as above = 0.1.");
    }
    return limit < 0
        ? Optional.of(
            "it is never below 0, so every value would be too far; write a limit above 0.")
        : Optional.empty();
  }
}
