package io.leeway.domain;

import java.util.List;

/**
 * The columns, in a fixed order, by which rows are cut into segments; none of them is the overall
 * slice.
 */
public record Slice(List<String> columns) implements Comparable<Slice> {
  /** All rows together. */
  public static final Slice OVERALL = new Slice(List.of());

  public Slice {
    columns = List.copyOf(columns);
    if (columns.stream().distinct().count() != columns.size()) {
      throw new IllegalArgumentException("The slice " + columns + " names a column twice.");
    }
  }

  public static Slice of(String... columns) {
    return new Slice(List.of(columns));
  }

  public boolean isOverall() {
    return columns.isEmpty();
  }

  /** By number of columns, then by name. */
  @Override
  public int compareTo(Slice other) {
    int bySize = Integer.compare(columns.size(), other.columns.size());
    return bySize != 0 ? bySize : toString().compareTo(other.toString());
  }

  /** As in the column {@code slice}: {@code []}, {@code [state]}, {@code [state, age_band]}. */
  @Override
  public String toString() {
    return columns.toString();
  }
}
