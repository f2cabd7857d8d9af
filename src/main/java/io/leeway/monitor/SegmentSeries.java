package io.leeway.monitor;

import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.scan.FoldedCount;
import io.leeway.scan.ProfileMerger;
import io.leeway.stats.Outcome;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * All profiles of one column in one segment over time, and the metrics of the target windows that
 * follow from them: every target is the sum of the base windows in it.
 */
final class SegmentSeries<P extends Profile<P>> {
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
    SegmentMeasures<P> measures =
        new SegmentMeasures<>(context, segment, column, references, this::before);
    for (Target.Shape target : context.targetsOf(segment.slice())) {
      for (String version : context.versionsAt.get(MetricContext.key(target))) {
        measure(measures.of(target, version, rows));
      }
    }
  }

  private void measure(SegmentMeasures<P>.OfWindow window) {
    Stretch stretch = window.stretch();
    if (foldedIn.contains(stretch)) {
      return;
    }
    GridSums<P> sums = sums(stretch);
    if (sums.isEmpty() && references.get(window.referenceVersion()) == null) {
      return;
    }
    if (column.equals(context.firstColumn) && context.part == Part.Kind.INPUTS) {
      window.tellRows(sums.rows(), segmentsFolded(window.target(), stretch));
    }
    Optional<Outcome<P>> sum = sums.total();
    sum.flatMap(Outcome::value)
        .ifPresent(
            profile -> {
              slice.compareLater(window.target(), window.version(), segment, profile);
              window.tell(profile);
            });
    sum.flatMap(Outcome::reason).ifPresent(why -> window.tellMixed(why, sums.rows()));
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

  /** What a target is compared with, or why that is not there. */
  private Outcome<P> before(Target.Shape target, Stretch before) {
    Optional<Outcome<P>> previous = target.hasPrevious() ? sums(before).total() : Optional.empty();
    return previous.orElseGet(() -> Outcome.undefined(noPrevious(target, before)));
  }

  private String noPrevious(Target.Shape target, Stretch before) {
    boolean untold = foldedIn.contains(before) || slice.foldsIn(before);
    return target.hasPrevious() && untold
        ? "NO_PREVIOUS: the window before does not name this segment; rows of it may be in (other)."
        : "NO_PREVIOUS: there are no rows of this version in the window before.";
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
