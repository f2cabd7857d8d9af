package io.leeway.policy.verdict;

import io.leeway.domain.Measure;
import io.leeway.domain.Period;
import io.leeway.stats.inference.Floor;
import java.util.Locale;
import java.util.function.Function;

/**
 * The border of a rule whose limit is learned, at one value: so many spreads from the reference. A
 * spread is how far a window of as many rows lies from the mean of the reference's windows while
 * nothing changes, as a standard deviation. With s² the variance of a row, n rows in the window and
 * m in the R windows of the reference,
 *
 * <pre>{@code spread² = phi s² (1/n + 1/m)}</pre>
 *
 * <p>For R equal windows this is what comes of leaving one out: of each window's distance from the
 * mean of the R − 1 others the mean square, times {@code (R² - 1)/R²} since there is one window
 * more to hold a new one against. The window under test adds nothing but its number of rows.
 *
 * <p>Beyond three spreads a quiet window lies with probability 0.003 on each side where R is 28,
 * and 0.01 where it is 8, by Student's t; being beyond is not yet a breach.
 *
 * <p>Of a divergence the spread is that above its mean under no change, and takes windows to vary
 * alike in all bins: {@link io.leeway.stats.drift.DivergenceTest#aboveNoise}. Where a column's
 * values move together it is too small.
 *
 * @see Recipe#learned
 */
final class LearnedBorder {
  private LearnedBorder() {}

  /**
   * What a test finds at the border of a rule with a learned limit, or why there is no border.
   *
   * @param test is handed the border
   */
  static Tested test(Observed observed, Rule rule, Function<Border, Tested> test) {
    Measure measure = observed.measure();
    if (measure.phi() == null) {
      return Tested.undefined("How much it varies between the reference's windows is not stored.");
    }
    Floor floor = floor(observed.granularity());
    String needed = "A learned limit needs " + floor.least() + " windows of the reference";
    if (measure.phiDf() == null) {
      return Tested.suppressed(
          needed + " that tell how much they differ; here that is assumed, not estimated.");
    }
    if (floor.objection(windows(measure)).isPresent()) {
      return Tested.suppressed(needed + "; it has " + windows(measure) + ".");
    }
    return rule.judged()
        .recipe()
        .learned(observed, rule.limit().value())
        .fold(distance -> test(observed, rule, border(rule, distance), test), Tested::undefined);
  }

  private static Tested test(
      Observed observed, Rule rule, Border border, Function<Border, Tested> test) {
    if (rule.judged().recipe() instanceof RateRecipe) {
      double limit = border.at(observed.other().orElseThrow().value());
      if (limit < 0 || limit > 1) {
        return Tested.suppressed(
            String.format(
                Locale.ROOT,
                "Of a window with %d rows the learned limit is %s, and no rate is beyond that.",
                observed.measure().n(),
                Numbers.text(limit)));
      }
    }
    return test.apply(border);
  }

  private static Border border(Rule rule, double distance) {
    return switch (rule.direction()) {
      case ABOVE -> new Border(distance, 0, true);
      case RISES_BY -> new Border(distance, 1, true);
      case FALLS_BY -> new Border(-distance, 1, false);
      case BELOW -> throw new IllegalStateException("Nothing is learned for " + rule.text() + ".");
    };
  }

  /** Weekdays differ, so of days it takes two weeks. */
  private static Floor floor(String granularity) {
    Period period = Period.parse(granularity);
    return period.unit() == Period.Unit.DAY && period.count() == 1
        ? Floor.DAILY_REFERENCE_WINDOWS
        : Floor.REFERENCE_WINDOWS;
  }

  /** Windows of the reference that tell how much they differ: the degrees of phi and one. */
  static long windows(Measure measure) {
    return Math.round(measure.phiDf()) + 1;
  }
}
