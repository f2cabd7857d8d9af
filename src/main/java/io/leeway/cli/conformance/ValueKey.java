package io.leeway.cli.conformance;

import io.leeway.domain.Window;
import java.util.Comparator;

/**
 * Which number a row of a values file is, in the file's own words.
 *
 * @param segmentColumn empty for the whole window
 * @param segmentValue empty for the whole window, and for a number across the groups of a column
 * @param feature empty for a number that is of no single column
 */
record ValueKey(
    Window window, String segmentColumn, String segmentValue, String feature, String metric)
    implements Comparable<ValueKey> {
  private static final Comparator<ValueKey> ORDER =
      Comparator.comparing(ValueKey::window)
          .thenComparing(ValueKey::segmentColumn)
          .thenComparing(ValueKey::segmentValue)
          .thenComparing(ValueKey::feature)
          .thenComparing(ValueKey::metric);

  boolean isOfWholeWindow() {
    return segmentColumn.isEmpty();
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
    String segment = isOfWholeWindow() ? "" : ", " + segmentColumn + "=" + segmentValue;
    String column = feature.isEmpty() ? "" : " of " + feature;
    return metric + column + " in " + window + segment;
  }
}
