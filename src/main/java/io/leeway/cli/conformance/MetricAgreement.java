package io.leeway.cli.conformance;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How far the published values of one metric agree with the expected ones. Counts what it is told;
 * not for several threads.
 *
 * <p>A value agrees if it is undefined where it should be, or else if its distance from the
 * expected one is at most its own error bound plus what rounding may cost: 1e-9 times the expected
 * value's size and, but for counts, 1e-12; for p-values 1e-8.
 */
final class MetricAgreement {
  static final double TOLERANCE = 1e-9;

  /** What sums of doubles that cancel out leave over. */
  static final double NEAR_ZERO = 1e-12;

  static final double P_VALUE_TOLERANCE = 1e-8;
  private static final Set<String> P_VALUES = Set.of("ks_pvalue", "ks_pvalue_limit", "chi2_pvalue");
  private static final Set<String> COUNTS =
      Set.of(
          "n",
          "n_labeled",
          "tp",
          "fp",
          "tn",
          "fn",
          "support",
          "predicted",
          "mape_n",
          "n_ref",
          "n_win",
          "count",
          "distinct",
          "chi2_dof",
          "categories_new",
          "categories_missing");

  private final String metric;
  private long compared;
  private long agreeing;
  private long missing;
  private long exact;
  private double worstDifference;
  private double worstShareOfBound;

  MetricAgreement(String metric) {
    this.metric = metric;
  }

  /** Takes a published value; returns what is wrong with it, if anything. */
  Optional<String> compare(OptionalDouble expected, PublishedValue actual) {
    compared++;
    if (actual.isExact()) {
      exact++;
    }
    if (expected.isEmpty() || actual.value().isEmpty()) {
      if (expected.isPresent() || actual.value().isPresent()) {
        return Optional.of("expected " + text(expected) + ", published " + text(actual.value()));
      }
      agreeing++;
      return Optional.empty();
    }
    double difference = Math.abs(actual.value().getAsDouble() - expected.getAsDouble());
    worstDifference = Math.max(worstDifference, difference);
    double rounding = rounding(expected.getAsDouble());
    if (actual.bound() > 0) {
      double beyondRounding = Math.max(0, difference - rounding);
      worstShareOfBound = Math.max(worstShareOfBound, beyondRounding / actual.bound());
    }
    if (difference <= actual.bound() + rounding) {
      agreeing++;
      return Optional.empty();
    }
    return Optional.of(
        "expected "
            + expected.getAsDouble()
            + ", published "
            + actual.value().getAsDouble()
            + ", difference "
            + difference
            + ", error bound "
            + actual.bound());
  }

  private double rounding(double expected) {
    if (P_VALUES.contains(metric)) {
      return P_VALUE_TOLERANCE;
    }
    return TOLERANCE * Math.abs(expected)
        + (COUNTS.contains(metric.replaceFirst("\\[.*", "")) ? 0 : NEAR_ZERO);
  }

  private static String text(OptionalDouble value) {
    return value.isEmpty() ? "no value" : Double.toString(value.getAsDouble());
  }

  void addMissing() {
    missing++;
  }

  String metric() {
    return metric;
  }

  /** Values that stand on both sides. */
  long compared() {
    return compared;
  }

  /** Of those, values within their bound. */
  long agreeing() {
    return agreeing;
  }

  /** Expected values that should have been published. */
  long missing() {
    return missing;
  }

  /** Of the compared values, those that claim to be exact. */
  long exact() {
    return exact;
  }

  /** Greatest distance between two defined values. */
  double worstDifference() {
    return worstDifference;
  }

  /** Greatest distance of an approximate value, beyond rounding, in shares of its bound. */
  double worstShareOfBound() {
    return worstShareOfBound;
  }
}
