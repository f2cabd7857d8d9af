package io.leeway.scan;

import io.leeway.domain.Slice;
import io.leeway.profile.Profile;
import java.io.Serializable;
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
final class CellMerge implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Layout layout;
  private final SegmentFold fold;

  CellMerge(Layout layout, SegmentFold fold) {
    this.layout = layout;
    this.fold = fold;
  }

  /** All segments of the slices of a group, from what every task has counted of it. */
  Iterator<SegmentProfile> rollUp(BlockKey key, Iterable<CellBlock> partials) {
    MonitoredColumn column = layout.columns.get(key.column());
    return rollUp(key, partials, ProfileMerger.of(column, layout.detail(key.group())));
  }

  private <P extends Profile<P>> Iterator<SegmentProfile> rollUp(
      BlockKey key, Iterable<CellBlock> partials, ProfileMerger<P> merger) {
    CellGroup group = layout.groups.get(key.group());
    Set<List<String>> cells = new LinkedHashSet<>();
    for (CellBlock partial : partials) {
      for (int i = 0; i < partial.size(); i++) {
        cells.add(partial.cell(i));
      }
    }
    List<SliceSums<P>> sums = new ArrayList<>();
    List<Slice> longestFirst = new ArrayList<>(group.slices());
    longestFirst.sort(Comparator.comparingInt((Slice slice) -> -slice.columns().size()));
    for (Slice slice : longestFirst) {
      sums.add(SliceSums.of(slice, source(slice, sums), group, cells, fold, merger));
    }
    addCells(partials, merger, sums);
    sums.forEach(SliceSums::addSource);
    String column = layout.columns.get(key.column()).name();
    return sums.stream().flatMap(sum -> sum.profiles(key, column)).iterator();
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
