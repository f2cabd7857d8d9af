package io.leeway.monitor;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Part;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.Segment;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.IdGrid;
import io.leeway.profile.NumericGrid;
import io.leeway.scan.MonitoredColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What windows are held against: a frozen grid, and the name of the reference profiles on it.
 *
 * @param attemptId whose rows of the store hold the reference profiles
 * @param columns every column that was looked at, in order of the source
 * @param reference the stretch of time that the reference's values are published under
 * @param admitted the reference's segments by name, and of a slice that has more than are kept,
 *     {@link Segment#other}
 */
record Baseline(
    String binsId,
    String baselineId,
    String attemptId,
    List<ChosenColumn> columns,
    Window reference,
    Set<Segment> admitted) {

  /**
   * A column with its grid, or why it has none.
   *
   * @param expression SQL over the source's columns
   * @param kind how it is profiled; {@code null} if it cannot be
   * @param reason why it is monitored, or why not
   * @param grid its bins or dictionary; {@code null} unless it is monitored
   */
  record ChosenColumn(
      String name,
      String expression,
      ColumnRole role,
      ColumnKind kind,
      String dataType,
      String reason,
      Grid<?> grid) {

    boolean monitored() {
      return grid != null;
    }

    Optional<MonitoredColumn> monitoredColumn() {
      return Optional.ofNullable(grid).map(of -> new MonitoredColumn(name, expression, of, role));
    }
  }

  Baseline {
    columns = List.copyOf(columns);
    admitted = Set.copyOf(admitted);
  }

  Optional<ChosenColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /**
   * What one pass over the rows counts: each column that is monitored, then what looks at several
   * of them.
   *
   * @param part of the predictions alone, or of their labels
   */
  List<MonitoredColumn> monitored(Part.Kind part) {
    List<MonitoredColumn> single =
        columns.stream()
            .filter(column -> column.role().part() == part)
            .flatMap(column -> column.monitoredColumn().stream())
            .toList();
    return Stream.concat(single.stream(), MonitoredColumn.together(single).stream()).toList();
  }

  /** What is measured of it: of columns that make one outcome that, in place of them. */
  List<MonitoredColumn> measured(Part.Kind part) {
    return measured(monitored(part));
  }

  static List<MonitoredColumn> measured(List<MonitoredColumn> monitored) {
    List<MonitoredColumn> members =
        monitored.stream().filter(column -> column.role() == ColumnRole.OUTCOME).toList();
    List<MonitoredColumn> measured = new ArrayList<>(monitored);
    measured.removeAll(members);
    if (!members.isEmpty()) {
      measured.add(MonitoredColumn.outcome(members));
    }
    return measured;
  }

  Baseline withAdmitted(Set<Segment> segments) {
    return new Baseline(binsId, baselineId, attemptId, columns, reference, segments);
  }

  /** A name of the grids that follows from them and from what is counted on them. */
  static String binsId(List<ChosenColumn> columns) {
    Set<String> parts = new TreeSet<>();
    for (ChosenColumn column : columns) {
      if (column.grid() instanceof NumericGrid grid) {
        parts.add(
            RunIdentity.hash(
                List.of(
                    column.name(),
                    column.expression(),
                    column.kind(),
                    java.util.Arrays.toString(grid.edges()),
                    java.util.Arrays.toString(grid.deciles()),
                    java.util.Arrays.toString(grid.coarseOfBins()),
                    grid.center(),
                    grid.sumExponent(),
                    grid.squareExponent(),
                    grid.exactLimit())));
      } else if (column.grid() instanceof IdGrid ids) {
        parts.add(RunIdentity.hash(List.of(column.name(), column.expression(), ids.kept())));
      } else if (column.grid() instanceof Categories dictionary) {
        parts.add(
            RunIdentity.hash(
                List.of(
                    column.name(),
                    column.expression(),
                    dictionary.values(),
                    dictionary.unseenLimit())));
      }
    }
    return RunIdentity.hash(List.copyOf(parts));
  }
}
