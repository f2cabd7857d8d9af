package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import io.leeway.profile.Profile;
import io.leeway.profile.StoredProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * How the cells of one group, window and version are handed on: each as it is, unless there are so
 * many that a slice folds some. Then a column's value is told only in cells that a slice with this
 * column names, and cells that are told alike are added up. No slice loses anything by it: what it
 * names of the whole it names of these cells, too.
 */
final class CellFold {
  private static final long[] NONE = {};

  private final Map<List<String>, List<Integer>> cells;

  /** Per slice of the group, the hashes of the segments that it folds. */
  private final long[][] folded;

  private CellFold(Map<List<String>, List<Integer>> cells, long[][] folded) {
    this.cells = cells;
    this.folded = folded;
  }

  /**
   * Decides for some cells.
   *
   * @param cells numbers of cells
   * @param values the values of each
   */
  static CellFold of(
      SegmentFold fold, CellGroup group, List<Integer> cells, IntFunction<List<String>> values) {
    Map<List<String>, List<Integer>> plain = new LinkedHashMap<>();
    for (int cell : cells) {
      // Texts that differ in bytes of no character only are told as one.
      plain.computeIfAbsent(values.apply(cell), v -> new ArrayList<>(1)).add(cell);
    }
    List<Slice> slices = group.slices();
    long[][] folded = new long[slices.size()][];
    Arrays.fill(folded, NONE);
    if (slices.stream().noneMatch(slice -> fold.mayFold(slice, cells.size()))) {
      return new CellFold(plain, folded);
    }
    Map<List<String>, boolean[]> told = new LinkedHashMap<>();
    plain.keySet().forEach(cell -> told.put(cell, new boolean[cell.size()]));
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(fold, slices.get(i), group.columns(), told);
    }
    Map<List<String>, List<Integer>> joined = new LinkedHashMap<>();
    told.forEach(
        (cell, columns) ->
            joined
                .computeIfAbsent(masked(cell, columns), c -> new ArrayList<>())
                .addAll(plain.get(cell)));
    return new CellFold(joined, folded);
  }

  /** Marks the columns of the cells that a slice names; gives back the hashes of the others. */
  private static long[] fold(
      SegmentFold fold, Slice slice, List<String> columns, Map<List<String>, boolean[]> told) {
    int[] places = slice.columns().stream().mapToInt(columns::indexOf).toArray();
    Set<List<String>> tuples = new LinkedHashSet<>();
    told.keySet().forEach(cell -> tuples.add(SliceSums.cut(cell, places)));
    SegmentFold.Folded by = fold.fold(slice, tuples);
    told.forEach(
        (cell, named) -> {
          if (!by.targets().get(SliceSums.cut(cell, places)).isOther()) {
            for (int place : places) {
              named[place] = true;
            }
          }
        });
    SmallestHashes hashes = new SmallestHashes();
    by.targets()
        .forEach(
            (tuple, segment) -> {
              if (segment.isOther()) {
                hashes.add(HashOrder.hash(new Segment(slice, tuple).toString()));
              }
            });
    return hashes.hashes();
  }

  private static List<String> masked(List<String> cell, boolean[] told) {
    String[] values = cell.toArray(String[]::new);
    for (int i = 0; i < values.length; i++) {
      values[i] = told[i] ? values[i] : Segment.OTHER;
    }
    return Arrays.asList(values);
  }

  /**
   * The states of one column, which are given up one by one.
   *
   * @param fingerprint of the rows that they hold, told with one column of one group
   */
  <P extends Profile<P>> CellBlock block(
      IntFunction<StoredProfile> states,
      ProfileMerger<P> merger,
      boolean withHashes,
      long fingerprint) {
    CellBlock block = new CellBlock(withHashes ? folded : new long[folded.length][0], fingerprint);
    cells.forEach((values, of) -> block.add(values, sum(of, states, merger)));
    return block;
  }

  private static <P extends Profile<P>> StoredProfile sum(
      List<Integer> cells, IntFunction<StoredProfile> states, ProfileMerger<P> merger) {
    if (cells.size() == 1) {
      return states.apply(cells.get(0));
    }
    ProfileMerger.Sum<P> sum = merger.sum();
    cells.forEach(cell -> sum.add(merger.rebuild(states.apply(cell))));
    return sum.total().stored();
  }
}
