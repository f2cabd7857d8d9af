package io.leeway.cli.conformance;

import io.leeway.domain.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many distinct numbers each group of rows holds, counted from the file itself up to a limit:
 * the independent witness of where values must be exact.
 */
final class DistinctValues {
  private final int limit;
  private final Map<Group, Map<String, Set<Double>>> seen = new HashMap<>();

  /**
   * Of no rows yet.
   *
   * @param limit up to so many distinct values are few
   */
  DistinctValues(int limit) {
    this.limit = limit;
  }

  /**
   * Rows of a window in one group.
   *
   * @param segmentColumn empty for the whole window
   */
  record Group(Window window, String segmentColumn, String segmentValue) {}

  /** Takes a value of a column in every group that its row belongs to. */
  void add(List<Group> groups, String column, double value) {
    // Adding zero makes the two zeros one.
    Double number = value + 0.0;
    for (Group group : groups) {
      Set<Double> values =
          seen.computeIfAbsent(group, any -> new HashMap<>())
              .computeIfAbsent(column, any -> new HashSet<>());
      if (values.size() <= limit) {
        values.add(number);
      }
    }
  }

  /** Whether the group holds few enough distinct values of the column to be known exactly. */
  boolean isFew(Group group, String column) {
    return count(group, column) <= limit;
  }

  /** How many distinct values of the column the group holds, at most one above the limit. */
  int count(Group group, String column) {
    return seen.getOrDefault(group, Map.of()).getOrDefault(column, Set.of()).size();
  }
}
