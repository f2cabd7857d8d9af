package io.leeway.scan;

import io.leeway.domain.Slice;
import io.leeway.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds up the partial states of one column, window and version, and rolls cells up to segments: the
 * longest slices from the cells, every other from the smallest longer one that holds it whole.
 */
final class CellMerge {
  private CellMerge() {}

  /** All segments of the slices of a group, from what every task has counted of it. */
  static Iterator<SegmentProfile> rollUp(
      Layout layout, BlockKey key, Iterable<CellBlock> partials) {
    MonitoredColumn column = layout.columns.get(key.column());
    return rollUp(layout, key, partials, column.merger(layout.detail(key.group())));
  }

  private static <P extends Profile<P>> Iterator<SegmentProfile> rollUp(
      Layout layout, BlockKey key, Iterable<CellBlock> partials, ProfileMerger<P> merger) {
    CellGroup group = layout.groups.get(key.group());
    Set<List<String>> cells = new LinkedHashSet<>();
    for (CellBlock partial : partials) {
      for (int i = 0; i < partial.size(); i++) {
        cells.add(partial.cell(i));
      }
    }
    List<SliceSums<P>> sums = new ArrayList<>();
    List<Slice> longestFirst = new ArrayList<>(layout.slices(key.column(), key.group()));
    longestFirst.sort(Comparator.comparingInt((Slice slice) -> -slice.columns().size()));
    for (Slice slice : longestFirst) {
      sums.add(SliceSums.of(slice, source(slice, sums), group, cells, layout.fold, merger));
    }
    addCells(partials, merger, sums);
    sums.forEach(SliceSums::addSource);
    String column = layout.columns.get(key.column()).name();
    return sums.stream()
        .flatMap(
            sum ->
                sum.profiles(key, column, folded(key, group, sum, partials), fingerprint(partials)))
        .iterator();
  }

  private static long fingerprint(Iterable<CellBlock> partials) {
    long sum = 0;
    for (CellBlock partial : partials) {
      sum += partial.fingerprint();
    }
    return sum;
  }

  /** How many segments a slice folds; only the first column's cells know. */
  private static FoldedCount folded(
      BlockKey key, CellGroup group, SliceSums<?> sum, Iterable<CellBlock> partials) {
    if (key.column() > 0 || sum.isIdentity()) {
      return FoldedCount.NONE;
    }
    int place = group.slices().indexOf(sum.slice());
    SmallestHashes hashes = new SmallestHashes();
    partials.forEach(partial -> hashes.addAll(partial.folded(place)));
    return sum.folded(hashes);
  }

  /** The smallest slice so far that can be cut down to this one; none if only cells can. */
  private static <P extends Profile<P>> Optional<SliceSums<P>> source(
      Slice slice, List<SliceSums<P>> sums) {
    return sums.stream()
        .filter(sum -> sum.holdsWhole(slice))
        .min(Comparator.comparingInt(SliceSums::size));
  }

  /** Unpacks every partial state once. */
  private static <P extends Profile<P>> void addCells(
      Iterable<CellBlock> partials, ProfileMerger<P> merger, List<SliceSums<P>> sums) {
    List<SliceSums<P>> fromCells = sums.stream().filter(SliceSums::isFromCells).toList();
    for (CellBlock partial : partials) {
      for (int i = 0; i < partial.size(); i++) {
        P profile = merger.rebuild(partial.profile(i));
        for (SliceSums<P> sum : fromCells) {
          sum.add(partial.cell(i), profile);
        }
      }
    }
  }
}
