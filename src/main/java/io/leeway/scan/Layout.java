package io.leeway.scan;

import io.leeway.domain.ColumnRole.Scope;
import io.leeway.domain.Slice;
import io.leeway.profile.BinDetail;
import io.leeway.profile.JointGrid;
import io.leeway.scan.ReadColumn.Reading;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A scan's specification as tasks use it: every role is the place of a column in the projection.
 */
final class Layout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The place of a role that no column plays. */
  static final int NONE = -1;

  final ArrayList<ReadColumn> reads = new ArrayList<>();
  final int time;
  final int version;
  final int decision;
  final String positive;
  final ArrayList<MonitoredColumn> columns;
  final int[] columnReads;
  final ArrayList<CellGroup> groups;

  /** The groups by which each column is counted, and the columns that each group counts. */
  final int[][] columnGroups;

  final int[][] groupColumns;
  final int[][] groupReads;
  final long[] windowStarts;
  final long[] windowEnds;
  final SegmentFold fold;
  final long stateMemory;

  Layout(ScanSpec spec) {
    time = place(spec.time(), Reading.TIME);
    version = spec.version().map(sql -> place(sql, Reading.TEXT)).orElse(NONE);
    decision = spec.decision().map(sql -> place(sql, Reading.TEXT)).orElse(NONE);
    positive = spec.positive();
    columns = new ArrayList<>(spec.columns());
    columnReads = columns.stream().mapToInt(this::placeOf).toArray();
    groups = new ArrayList<>(CellGroup.of(spec.slices()));
    columnGroups = columns.stream().map(this::groupsOf).toArray(int[][]::new);
    groupColumns =
        IntStream.range(0, groups.size()).mapToObj(this::columnsOf).toArray(int[][]::new);
    Map<String, String> sliceColumns = spec.sliceColumns();
    groupReads = groups.stream().map(group -> placesOf(group, sliceColumns)).toArray(int[][]::new);
    windowStarts = spec.windows().stream().mapToLong(w -> micros(w.start())).toArray();
    windowEnds = spec.windows().stream().mapToLong(w -> micros(w.end())).toArray();
    fold = new SegmentFold(spec.admitted(), spec.maxSegments());
    stateMemory = spec.stateMemory();
  }

  private int[] placesOf(CellGroup group, Map<String, String> sliceColumns) {
    return group.columns().stream()
        .mapToInt(column -> place(sliceColumns.get(column), Reading.TEXT))
        .toArray();
  }

  /**
   * The groups in whose cells a column is counted. Where all rows are in cells of some slice
   * anyway, {@link Scope#SHORT_SLICES} adds these up and has none for all rows alone.
   */
  private int[] groupsOf(MonitoredColumn column) {
    int all = groups.size();
    return switch (column.role().scope()) {
      case ALL_SLICES -> IntStream.range(0, all).toArray();
      case SHORT_SLICES -> IntStream.range(all > 1 ? 1 : 0, all).toArray();
      case OVERALL -> new int[] {0};
    };
  }

  /** The slices for which a column's cells in one of its groups are added up. */
  List<Slice> slices(int column, int group) {
    Scope scope = columns.get(column).role().scope();
    List<Slice> slices =
        new ArrayList<>(groups.get(group).slices().stream().filter(scope::holds).toList());
    boolean allRows = scope != Scope.ALL_SLICES && group == columnGroups[column][0];
    if (allRows && !slices.contains(Slice.OVERALL)) {
      slices.add(Slice.OVERALL);
    }
    return slices;
  }

  private int[] columnsOf(int group) {
    return IntStream.range(0, columnGroups.length)
        .filter(column -> Arrays.stream(columnGroups[column]).anyMatch(of -> of == group))
        .toArray();
  }

  /** What looks at several columns reads none of its own. */
  private int placeOf(MonitoredColumn column) {
    return column.grid().needs().isEmpty() ? place(column.read()) : NONE;
  }

  /** The place in the projection of a column that is monitored. */
  int readOf(String column) {
    for (int of = 0; of < columnReads.length; of++) {
      if (columns.get(of).name().equals(column)) {
        return columnReads[of];
      }
    }
    throw new IllegalArgumentException("Column '" + column + "' is not monitored.");
  }

  /** The grids of what looks at several columns together by their moments or groups. */
  List<JointGrid> joint() {
    return columns.stream()
        .map(MonitoredColumn::grid)
        .filter(JointGrid.class::isInstance)
        .map(JointGrid.class::cast)
        .toList();
  }

  private int place(String expression, Reading reading) {
    return place(new ReadColumn(expression, reading));
  }

  private int place(ReadColumn wanted) {
    int known = reads.indexOf(wanted);
    if (known >= 0) {
      return known;
    }
    reads.add(wanted);
    return reads.size() - 1;
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The overall slice keeps the most. */
  BinDetail detail(int group) {
    return groups.get(group).isOverall() ? BinDetail.FINE : BinDetail.COARSE;
  }

  List<ReadColumn> reads() {
    return reads;
  }
}
