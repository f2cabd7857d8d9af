package io.leeway.cli.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An error bound that is larger than a rank of scores or an absolute error should have.
 *
 * @param relative whether bound and limit are shares of the value
 */
record OutcomeBound(ValueKey key, double bound, double limit, boolean relative) {
  private static final double AUC = 0.001;
  private static final double AVERAGE_PRECISION = 0.005;
  private static final double MEDIAN_ERROR = 0.005;

  /** All that are above their limit, by key. */
  static List<OutcomeBound> above(Map<ValueKey, PublishedValue> published) {
    List<OutcomeBound> above = new ArrayList<>();
    new TreeMap<>(published)
        .forEach(
            (key, value) -> {
              OutcomeBound bound = of(key, value);
              if (bound.bound > bound.limit) {
                above.add(bound);
              }
            });
    return above;
  }

  private static OutcomeBound of(ValueKey key, PublishedValue value) {
    return switch (key.plainMetric()) {
      case PerformanceMetrics.ROC_AUC, PerformanceMetrics.CLASS_AUC, PerformanceMetrics.MACRO_AUC ->
          new OutcomeBound(key, value.bound(), AUC, false);
      case PerformanceMetrics.AVERAGE_PRECISION ->
          new OutcomeBound(key, value.bound(), AVERAGE_PRECISION, false);
      case PerformanceMetrics.MEDIAN_ERROR ->
          new OutcomeBound(key, relative(value), MEDIAN_ERROR, true);
      default -> new OutcomeBound(key, 0, 0, false);
    };
  }

  private static double relative(PublishedValue value) {
    return value.isExact() ? 0 : value.bound() / Math.abs(value.value().getAsDouble());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: bound %.4f%s", key, bound, relative ? " of the value" : "");
  }
}
