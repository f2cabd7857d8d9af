package io.leeway.scan;

import io.leeway.domain.ColumnRole.Scope;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one scan counts: which columns, on which grids, by which slices, in which windows.
 *
 * @param time SQL of the prediction time, a timestamp
 * @param version SQL of the model version, or empty if the predictions name none
 * @param decision SQL of the model's decision, by which scores are split, or empty
 * @param positive the decision, as text, that counts as positive
 * @param slices the slices wanted, {@link Slice#OVERALL} among them
 * @param sliceColumns SQL of each slice column by its name
 * @param columns the first one, by which rows are told, is counted by all slices
 * @param windows ascending, disjoint; rows of other times are not counted
 * @param admitted segments that are kept whatever their number; where a slice's {@linkplain
 *     Segment#isOther folded} one is among them, the slice keeps no others
 * @param maxSegments how many further segments a slice keeps by name
 * @param stateMemory bytes of state that a task holds before it passes it on
 */
public record ScanSpec(
    String time,
    Optional<String> version,
    Optional<String> decision,
    String positive,
    List<Slice> slices,
    Map<String, String> sliceColumns,
    List<MonitoredColumn> columns,
    List<Window> windows,
    Set<Segment> admitted,
    int maxSegments,
    long stateMemory) {
  public ScanSpec {
    slices = List.copyOf(slices);
    sliceColumns = Map.copyOf(sliceColumns);
    columns = List.copyOf(columns);
    windows = List.copyOf(windows);
    admitted = Set.copyOf(admitted);
    if (!slices.contains(Slice.OVERALL)) {
      throw new IllegalArgumentException("The overall slice is always scanned.");
    }
    for (Slice slice : slices) {
      for (String column : slice.columns()) {
        if (!sliceColumns.containsKey(column)) {
          throw new IllegalArgumentException(
              "Slice " + slice + " names the unknown column " + column + ".");
        }
      }
    }
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("There is no window to scan.");
    }
    if (columns.isEmpty() || columns.get(0).role().scope() != Scope.ALL_SLICES) {
      throw new IllegalArgumentException("The first column must be counted by all slices.");
    }
    if (columns.stream().map(MonitoredColumn::name).distinct().count() < columns.size()) {
      throw new IllegalArgumentException("Two monitored columns have one name.");
    }
    for (int i = 1; i < columns.size(); i++) {
      if (!columns.get(i - 1).grid().needs().isEmpty() && columns.get(i).grid().needs().isEmpty()) {
        throw new IllegalArgumentException("What looks at several columns comes after them.");
      }
    }
    for (int i = 1; i < windows.size(); i++) {
      if (windows.get(i).start().isBefore(windows.get(i - 1).end())) {
        throw new IllegalArgumentException(
            "Windows must ascend and not overlap: " + windows.get(i) + ".");
      }
    }
  }
}
