package io.leeway.monitor;

import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.AmongAlike;
import io.leeway.monitor.metrics.GroupMeasures;
import io.leeway.monitor.metrics.GroupOutcome;
import io.leeway.monitor.metrics.Spreads;
import io.leeway.profile.ProfileBundle;
import io.leeway.store.MetricRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * Compares the groups of a slice, once the outcomes of all its segments are there: those of each
 * attribute among its columns within every value of the others, and, where all of its columns are
 * attributes, those of their cross. What is told across groups stands under the segment that they
 * are groups of, with the attribute as column; what is told of a single group under its own.
 */
final class GroupComparison {
  /**
   * Where groups are compared.
   *
   * @param target {@code null} for the reference
   */
  private record Place(Target.Shape target, String version, Segment within, GroupedBy compared) {}

  private final MetricContext context;
  private final OutcomeContext outcome;
  private final Slice slice;
  private final List<GroupedBy> compared;
  private final Map<Place, List<GroupOutcome>> groups = new LinkedHashMap<>();

  private GroupComparison(
      MetricContext context, OutcomeContext outcome, Slice slice, List<GroupedBy> compared) {
    this.context = context;
    this.outcome = outcome;
    this.slice = slice;
    this.compared = compared;
  }

  /** Nothing where no column of the slice is an attribute. */
  static Optional<GroupComparison> of(MetricContext context, Slice slice) {
    return context
        .outcome()
        .filter(of -> !of.attributesIn(slice.columns()).isEmpty())
        .map(
            of ->
                new GroupComparison(
                    context, of, slice, GroupedBy.all(slice, of.attributesIn(slice.columns()))));
  }

  /** Notes a segment of a window. */
  void add(Target.Shape target, String version, Segment segment, ProfileBundle window) {
    note(target, version, segment, window);
  }

  /** Notes a segment of the reference. */
  void addReference(String version, Segment segment, ProfileBundle reference) {
    note(null, version, segment, reference);
  }

  private void note(Target.Shape target, String version, Segment segment, ProfileBundle bundle) {
    if (segment.isOther()) {
      return;
    }
    for (GroupedBy of : compared) {
      Place place = new Place(target, version, of.within(segment), of);
      groups
          .computeIfAbsent(place, any -> new ArrayList<>())
          .add(GroupOutcome.of(of.group(segment), segment, bundle, outcome.members()));
    }
  }

  /** Compares, after the last segment. */
  void measure(Consumer<Row> rows) {
    groups.forEach(
        (place, of) -> {
          if (place.target() != null) {
            measure(place, of, rows);
          }
        });
    if (isStratified()) {
      stratified().forEach((place, strata) -> measureAmongAlike(place, strata, rows));
    }
  }

  /** Whether the slice is one attribute within the values of one legitimate factor. */
  private boolean isStratified() {
    return slice.columns().size() == 2
        && compared.size() == 1
        && outcome.strata().stream().anyMatch(slice.columns()::contains)
        && !outcome.strata().contains(compared.get(0).attributes().get(0));
  }

  /** The same target and version, all strata. */
  private Map<Place, List<List<GroupOutcome>>> stratified() {
    Map<Place, List<List<GroupOutcome>>> strata = new LinkedHashMap<>();
    groups.forEach(
        (place, of) -> {
          if (place.target() != null) {
            Place everywhere =
                new Place(place.target(), place.version(), Segment.ALL, place.compared());
            strata.computeIfAbsent(everywhere, any -> new ArrayList<>()).add(of);
          }
        });
    return strata;
  }

  /** Each group against others in the same stratum, all strata together. */
  private void measureAmongAlike(Place place, List<List<GroupOutcome>> strata, Consumer<Row> rows) {
    String attribute = place.compared().attributes().get(0);
    String referenceVersion =
        context.reference.versionFor(Objects.requireNonNullElse(place.version(), ""));
    Spreads spreads = context.reference.spreads().of(referenceVersion, "", Segment.ALL);
    boolean isMature = isMature(place, strata.stream().flatMap(List::stream).toList());
    String factor =
        slice.columns().stream().filter(name -> !name.equals(attribute)).findFirst().orElseThrow();
    AmongAlike.of(strata, Optional.ofNullable(outcome.referenceGroups().get(attribute)), spreads)
        .forEach(
            (group, measure) -> {
              int at = slice.columns().indexOf(attribute);
              Segment segment =
                  new Segment(
                      Slice.of(attribute),
                      java.util.Arrays.asList(group.segment().values().get(at)));
              Subject subject = subject(place, segment);
              Subject byFactor =
                  new Subject(
                      subject.model(),
                      subject.modelVersion(),
                      subject.granularity(),
                      subject.window(),
                      segment,
                      factor);
              write(byFactor, measure, isMature, rows);
            });
  }

  private void measure(Place place, List<GroupOutcome> of, Consumer<Row> rows) {
    String referenceVersion =
        context.reference.versionFor(Objects.requireNonNullElse(place.version(), ""));
    List<GroupOutcome> before =
        groups.getOrDefault(
            new Place(null, referenceVersion, place.within(), place.compared()), List.of());
    Spreads spreads = context.reference.spreads().of(referenceVersion, "", place.within());
    Optional<String> named =
        place.compared().attributes().size() == 1
            ? Optional.ofNullable(
                outcome.referenceGroups().get(place.compared().attributes().get(0)))
            : Optional.empty();
    GroupMeasures measures = GroupMeasures.of(of, named, before, spreads);
    boolean isMature = isMature(place, of);
    Subject across = subject(place, place.within());
    measures.across().stream()
        .filter(measure -> context.isGapStored(measure.metric()))
        .forEach(measure -> write(across, measure, isMature, rows));
    if (place.within().slice().isOverall()) {
      measures
          .single()
          .forEach(
              (group, told) ->
                  told.forEach(
                      measure -> write(subject(place, group.segment()), measure, isMature, rows)));
    }
  }

  /** Gaps are as mature as the labels of all groups together. */
  private void write(Subject subject, Measure measure, boolean isMature, Consumer<Row> rows) {
    rows.accept(
        MetricRows.row(
            subject,
            Part.Kind.OUTCOMES,
            isMature ? measure : measure.asProvisional(),
            context.stamp.stamp()));
  }

  private boolean isMature(Place place, List<GroupOutcome> of) {
    long rows = of.stream().mapToLong(GroupOutcome::rows).sum();
    long labelled = of.stream().mapToLong(GroupOutcome::labelled).sum();
    return outcome.late(place.target()).isMature(rows == 0 ? 0 : (double) labelled / rows);
  }

  private Subject subject(Place place, Segment segment) {
    Window window = new Window(instant(place.target().start()), instant(place.target().end()));
    return new Subject(
        context.model,
        place.version(),
        place.target().granularity(),
        window,
        segment,
        place.compared().name());
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
