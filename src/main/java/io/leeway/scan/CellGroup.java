package io.leeway.scan;

import io.leeway.domain.Slice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Slices whose columns are counted by common cells: one cell per combination of values of {@code
 * columns}; each slice is a sum of cells. Slices that share no column are in different groups, so
 * that their cross is never counted.
 */
final class CellGroup implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> columns;
  private final ArrayList<ArrayList<String>> slices;

  private CellGroup(List<String> columns, List<Slice> slices) {
    this.columns = new ArrayList<>(columns);
    this.slices = new ArrayList<>();
    slices.forEach(slice -> this.slices.add(new ArrayList<>(slice.columns())));
  }

  /**
   * The overall slice's group first, then one for each set of slices that hang together by their
   * columns.
   */
  static List<CellGroup> of(List<Slice> slices) {
    List<CellGroup> groups = new ArrayList<>();
    groups.add(new CellGroup(List.of(), List.of(Slice.OVERALL)));
    List<Slice> left =
        new ArrayList<>(slices.stream().filter(slice -> !slice.isOverall()).sorted().toList());
    while (!left.isEmpty()) {
      Set<String> columns = new LinkedHashSet<>(left.get(0).columns());
      List<Slice> members = new ArrayList<>();
      while (takeTouching(left, columns, members)) {
        members.forEach(member -> columns.addAll(member.columns()));
      }
      members.sort(null);
      groups.add(new CellGroup(List.copyOf(columns), members));
    }
    return groups;
  }

  private static boolean takeTouching(List<Slice> left, Set<String> columns, List<Slice> members) {
    List<Slice> touching =
        left.stream()
            .filter(slice -> slice.columns().stream().anyMatch(columns::contains))
            .toList();
    left.removeAll(touching);
    return members.addAll(touching);
  }

  boolean isOverall() {
    return columns.isEmpty();
  }

  List<String> columns() {
    return columns;
  }

  List<Slice> slices() {
    return slices.stream().map(Slice::new).toList();
  }
}
