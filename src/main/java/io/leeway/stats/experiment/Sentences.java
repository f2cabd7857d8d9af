package io.leeway.stats.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Rulings in words, each one sentence; numbers have three significant digits. */
final class Sentences {
  private static final MathContext DIGITS = new MathContext(3);

  private Sentences() {}

  static String invalid(SampleRatio ratio) {
    return String.format(
        Locale.ROOT,
        "The split is off: the challenger has %d of %d units where %s were planned"
            + " (p = %.1e, below 0.001).",
        ratio.challenger(),
        ratio.units(),
        BigDecimal.valueOf(Math.round(10 * ratio.expected()), 1)
            .stripTrailingZeros()
            .toPlainString(),
        ratio.pValue());
  }

  static String rollBack(MetricReading of) {
    MetricReading.Bounds bounds = of.bounds().orElseThrow();
    return String.format(
        Locale.ROOT,
        "Guardrail %s is worse by %s, by %s at least, and its margin is %s.",
        of.name(),
        number(-bounds.gain()),
        number(-bounds.most()),
        number(-of.bar()));
  }

  static String ship(MetricReading winner, List<MetricReading> guardrails) {
    MetricReading.Bounds bounds = winner.bounds().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s is better by %s, by %s at least, over %d days, and %s.",
        winner.name(),
        number(bounds.gain()),
        number(bounds.least()),
        winner.days(),
        guardrails.isEmpty()
            ? "there is no guardrail"
            : guardrails.size() == 1
                ? "guardrail " + guardrails.get(0).name() + " is within its margin"
                : "all " + guardrails.size() + " guardrails are within their margins");
  }

  static String inconclusive(long days, String missing) {
    return String.format(
        Locale.ROOT, "The test ends after %d days without a decision: %s", days, missing);
  }

  static String goesOn(long days, TestPlan plan, String missing) {
    return String.format(
        Locale.ROOT, "The test goes on, day %d of %d: %s", days, plan.mostDays(), missing);
  }

  static String deteriorated(MetricReading of) {
    MetricReading.Bounds bounds = of.bounds().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s is worse by %s, by %s at least.",
        of.name(),
        number(-bounds.gain()),
        number(-bounds.most()));
  }

  static String notBetter(MetricReading of) {
    return of.bounds()
        .fold(
            bounds ->
                String.format(
                    Locale.ROOT,
                    "%s is not surely better, its gain is %s and may be as low as %s.",
                    of.name(),
                    number(bounds.gain()),
                    number(bounds.least())),
            why -> of.name() + ": " + why);
  }

  static String notWithinMargin(MetricReading of) {
    return of.bounds()
        .fold(
            bounds ->
                String.format(
                    Locale.ROOT,
                    "guardrail %s may be worse by %s, and its margin is %s.",
                    of.name(),
                    number(-bounds.least()),
                    number(-of.bar())),
            why -> "guardrail " + of.name() + ": " + why);
  }

  static String tooShort(MetricReading of, TestPlan plan) {
    return String.format(
        Locale.ROOT,
        "%s has %d days over a span of %d, and a SHIP needs %d over %d.",
        of.name(),
        of.days(),
        of.span(),
        plan.leastDays(),
        plan.leastSpan());
  }

  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
