package io.leeway.monitor;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.ColumnMeasures;
import io.leeway.monitor.metrics.Spread;
import io.leeway.profile.BinDetail;
import io.leeway.profile.Profile;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.store.MetricRows;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * All profiles of one column in one segment over time, and the metrics of the target windows that
 * follow from them: every target is the sum of the base windows in it.
 */
final class SegmentSeries<P extends Profile<P>> {
  private final MetricContext context;
  private final Segment segment;
  private final String column;
  private final ProfileMerger<P> merger;
  private final Spread spread;

  /**
   * Profiles by version ({@code ""} for none) and by start of their base window in microseconds.
   */
  private final TreeMap<String, TreeMap<Long, P>> series = new TreeMap<>();

  private final TreeMap<String, P> references = new TreeMap<>();

  private SegmentSeries(
      MetricContext context, Segment segment, String column, ProfileMerger<P> merger) {
    this.context = context;
    this.segment = segment;
    this.column = column;
    this.merger = merger;
    this.spread = context.spreads.of(column, segment);
  }

  /**
   * Computes the metrics of one column in one segment.
   *
   * @param found its profiles: the reference's sums, and base windows
   */
  static void compute(MetricContext context, List<Found> found, Consumer<Row> rows) {
    Subject subject = found.get(0).subject();
    MonitoredColumn monitored = context.columns.get(subject.column());
    if (monitored != null) {
      BinDetail detail = subject.segment().slice().isOverall() ? BinDetail.FINE : BinDetail.COARSE;
      compute(context, subject, found, ProfileMerger.of(monitored, detail), rows);
    }
  }

  private static <P extends Profile<P>> void compute(
      MetricContext context,
      Subject subject,
      List<Found> found,
      ProfileMerger<P> merger,
      Consumer<Row> rows) {
    SegmentSeries<P> series =
        new SegmentSeries<>(context, subject.segment(), subject.column(), merger);
    found.forEach(series::take);
    context.targets.forEach(target -> series.measure(target, rows));
  }

  private void take(Found found) {
    String version = Objects.requireNonNullElse(found.subject().modelVersion(), "");
    P profile = merger.rebuild(found.profile());
    if (found.part().equals(ProfileRows.REFERENCE)) {
      references.put(version, profile);
    } else {
      series
          .computeIfAbsent(version, v -> new TreeMap<>())
          .put(micros(found.subject().window().start()), profile);
    }
  }

  private void measure(Target.Shape target, Consumer<Row> rows) {
    for (String version : context.versionsAt.get(MetricContext.key(target))) {
      String key = Objects.requireNonNullElse(version, "");
      TreeMap<Long, P> profiles = series.getOrDefault(key, new TreeMap<>());
      P window = sum(profiles, target.start(), target.end());
      P reference = references.get(context.referenceVersion(key));
      if (window == null && reference == null) {
        continue;
      }
      Emitter emitter = new Emitter(subject(target, version, column), rows);
      if (column.equals(context.firstColumn)) {
        new Emitter(subject(target, version, ""), rows).emit(rowsOf(window));
      }
      if (window == null) {
        continue;
      }
      ColumnMeasures.statistics(window, spread).forEach(emitter::emit);
      if (reference != null) {
        ColumnMeasures.drift(reference, window, Comparison.BASELINE, spread).forEach(emitter::emit);
      } else {
        emitter.emit(noReference(window));
      }
      if (segment.slice().columns().size() <= 1) {
        comparePrevious(profiles, target, window, emitter);
      }
    }
  }

  private void comparePrevious(
      NavigableMap<Long, P> profiles, Target.Shape target, P window, Emitter emitter) {
    P previous =
        target.hasPrevious() ? sum(profiles, target.previousStart(), target.start()) : null;
    if (previous == null) {
      emitter.emit(
          Measure.undefined(
                  "psi",
                  Comparison.PREVIOUS,
                  "NO_PREVIOUS: there are no rows of this version in the window before.")
              .n(window.n())
              .build());
    } else {
      ColumnMeasures.drift(previous, window, Comparison.PREVIOUS, spread).forEach(emitter::emit);
    }
  }

  private static Measure rowsOf(Profile<?> window) {
    if (window == null) {
      return Measure.of("n", Comparison.NONE, 0)
          .n(0)
          .noData("There are no rows in this window.")
          .build();
    }
    return Measure.of("n", Comparison.NONE, (double) window.rows()).n(window.rows()).build();
  }

  private static Measure noReference(Profile<?> window) {
    return Measure.undefined(
            "psi",
            Comparison.BASELINE,
            "NO_REFERENCE: the reference has no rows of this segment for this model version.")
        .n(window.n())
        .build();
  }

  private P sum(NavigableMap<Long, P> profiles, long from, long until) {
    List<P> within = new ArrayList<>(profiles.subMap(from, until).values());
    return within.isEmpty() ? null : merger.sum(within);
  }

  private Subject subject(Target.Shape target, String version, String of) {
    Window window = new Window(instant(target.start()), instant(target.end()));
    return new Subject(context.model, version, target.granularity(), window, segment, of);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  private static long micros(Instant instant) {
    return java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Writes the measures of one subject, those that are to be written. */
  private final class Emitter {
    private final Subject subject;
    private final Consumer<Row> rows;

    Emitter(Subject subject, Consumer<Row> rows) {
      this.subject = subject;
      this.rows = rows;
    }

    void emit(Measure measure) {
      if (context.isWritten(subject, measure.metric())) {
        rows.accept(
            MetricRows.row(subject, Part.Kind.INPUTS, null, measure, context.stamp.stamp()));
      }
    }
  }
}
