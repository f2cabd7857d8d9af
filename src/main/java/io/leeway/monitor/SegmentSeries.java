package io.leeway.monitor;

import io.leeway.domain.ColumnRole;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.ColumnFacts;
import io.leeway.monitor.metrics.ColumnMeasures;
import io.leeway.monitor.metrics.Described;
import io.leeway.monitor.metrics.LateLabels;
import io.leeway.monitor.metrics.ReferenceStatistics;
import io.leeway.monitor.metrics.Spreads;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.scan.FoldedCount;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.stats.Outcome;
import io.leeway.store.MetricRows;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * All profiles of one column in one segment over time, and the metrics of the target windows that
 * follow from them: every target is the sum of the base windows in it.
 */
final class SegmentSeries<P extends Profile<P>> {
  /** The metric that says how many segments are told as one. */
  static final String SEGMENTS_FOLDED = "segments_folded";

  private final MetricContext context;
  private final SliceSeries<P> slice;
  private final Segment segment;
  private final String column;

  /**
   * Profiles by version ({@code ""} for none) and by start of their base window in microseconds.
   */
  private final TreeMap<String, TreeMap<Long, Counted<P>>> series = new TreeMap<>();

  private final TreeMap<String, P> references = new TreeMap<>();

  /** Where this segment is told as part of another. */
  private final Set<Stretch> foldedIn = new HashSet<>();

  /** What of other segments is told as part of this one. */
  private final Map<Stretch, Folded<P>> folded = new HashMap<>();

  /** What labels tell of the targets so far, since later ones are held against them. */
  private final Map<Stretch, Described<P>> told = new HashMap<>();

  /** What follows from the references alone, once for all targets. */
  private final TreeMap<String, Beside<P>> besides = new TreeMap<>();

  /** What stands beside a window's numbers: the reference's own, and how much counts vary. */
  private record Beside<P extends Profile<P>>(
      Spreads spreads, Optional<Described<P>> reference, ReferenceStatistics statistics) {}

  /** A profile, the grid it was counted on, and the baseline that its scan went by. */
  private record Counted<P extends Profile<P>>(String binsId, String baselineId, P profile) {
    /** With another column of the same window, where several are looked at together. */
    Counted<P> with(Counted<P> other) {
      return new Counted<>(binsId, baselineId, profile.merge(other.profile));
    }
  }

  /** The sum of so many segments. */
  private record Folded<P extends Profile<P>>(GridSums<P> sums, int segments) {}

  /** Of no rows yet. */
  SegmentSeries(MetricContext context, SliceSeries<P> slice, Segment segment, String column) {
    this.context = context;
    this.slice = slice;
    this.segment = segment;
    this.column = column;
  }

  /**
   * Takes a profile of the column, or of one of those that make it: the reference's sum, or a base
   * window.
   */
  void take(Found found) {
    String version = Objects.requireNonNullElse(found.subject().modelVersion(), "");
    Optional<P> profile =
        slice
            .merger(found.binsId())
            .map(merger -> merger.rebuild(found.subject().column(), found.profile()));
    if (profile.isEmpty()) {
      return;
    }
    if (found.part().equals(ProfileRows.REFERENCE)) {
      references.merge(version, profile.get(), Profile::merge);
    } else {
      series
          .computeIfAbsent(version, v -> new TreeMap<>())
          .merge(
              micros(found.subject().window().start()),
              new Counted<>(found.binsId(), found.baselineId(), profile.get()),
              Counted::with);
    }
  }

  /** Notes the references' outcome for a comparison of groups. */
  void tellReferences(GroupComparison groups) {
    references.forEach(
        (version, profile) ->
            groups.addReference(version, segment, (ProfileBundle) (Profile<?>) profile));
  }

  /** Versions with rows in some base window. */
  Set<String> versions() {
    return series.keySet();
  }

  /** Whether the baseline names this segment. */
  boolean hasReference() {
    return !references.isEmpty();
  }

  /** Whether a base window names this segment. */
  boolean occursIn(Stretch stretch) {
    return !within(stretch).isEmpty();
  }

  private SortedMap<Long, Counted<P>> within(Stretch stretch) {
    return series
        .getOrDefault(stretch.version(), new TreeMap<>())
        .subMap(stretch.start(), stretch.end());
  }

  /**
   * Whether rows of another segment may be among those of this one: in a window that does not name
   * the other, and was scanned by another baseline than the one at hand.
   */
  boolean mayHide(SegmentSeries<P> named, Stretch stretch) {
    Map<Long, Counted<P>> there = named.within(stretch);
    return within(stretch).entrySet().stream()
        .anyMatch(
            window ->
                !window.getValue().baselineId().equals(context.stamp.baselineId())
                    && !there.containsKey(window.getKey()));
  }

  /** From now on, this segment is told as part of another. */
  void fold(Stretch stretch) {
    foldedIn.add(stretch);
  }

