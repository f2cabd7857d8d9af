package io.leeway.monitor;

import io.leeway.domain.ColumnRole;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
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
import io.leeway.scan.FoldedCount;
import io.leeway.scan.MonitoredColumn;
import io.leeway.stats.Outcome;
import io.leeway.store.MetricRows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * The metrics of one column in one segment, target by target: what a window tells by itself, and
 * how it lies beside the reference and the window before.
 */
final class SegmentMeasures<P extends Profile<P>> {
  /** The metric that says how many segments are told as one. */
  static final String SEGMENTS_FOLDED = "segments_folded";

  private final MetricContext context;
  private final Segment segment;
  private final String column;
  private final Map<String, P> references;
  private final BiFunction<Target.Shape, Stretch, Outcome<P>> before;

  /** What labels tell of the targets so far, since later ones are held against them. */
  private final Map<Stretch, Described<P>> told = new HashMap<>();

  /** What follows from the references alone, once for all targets. */
  private final TreeMap<String, Beside<P>> besides = new TreeMap<>();

  /** What stands beside a window's numbers: the reference's own, and how much counts vary. */
  private record Beside<P extends Profile<P>>(
      Spreads spreads, Optional<Described<P>> reference, ReferenceStatistics statistics) {}

  /**
   * Of a segment.
   *
   * @param references profiles by version
   * @param before the profile that a target is compared with, or why there is none
   */
  SegmentMeasures(
      MetricContext context,
      Segment segment,
      String column,
      Map<String, P> references,
      BiFunction<Target.Shape, Stretch, Outcome<P>> before) {
    this.context = context;
    this.segment = segment;
    this.column = column;
    this.references = references;
    this.before = before;
  }

  /** Those of one window and version, which may be {@code null}. */
  OfWindow of(Target.Shape target, String version, Consumer<Row> rows) {
    return new OfWindow(target, version, rows);
  }

  private ColumnRole role() {
    return context.columns.get(column).role();
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

  /** Tells of one window. */
  final class OfWindow {
    private final Target.Shape target;
    private final String version;
    private final Consumer<Row> rows;

    private OfWindow(Target.Shape target, String version, Consumer<Row> rows) {
      this.target = target;
      this.version = version;
      this.rows = rows;
    }

    Target.Shape target() {
      return target;
    }

    /** May be {@code null}. */
    String version() {
      return version;
    }

    Stretch stretch() {
      return Stretch.of(key(), target);
    }

    private String key() {
      return Objects.requireNonNullElse(version, "");
    }

    /** The version whose reference the window is held against. */
    String referenceVersion() {
      return context.reference.versionFor(key());
    }

    /** How many rows there are, and how many segments are told as this one. */
    void tellRows(long n, Optional<FoldedCount> segmentsFolded) {
      emit("", rowsOf(n));
      if (context.isBase(target)) {
        context
            .reference
            .volumes()
            .measures(referenceVersion(), segment, instant(target.start()), n)
            .forEach(measure -> emit("", measure));
      }
      segmentsFolded.ifPresent(count -> emit("", folded(count, n)));
    }

    /** That its rows were counted on bins that do not add up. */
    void tellMixed(String why, long n) {
      emit(mixed(why, n));
    }

    /** What its profile tells. */
    void tell(P profile) {
      Beside<P> beside = besides.computeIfAbsent(referenceVersion(), SegmentMeasures.this::beside);
      Described<P> window = describe(profile, beside);
      if (role() == ColumnRole.OUTCOME) {
        told.put(stretch(), window);
      }
      window.statistics().forEach(this::emit);
      if (!ColumnMeasures.isCompared(role())) {
        return;
      }
      beside
          .reference()
          .ifPresentOrElse(
              reference -> compare(reference, window, Comparison.BASELINE, beside.spreads()),
              () ->
                  ColumnMeasures.leading(profile)
                      .ifPresent(metric -> emit(noReference(metric, profile))));
      if (segment.slice().columns().size() <= 1) {
        comparePrevious(window, beside);
      }
    }

    private Described<P> describe(P profile, Beside<P> beside) {
      return new Described<>(
          profile,
          ColumnMeasures.statistics(profile, beside.statistics(), beside.spreads(), facts()));
    }

    private ColumnFacts facts() {
      Duration length = Duration.of(target.end() - target.start(), ChronoUnit.MICROS);
      return SegmentMeasures.this.facts(length, context.late(target));
    }

    private void compare(
        Described<P> reference, Described<P> window, Comparison comparison, Spreads spreads) {
      boolean sameVersion = comparison == Comparison.PREVIOUS || key().equals(referenceVersion());
      ColumnMeasures.drift(column, reference, window, comparison, sameVersion, spreads, facts())
          .forEach((of, measures) -> measures.forEach(measure -> emit(of, measure)));
    }

    private void comparePrevious(Described<P> window, Beside<P> beside) {
      Stretch stretch = Stretch.before(key(), target);
      Optional<Described<P>> known =
          target.hasPrevious() ? Optional.ofNullable(told.get(stretch)) : Optional.empty();
      Outcome<Described<P>> previous =
          known
              .map(Outcome::of)
              .orElseGet(
                  () -> before.apply(target, stretch).map(profile -> previous(profile, beside)));
      previous.value().ifPresent(of -> compare(of, window, Comparison.PREVIOUS, beside.spreads()));
      previous.reason().ifPresent(why -> notCompared(why, window.profile()).forEach(this::emit));
    }

    /** Distances follow from the profiles alone. */
    private Described<P> previous(P profile, Beside<P> beside) {
      return role() == ColumnRole.OUTCOME
          ? describe(profile, beside)
          : new Described<>(profile, List.of());
    }

    private void emit(Measure measure) {
      emit(MonitoredColumn.told(column), measure);
    }

    /** Writes a measure that is told under a column, if it is to be written. */
    private void emit(String of, Measure measure) {
      if (context.isWritten(segment.slice(), of, measure.metric())) {
        Window window = new Window(instant(target.start()), instant(target.end()));
        Subject subject =
            new Subject(context.model, version, target.granularity(), window, segment, of);
        rows.accept(MetricRows.row(subject, context.part, matured(measure), context.stamp.stamp()));
      }
    }

    /** What is of the outcome knows best itself; all else goes by the window's age. */
    private Measure matured(Measure measure) {
      boolean isYoung = !context.late(target).byAge();
      return isYoung && !column.equals(MonitoredColumn.OUTCOME) ? measure.asProvisional() : measure;
    }
  }

  private static Measure rowsOf(long n) {
    return n == 0
        ? Measure.of("n", Comparison.NONE, 0)
            .n(0)
            .noData("There are no rows in this window.")
            .build()
        : Measure.of("n", Comparison.NONE, (double) n).n(n).build();
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

  private static List<Measure> notCompared(String why, Profile<?> window) {
    return ColumnMeasures.leading(window).stream()
        .map(metric -> Measure.undefined(metric, Comparison.PREVIOUS, why).n(window.n()).build())
        .toList();
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
