package io.leeway.cli.conformance;

import io.leeway.domain.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which number a row of a values file is, in the file's own words.
 *
 * @param asOf the time up to which predictions and labels count; empty where all do
 * @param segmentColumn empty for the whole window
 * @param segmentValue empty for the whole window, and for a number across the groups of a column
 * @param feature empty for a number that is of no single column
 * @param metric with the class in brackets where it is of a single one
 */
record ValueKey(
    Optional<Instant> asOf,
    Window window,
    String segmentColumn,
    String segmentValue,
    String feature,
    String metric)
    implements Comparable<ValueKey> {
  private static final Comparator<ValueKey> ORDER =
      Comparator.comparing((ValueKey key) -> key.asOf.orElse(Instant.MAX))
          .thenComparing(ValueKey::window)
          .thenComparing(ValueKey::segmentColumn)
          .thenComparing(ValueKey::segmentValue)
          .thenComparing(ValueKey::feature)
          .thenComparing(ValueKey::metric);

  boolean isOfWholeWindow() {
    return segmentColumn.isEmpty();
  }

  /** Whether it is a number of one group of rows, and not of all or across groups. */
  boolean isOfOneGroup() {
    return !segmentColumn.isEmpty() && !segmentValue.isEmpty();
  }

  /** Another number of the same rows that is of no single column. */
  ValueKey ofRows(String other) {
    return new ValueKey(asOf, window, segmentColumn, segmentValue, "", other);
  }

  /** Another number of the same rows and column. */
  ValueKey named(String other) {
    return new ValueKey(asOf, window, segmentColumn, segmentValue, feature, other);
  }

  /** The metric without its class. */
  String plainMetric() {
    int bracket = metric.indexOf('[');
    return bracket < 0 ? metric : metric.substring(0, bracket);
  }

  /** The class of a metric of a single one; empty for others. */
  String classLabel() {
    int bracket = metric.indexOf('[');
    return bracket < 0 ? "" : metric.substring(bracket + 1, metric.length() - 1);
  }

  DistinctValues.Group group() {
    return new DistinctValues.Group(window, segmentColumn, segmentValue);
  }

  @Override
  public int compareTo(ValueKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String segment = "";
    if (isOfOneGroup()) {
      segment = ", " + segmentColumn + "=" + segmentValue;
    } else if (!isOfWholeWindow()) {
      segment = ", between groups of " + segmentColumn;
    }
    String column = feature.isEmpty() ? "" : " of " + feature;
    String time = asOf.map(of -> " as of " + of).orElse("");
    return metric + column + " in " + window + segment + time;
  }
}