  /** Tells another segment as part of this one. */
  void add(Stretch stretch, GridSums<P> segmentRows) {
    Folded<P> before = folded.getOrDefault(stretch, new Folded<>(new GridSums<>(this::merger), 0));
    before.sums().addAll(segmentRows);
    folded.put(stretch, new Folded<>(before.sums(), before.segments() + 1));
  }

  /** What is told of a stretch under this segment's name. */
  GridSums<P> sums(Stretch stretch) {
    GridSums<P> sums = new GridSums<>(this::merger);
    if (!foldedIn.contains(stretch)) {
      within(stretch).values().forEach(one -> sums.add(one.binsId(), one.profile()));
    }
    Optional.ofNullable(folded.get(stretch)).ifPresent(others -> sums.addAll(others.sums()));
    return sums;
  }

  private ProfileMerger<P> merger(String binsId) {
    return slice.merger(binsId).orElseThrow();
  }

  /** Computes the metrics of all targets. */
  void measure(Consumer<Row> rows) {
    context.targetsOf(segment.slice()).forEach(target -> measure(target, rows));
  }

  private void measure(Target.Shape target, Consumer<Row> rows) {
    for (String version : context.versionsAt.get(MetricContext.key(target))) {
      String key = Objects.requireNonNullElse(version, "");
      Stretch stretch = Stretch.of(key, target);
      if (foldedIn.contains(stretch)) {
        continue;
      }
      GridSums<P> sums = sums(stretch);
      String referenceVersion = context.reference.versionFor(key);
      if (sums.isEmpty() && references.get(referenceVersion) == null) {
        continue;
      }
      long n = sums.rows();
      if (column.equals(context.firstColumn) && context.part == Part.Kind.INPUTS) {
        measureRows(emitter(target, version, "", rows), target, stretch, referenceVersion, n);
      }
      Emitter emitter = emitter(target, version, MonitoredColumn.told(column), rows);
      Optional<Outcome<P>> sum = sums.total();
      sum.flatMap(Outcome::value)
          .ifPresent(
              window -> {
                slice.compareLater(target, version, segment, window);
                measureColumn(
                    of -> emitter(target, version, of, rows),
                    target,
                    key,
                    referenceVersion,
                    window);
              });
      sum.flatMap(Outcome::reason).ifPresent(why -> emitter.emit(mixed(why, n)));
    }
  }

  private void measureRows(
      Emitter emitter, Target.Shape target, Stretch stretch, String referenceVersion, long n) {
    emitter.emit(rowsOf(n));
    if (context.isBase(target)) {
      context
          .reference
          .volumes()
          .measures(referenceVersion, segment, instant(target.start()), n)
          .forEach(emitter::emit);
    }
    segmentsFolded(target, stretch).ifPresent(count -> emitter.emit(folded(count, n)));
  }

  /**
   * How many segments are told as this one. Of a roll-up it is known while none of its base windows
   * has folded any, since how many those of two windows have in common is not.
   */
  private Optional<FoldedCount> segmentsFolded(Target.Shape target, Stretch stretch) {
    if (context.isBase(target)) {
      return context.folded(stretch, segment);
    }
    return Optional.ofNullable(folded.get(stretch))
        .filter(others -> !occursIn(stretch))
        .map(others -> new FoldedCount(others.segments(), 0));
  }

  private static Measure folded(FoldedCount count, long n) {
    Measure.Builder measure =
        Measure.of(SEGMENTS_FOLDED, Comparison.NONE, (double) count.segments()).n(n);
    return count.isExact()
        ? measure.build()
        : measure
            .stdError(count.stdError())
            .errorBound(5 * count.stdError())
            .flag("APPROXIMATE")
            .build();
  }

  private void measureColumn(
      Function<String, Emitter> emitters,
      Target.Shape target,
      String version,
      String referenceVersion,
      P window) {
    Emitter emitter = emitters.apply(MonitoredColumn.told(column));
    Beside<P> beside = besides.computeIfAbsent(referenceVersion, this::beside);
    Spreads spreads = beside.spreads();
    ColumnFacts facts = facts(target);
    Described<P> described = describe(window, beside, facts);
    if (role() == ColumnRole.OUTCOME) {
      told.put(Stretch.of(version, target), described);
    }
    described.statistics().forEach(emitter::emit);
    if (!ColumnMeasures.isCompared(role())) {
      return;
    }
    if (beside.reference().isPresent()) {
      boolean sameVersion = version.equals(referenceVersion);
      Described<P> reference = beside.reference().get();
      ColumnMeasures.drift(
              column, reference, described, Comparison.BASELINE, sameVersion, spreads, facts)
          .forEach((of, measures) -> measures.forEach(emitters.apply(of)::emit));
    } else {
      ColumnMeasures.leading(window).ifPresent(metric -> emitter.emit(noReference(metric, window)));
    }
    if (segment.slice().columns().size() <= 1) {
      comparePrevious(target, version, described, beside, facts, emitters);
    }
  }

