package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import io.leeway.profile.Profile;
import io.leeway.scan.ProfileMerger.Sum;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The sums of one slice in one window, segment by segment. */
final class SliceSums<P extends Profile<P>> {
  private final Slice slice;
  private final Optional<SliceSums<P>> source;
  private final SegmentFold.Folded folded;
  private final ProfileMerger<P> merger;
  private final int[] places;
  private final Map<Segment, Sum<P>> bySegment = new LinkedHashMap<>();

  private SliceSums(
      Slice slice,
      Optional<SliceSums<P>> source,
      SegmentFold.Folded folded,
      ProfileMerger<P> merger,
      int[] places) {
    this.slice = slice;
    this.source = source;
    this.folded = folded;
    this.merger = merger;
    this.places = places;
  }

  /**
   * Sums of no rows yet.
   *
   * @param source a longer slice from which this one is made, or empty if it is made from cells
   */
  static <P extends Profile<P>> SliceSums<P> of(
      Slice slice,
      Optional<SliceSums<P>> source,
      CellGroup group,
      Set<List<String>> cells,
      SegmentFold fold,
      ProfileMerger<P> merger) {
    List<String> columns = source.map(s -> s.slice.columns()).orElseGet(group::columns);
    int[] places = slice.columns().stream().mapToInt(columns::indexOf).toArray();
    Set<List<String>> tuples = source.map(s -> s.folded.targets().keySet()).orElse(cells);
    if (!slice.columns().equals(columns)) {
      Set<List<String>> longer = tuples;
      tuples = new LinkedHashSet<>();
      for (List<String> tuple : longer) {
        tuples.add(cut(tuple, places));
      }
    }
    return new SliceSums<>(slice, source, fold.fold(slice, tuples), merger, places);
  }

  /** The values of a longer tuple at some places. */
  static List<String> cut(List<String> tuple, int[] places) {
    if (tuple.size() == places.length && isIdentity(places)) {
      return tuple;
    }
    String[] values = new String[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = tuple.get(places[i]);
    }
    return Arrays.asList(values);
  }

  private static boolean isIdentity(int[] places) {
    return IntStream.range(0, places.length).allMatch(i -> places[i] == i);
  }

  Slice slice() {
    return slice;
  }

  boolean isFromCells() {
    return source.isEmpty();
  }

  /** Whether every segment keeps its name. */
  boolean isIdentity() {
    return folded.isIdentity();
  }

  /**
   * How many segments are folded.
   *
   * @param elsewhere hashes of those that were folded before they came here; all hashes are added
   */
  FoldedCount folded(SmallestHashes elsewhere) {
    folded.unseen().forEach(text -> elsewhere.add(HashOrder.hash(text)));
    return elsewhere.beyond(folded.kept());
  }

  /**
   * Whether another slice can be made from this one: nothing is folded, and its columns are here.
   */
  boolean holdsWhole(Slice other) {
    return folded.isIdentity() && slice.columns().containsAll(other.columns());
  }

  /** Number of distinct segments, folded ones among them. */
  int size() {
    return folded.targets().size();
  }

  /** Adds a state of one cell, or of one segment of the source. */
  void add(List<String> values, P profile) {
    Segment target = folded.targets().get(cut(values, places));
    bySegment.computeIfAbsent(target, segment -> merger.sum()).add(profile);
  }

  /** Adds everything that the source holds, if there is one. */
  void addSource() {
    source.ifPresent(
        longer -> longer.bySegment.forEach((segment, sum) -> add(segment.values(), sum.total())));
  }

  /**
   * What there is, segment by segment.
   *
   * @param count how many segments are folded
   * @param fingerprint of all rows
   */
  Stream<SegmentProfile> profiles(
      BlockKey key, String column, FoldedCount count, long fingerprint) {
    return bySegment.entrySet().stream()
        .map(
            entry ->
                new SegmentProfile(
                    key.version(),
                    key.window(),
                    entry.getKey(),
                    column,
                    entry.getValue().total().settled().stored(),
                    entry.getKey().isOther() ? count : FoldedCount.NONE,
                    fingerprint));
  }
}
