package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.config.WindowsConfig;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.store.Arrivals;
import io.leeway.store.Arrivals.Arrived;
import io.leeway.store.MetricRows;
import io.leeway.store.SourceTable;
import io.leeway.store.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What a table's log says of the quality of its data: {@link ArrivalMeasures} of each base window,
 * and {@link SchemaChange}s and freshness with the last one that has ended. The log does not tell a
 * model's versions apart: the rows of each version that a window shows say the same of all of them.
 */
final class SourceQuality {
  private final ModelConfig model;
  private final SourceTable source;
  private final Stamp stamp;

  SourceQuality(ModelConfig model, SourceTable source, Stamp stamp) {
    this.model = model;
    this.source = source;
    this.stamp = stamp;
  }

  /**
   * Rows of {@code metrics}.
   *
   * @param versions of every base window that is published, ascending; {@code null} for none
   */
  List<Row> rows(NavigableMap<Window, List<String>> versions, List<SchemaChange> changes) {
    List<Row> rows = new ArrayList<>();
    if (versions.isEmpty()) {
      return rows;
    }
    Window newest = versions.lastKey();
    Arrivals arrivals =
        source.arrivals(
            model.predictions().time(), new Window(versions.firstKey().start(), newest.end()));
    Map<Window, List<Arrived>> files = byWindow(versions, arrivals);
    WindowsConfig windows = model.windows();
    versions.forEach(
        (window, ofWindow) -> {
          Window next = windows.base().after(window, windows.zone());
          List<Measure> measures =
              new ArrayList<>(
                  new ArrivalMeasures(
                          window, next, files.getOrDefault(window, List.of()), arrivals.untold())
                      .all());
          if (window.equals(newest) && isLast(newest, arrivals)) {
            measures.add(ArrivalMeasures.freshness(arrivals));
          }
          for (String version : ofWindow) {
            measures.forEach(measure -> rows.add(row(window, version, "", measure)));
          }
        });
    for (String version : isLast(newest, arrivals) ? versions.get(newest) : List.<String>of()) {
      changes.forEach(change -> rows.add(row(newest, version, change.column(), change.measure())));
    }
    return rows;
  }

  /**
   * Whether no later window with rows had ended when the source's version was committed. What the
   * table is like now is said there alone, so that it does not depend on how windows are shared out
   * among runs.
   */
  private boolean isLast(Window window, Arrivals arrivals) {
    Window next = model.windows().base().after(window, model.windows().zone());
    return arrivals
        .newest()
        .map(row -> row.atLeast().isBefore(next.start()) || row.committed().isBefore(next.end()))
        .orElse(true);
  }

  /** Each file with the windows that it may hold rows of, so that not all is held against all. */
  private static Map<Window, List<Arrived>> byWindow(
      NavigableMap<Window, ?> windows, Arrivals arrivals) {
    Map<Window, List<Arrived>> files = new TreeMap<>();
    for (Arrived file : arrivals.files()) {
      Window first = new Window(file.first(), file.first().plusNanos(1));
      Window before = windows.lowerKey(first);
      Window from = before == null ? first : before;
      for (Window window : windows.tailMap(from, true).keySet()) {
        if (window.start().isAfter(file.last())) {
          break;
        }
        files.computeIfAbsent(window, key -> new ArrayList<>()).add(file);
      }
    }
    return files;
  }

  private Row row(Window window, String version, String column, Measure measure) {
    Subject subject =
        new Subject(
            model.name(), version, model.windows().base().toString(), window, Segment.ALL, column);
    return MetricRows.row(subject, Part.Kind.INPUTS, measure, stamp);
  }
}
