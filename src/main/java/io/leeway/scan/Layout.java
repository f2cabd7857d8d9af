package io.leeway.scan;

import io.leeway.domain.ColumnRole.Scope;
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
import java.util.Optional;
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
    groups = new ArrayList<>();
    columnGroups = columns.stream().map(column -> groupsOf(column, spec)).toArray(int[][]::new);
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

  /** Columns of one scope are counted by the same groups, which several scopes may share. */
  private int[] groupsOf(MonitoredColumn column, ScanSpec spec) {
    Scope scope = column.role().scope();
    List<CellGroup> wanted = CellGroup.of(spec.slices().stream().filter(scope::holds).toList());
    wanted.stream().filter(group -> !groups.contains(group)).forEach(groups::add);
    return wanted.stream().mapToInt(groups::indexOf).toArray();
  }

  private int[] columnsOf(int group) {
    return IntStream.range(0, columnGroups.length)
        .filter(column -> Arrays.stream(columnGroups[column]).anyMatch(of -> of == group))
        .toArray();
  }

  /** What looks at several columns reads none of its own. */
  private int placeOf(MonitoredColumn column) {
    return column.grid() instanceof JointGrid ? NONE : place(column.expression(), column.reading());
  }

  /** On what several columns are counted together, if they are. */
  Optional<JointGrid> joint() {
    return columns.stream()
        .map(MonitoredColumn::grid)
        .filter(JointGrid.class::isInstance)
        .map(JointGrid.class::cast)
        .findFirst();
  }

  private int place(String expression, Reading reading) {
    ReadColumn wanted = new ReadColumn(expression, reading);
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
