package io.leeway.monitor;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.ColumnMeasures;
import io.leeway.monitor.metrics.ReferenceStatistics;
import io.leeway.monitor.metrics.Spreads;
import io.leeway.monitor.metrics.ValueRange;
import io.leeway.profile.BinDetail;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import io.leeway.profile.StoredProfile;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.stats.Outcome;
import io.leeway.store.MetricRows;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * All profiles of one column in one segment over time, and the metrics of the target windows that
 * follow from them: every target is the sum of the base windows in it.
 */
final class SegmentSeries<P extends Profile<P>> {
  /** The metric that says how many segments are told as one. */
  static final String SEGMENTS_FOLDED = "segments_folded";

  private final MetricContext context;
  private final Segment segment;
  private final String column;
  private final ProfileMerger<P> merger;
  private final Rebuild<P> rebuild;

  /**
   * Profiles by version ({@code ""} for none) and by start of their base window in microseconds.
   */
  private final TreeMap<String, TreeMap<Long, Counted<P>>> series = new TreeMap<>();

  private final TreeMap<String, P> references = new TreeMap<>();

  /** What follows from the references alone, once for all targets. */
  private final TreeMap<String, Beside> besides = new TreeMap<>();

  /** What stands beside a window's numbers: the reference's own, and how much counts vary. */
  private record Beside(Spreads spreads, ReferenceStatistics statistics) {}

  /** A profile and the grid it was counted on. */
  private record Counted<P>(String binsId, P profile) {}

  /** Rebuilds a profile on a column's grid; nothing where the column was of another kind then. */
  private interface Rebuild<P> extends BiFunction<MonitoredColumn, StoredProfile, Optional<P>> {}

