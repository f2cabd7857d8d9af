package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Attributes whose groups are compared, among the columns of a slice: a segment of the slice is one
 * group of them within the values of all other columns.
 */
record GroupedBy(Slice slice, List<String> attributes) {
  private static final String JOINED = ", ";

  GroupedBy {
    attributes = List.copyOf(attributes);
  }

  /**
   * Each attribute by itself, and, where all columns of the slice are attributes, their cross.
   *
   * @param attributes those among the columns of the slice
   */
  static List<GroupedBy> all(Slice slice, List<String> attributes) {
    List<GroupedBy> all = new ArrayList<>();
    attributes.forEach(attribute -> all.add(new GroupedBy(slice, List.of(attribute))));
    if (attributes.size() > 1 && attributes.size() == slice.columns().size()) {
      all.add(new GroupedBy(slice, attributes));
    }
    return List.copyOf(all);
  }

  /** What stands for the attributes in the column's place. */
  String name() {
    return String.join(JOINED, attributes);
  }

  /** The values of all columns that are not compared. */
  Segment within(Segment segment) {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < slice.columns().size(); i++) {
      if (!attributes.contains(slice.columns().get(i))) {
        columns.add(slice.columns().get(i));
        values.add(segment.values().get(i));
      }
    }
    return new Segment(new Slice(columns), values);
  }

  /** What the segment's group is called. */
  String group(Segment segment) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < slice.columns().size(); i++) {
      if (attributes.contains(slice.columns().get(i))) {
        values.add(Objects.requireNonNullElse(segment.values().get(i), "(null)"));
      }
    }
    return String.join(JOINED, values);
  }
}
