package io.leeway.cli.bench;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Segments of made-up rows: all rows first, then those of every slice. Rows fall into cells, which
 * do not overlap; a segment is the sum of some of them.
 */
final class Layout {
  private static final Slice STATE = Slice.of("state");
  private static final Slice BAND = Slice.of("age_band");
  private static final Slice BOTH = Slice.of("state", "age_band");

  /** Age bands where states and bands are crossed. */
  private static final int BANDS = 4;

  /**
   * One segment.
   *
   * @param cells that it is the sum of
   * @param parents the segments with one column fewer that hold it, by number
   */
  record Part(Segment segment, List<Integer> cells, List<Integer> parents) {}

  private final List<Part> parts = new ArrayList<>();

  /** By cell, the numbers of the parts that hold it. */
  private final List<List<Integer>> partsOf = new ArrayList<>();

  private final boolean[] missing;

  private Layout(int cells) {
    missing = new boolean[cells];
    for (int cell = 0; cell < cells; cell++) {
      partsOf.add(new ArrayList<>());
    }
    add(Segment.ALL, IntStream.range(0, cells), List.of());
  }

  private void add(Segment segment, IntStream cells, List<Integer> parents) {
    Part part = new Part(segment, cells.boxed().toList(), parents);
    part.cells().forEach(cell -> partsOf.get(cell).add(parts.size()));
    parts.add(part);
  }

  /** All rows and their states, so many segments together. */
  static Layout flat(int segments) {
    Layout layout = new Layout(segments - 1);
    for (int state = 0; state < segments - 1; state++) {
      layout.add(new Segment(STATE, List.of("s" + state)), IntStream.of(state), List.of(0));
    }
    return layout;
  }

  /**
   * All rows, states, age bands and both crossed.
   *
   * @param segments all together, a multiple of five and at least ten
   * @param withMissing whether the last state and the last age band are those of rows without one
   */
  static Layout crossed(int segments, boolean withMissing) {
    int states = segments / (BANDS + 1) - 1;
    Layout layout = new Layout(states * BANDS);
    String[] state = names("s", states, withMissing);
    String[] band = names("b", BANDS, withMissing);
    for (int s = 0; s < states; s++) {
      int first = s * BANDS;
      layout.add(
          new Segment(STATE, Arrays.asList(state[s])),
          IntStream.range(first, first + BANDS),
          List.of(0));
    }
    for (int b = 0; b < BANDS; b++) {
      int first = b;
      layout.add(
          new Segment(BAND, Arrays.asList(band[b])),
          IntStream.range(0, states).map(s -> s * BANDS + first),
          List.of(0));
    }
    for (int cell = 0; cell < states * BANDS; cell++) {
      int s = cell / BANDS;
      int b = cell % BANDS;
      layout.missing[cell] = state[s] == null || band[b] == null;
      layout.add(
          new Segment(BOTH, Arrays.asList(state[s], band[b])),
          IntStream.of(cell),
          List.of(1 + s, 1 + states + b));
    }
    return layout;
  }

  private static String[] names(String prefix, int count, boolean withMissing) {
    String[] names = new String[count];
    Arrays.setAll(names, i -> withMissing && i == count - 1 ? null : prefix + i);
    return names;
  }

  int cells() {
    return missing.length;
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  List<Integer> partsOf(int cell) {
    return List.copyOf(partsOf.get(cell));
  }

  /** Whether a cell's rows lack a value of one of the slices. */
  boolean isMissing(int cell) {
    return missing[cell];
  }
}