  private SegmentSeries(
      MetricContext context,
      Segment segment,
      String column,
      ProfileMerger<P> merger,
      Rebuild<P> rebuild) {
    this.context = context;
    this.segment = segment;
    this.column = column;
    this.merger = merger;
    this.rebuild = rebuild;
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
      SegmentSeries<?> series =
          monitored.numeric() != null
              ? new SegmentSeries<>(
                  context,
                  subject.segment(),
                  subject.column(),
                  new ProfileMerger.OfNumbers(monitored, detail),
                  SegmentSeries::numbers)
              : new SegmentSeries<>(
                  context,
                  subject.segment(),
                  subject.column(),
                  new ProfileMerger.OfCategories(monitored),
                  SegmentSeries::categories);
      found.forEach(series::take);
      context.targets.forEach(target -> series.measure(target, rows));
    }
  }

  private static Optional<NumericProfile> numbers(MonitoredColumn on, StoredProfile stored) {
    return Optional.ofNullable(on.numeric()).map(grid -> NumericProfile.of(grid, stored));
  }

  private static Optional<CategoricalProfile> categories(MonitoredColumn on, StoredProfile stored) {
    return Optional.ofNullable(on.categorical()).map(names -> CategoricalProfile.of(names, stored));
  }

  private void take(Found found) {
    String version = Objects.requireNonNullElse(found.subject().modelVersion(), "");
    Optional<P> profile =
        context.columnOn(found.binsId(), column).flatMap(on -> rebuild.apply(on, found.profile()));
    if (profile.isEmpty()) {
      return;
    }
    if (found.part().equals(ProfileRows.REFERENCE)) {
      references.put(version, profile.get());
    } else {
      series
          .computeIfAbsent(version, v -> new TreeMap<>())
          .put(
              micros(found.subject().window().start()),
              new Counted<>(found.binsId(), profile.get()));
    }
  }

  private void measure(Target.Shape target, Consumer<Row> rows) {
    for (String version : context.versionsAt.get(MetricContext.key(target))) {
      String key = Objects.requireNonNullElse(version, "");
      NavigableMap<Long, Counted<P>> profiles = series.getOrDefault(key, new TreeMap<>());
      Optional<Outcome<P>> sum = sum(profiles.subMap(target.start(), target.end()));
      String referenceVersion = context.referenceVersion(key);
      P reference = references.get(referenceVersion);
      if (sum.isEmpty() && reference == null) {
        continue;
      }
      long n = rowsIn(profiles.subMap(target.start(), target.end()));
      if (column.equals(context.firstColumn)) {
        measureRows(new Emitter(subject(target, version, ""), rows), target, key, n);
      }
      Emitter emitter = new Emitter(subject(target, version, column), rows);
      sum.flatMap(Outcome::value)
          .ifPresent(window -> measureColumn(emitter, target, profiles, referenceVersion, window));
      sum.flatMap(Outcome::reason).ifPresent(why -> emitter.emit(mixed(why, n)));
    }
  }

  private void measureRows(Emitter emitter, Target.Shape target, String version, long n) {
    emitter.emit(rowsOf(n));
    context
        .folded(target, version, segment)
        .ifPresent(
            folded ->
                emitter.emit(
                    Measure.of(SEGMENTS_FOLDED, Comparison.NONE, (double) folded).n(n).build()));
  }

  private void measureColumn(
      Emitter emitter,
      Target.Shape target,
      NavigableMap<Long, Counted<P>> profiles,
      String referenceVersion,
      P window) {
    Beside beside = besides.computeIfAbsent(referenceVersion, this::beside);
    Spreads spreads = beside.spreads();
    P reference = references.get(referenceVersion);
    ColumnMeasures.statistics(window, beside.statistics(), spreads, range()).forEach(emitter::emit);
    if (reference != null) {
      ColumnMeasures.drift(reference, window, Comparison.BASELINE, spreads).forEach(emitter::emit);
    } else {
      emitter.emit(noReference(window));
    }
    if (segment.slice().columns().size() <= 1) {
      comparePrevious(profiles, target, window, spreads, emitter);
    }
  }

  private Beside beside(String referenceVersion) {
    Spreads spreads = context.spreads.of(referenceVersion, column, segment);
    return new Beside(
        spreads,
        Optional.ofNullable(references.get(referenceVersion))
            .map(reference -> ReferenceStatistics.of(reference, spreads, range()))
            .orElseGet(ReferenceStatistics::none));
  }

  private Optional<ValueRange> range() {
    return Optional.ofNullable(context.ranges.get(column));
  }

  private void comparePrevious(
      NavigableMap<Long, Counted<P>> profiles,
      Target.Shape target,
      P window,
      Spreads spreads,
      Emitter emitter) {
    Optional<Outcome<P>> previous =
        target.hasPrevious()
            ? sum(profiles.subMap(target.previousStart(), target.start()))
            : Optional.empty();
    previous
        .orElseGet(
            () ->
                Outcome.undefined(
                    "NO_PREVIOUS: there are no rows of this version in the window before."))
        .fold(
            before -> ColumnMeasures.drift(before, window, Comparison.PREVIOUS, spreads),
            why ->
                List.of(Measure.undefined("psi", Comparison.PREVIOUS, why).n(window.n()).build()))
        .forEach(emitter::emit);
  }

  private static Measure rowsOf(long n) {
    return n == 0
        ? Measure.of("n", Comparison.NONE, 0)
            .n(0)
            .noData("There are no rows in this window.")
            .build()
        : Measure.of("n", Comparison.NONE, (double) n).n(n).build();
  }

  private static Measure mixed(String why, long n) {
    return Measure.undefined("psi", Comparison.BASELINE, "MIXED_BINS: " + why).n(n).build();
  }

  private static Measure noReference(Profile<?> window) {
    return Measure.undefined(
            "psi",
            Comparison.BASELINE,
            "NO_REFERENCE: the reference has no rows of this segment for this model version.")
        .n(window.n())
        .build();
  }

  /**
   * The sum of base windows, if there are any: on their grid, or, where a newer grid has refined
   * that of some, on what the grids have in common.
   */
  private Optional<Outcome<P>> sum(SortedMap<Long, Counted<P>> within) {
    Map<String, List<P>> byBins = new LinkedHashMap<>();
    within
        .values()
        .forEach(
            one ->
                byBins.computeIfAbsent(one.binsId(), id -> new ArrayList<>()).add(one.profile()));
    return byBins.entrySet().stream()
        .map(entry -> Outcome.of(sum(entry.getKey(), entry.getValue())))
        .reduce((one, other) -> one.flatMap(p -> other.flatMap(p::mergeOnCommon)));
  }

  private P sum(String binsId, List<P> profiles) {
    return context.stamp.binsId().equals(binsId)
        ? merger.sum(profiles)
        : profiles.stream().reduce(Profile::merge).orElseThrow();
  }

  private static long rowsIn(SortedMap<Long, ? extends Counted<? extends Profile<?>>> within) {
    return within.values().stream().mapToLong(one -> one.profile().rows()).sum();
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