  private Beside<P> beside(String referenceVersion) {
    Spreads spreads =
        context.reference.spreads().of(referenceVersion, MonitoredColumn.told(column), segment);
    ColumnFacts facts = facts(context.reference.length(), LateLabels.NONE);
    Optional<Described<P>> reference =
        Optional.ofNullable(references.get(referenceVersion))
            .map(of -> new Described<>(of, ColumnMeasures.statistics(of, spreads, facts)));
    return new Beside<>(
        spreads,
        reference,
        reference.map(ReferenceStatistics::of).orElseGet(ReferenceStatistics::none));
  }

  private Described<P> describe(P window, Beside<P> beside, ColumnFacts facts) {
    return new Described<>(
        window, ColumnMeasures.statistics(window, beside.statistics(), beside.spreads(), facts));
  }

  private ColumnFacts facts(Target.Shape target) {
    Duration length = Duration.of(target.end() - target.start(), ChronoUnit.MICROS);
    return facts(length, context.late(target));
  }

  private ColumnFacts facts(Duration length, LateLabels late) {
    String of = MonitoredColumn.told(column);
    return new ColumnFacts(
        role(),
        context.reference.range(column),
        length,
        context.members(),
        late,
        metric -> context.isWritten(segment.slice(), of, metric));
  }

  private ColumnRole role() {
    return context.columns.get(column).role();
  }

  private void comparePrevious(
      Target.Shape target,
      String version,
      Described<P> window,
      Beside<P> beside,
      ColumnFacts facts,
      Function<String, Emitter> emitters) {
    Stretch before = Stretch.before(version, target);
    previous(target, before, beside)
        .orElseGet(() -> Outcome.undefined(noPrevious(target, before)))
        .fold(
            described ->
                ColumnMeasures.drift(
                    column, described, window, Comparison.PREVIOUS, true, beside.spreads(), facts),
            why -> Map.of(MonitoredColumn.told(column), notCompared(why, window.profile())))
        .forEach((of, measures) -> measures.forEach(emitters.apply(of)::emit));
  }

  private Optional<Outcome<Described<P>>> previous(
      Target.Shape target, Stretch before, Beside<P> beside) {
    if (!target.hasPrevious()) {
      return Optional.empty();
    }
    Optional<Described<P>> known = Optional.ofNullable(told.get(before));
    return known.isPresent()
        ? known.map(Outcome::of)
        : sums(before).total().map(sum -> sum.map(profile -> before(profile, beside, target)));
  }

  /** Distances follow from the profiles alone. */
  private Described<P> before(P profile, Beside<P> beside, Target.Shape target) {
    return role() == ColumnRole.OUTCOME
        ? describe(profile, beside, facts(target))
        : new Described<>(profile, List.of());
  }

  private static List<Measure> notCompared(String why, Profile<?> window) {
    return ColumnMeasures.leading(window).stream()
        .map(metric -> Measure.undefined(metric, Comparison.PREVIOUS, why).n(window.n()).build())
        .toList();
  }

  private String noPrevious(Target.Shape target, Stretch before) {
    boolean untold = foldedIn.contains(before) || slice.foldsIn(before);
    return target.hasPrevious() && untold
        ? "NO_PREVIOUS: the window before does not name this segment; rows of it may be in (other)."
        : "NO_PREVIOUS: there are no rows of this version in the window before.";
  }

  private static Measure rowsOf(long n) {
    return n == 0
        ? Measure.of("n", Comparison.NONE, 0)
            .n(0)
            .noData("There are no rows in this window.")
            .build()
        : Measure.of("n", Comparison.NONE, (double) n).n(n).build();
  }

  private Measure mixed(String why, long n) {
    Comparison comparison =
        ColumnMeasures.isCompared(role()) ? Comparison.BASELINE : Comparison.NONE;
    return Measure.undefined(ColumnMeasures.first(role()), comparison, "MIXED_BINS: " + why)
        .n(n)
        .build();
  }

  private static Measure noReference(String metric, Profile<?> window) {
    return Measure.undefined(
            metric,
            Comparison.BASELINE,
            "NO_REFERENCE: the reference has no rows of this segment for this model version.")
        .n(window.n())
        .build();
  }

  private Emitter emitter(Target.Shape target, String version, String of, Consumer<Row> rows) {
    return new Emitter(subject(target, version, of), !context.late(target).byAge(), rows);
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
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Writes the measures of one subject, those that are to be written. */
  private final class Emitter {
    private final Subject subject;

    /** Whether labels of the window may still come. */
    private final boolean isYoung;

    private final Consumer<Row> rows;

    Emitter(Subject subject, boolean isYoung, Consumer<Row> rows) {
      this.subject = subject;
      this.isYoung = isYoung;
      this.rows = rows;
    }

    /** What is of the outcome knows best itself; all else goes by the window's age. */
    private Measure matured(Measure measure) {
      return isYoung && !column.equals(MonitoredColumn.OUTCOME) ? measure.asProvisional() : measure;
    }

    void emit(Measure measure) {
      if (context.isWritten(subject.segment().slice(), subject.column(), measure.metric())) {
        rows.accept(MetricRows.row(subject, context.part, matured(measure), context.stamp.stamp()));
      }
    }
  }
}
