package io.leeway.scan;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers the cells of one group as rows meet them. A cell is a path: the root (version and window
 * of the row), then the code of each slice column; every step of the path has its own numbering.
 */
final class CellIndex {
  /** The cell of a row that lies in no window. */
  static final int NOWHERE = -1;

  private final TextBuffer[] texts;
  private LongIndex[] steps;

  /** The cell of every row of the block, or {@link #NOWHERE}. */
  int[] cells = new int[ColumnBuffer.ROWS];

  /** The rows that lie in a cell, as {@link #order} has put them: in runs of one cell each. */
  int[] rows = new int[ColumnBuffer.ROWS];

  int runs;

  /** The cell of each run. */
  int[] runCell = new int[64];

  /** Where in {@link #rows} each run ends and the next one starts. */
  int[] runEnd = new int[64];

  CellIndex(TextBuffer[] texts) {
    this.texts = texts;
    forget();
  }

  final void forget() {
    steps = new LongIndex[texts.length + 1];
    Arrays.setAll(steps, step -> new LongIndex());
  }

  /** Number of cells met. */
  int size() {
    return steps[texts.length].size();
  }

  /**
   * Places the rows of a block from {@code from} on, up to {@code to}.
   *
   * @param roots the root of every row, or {@link #NOWHERE}
   */
  void place(int[] roots, int from, int to) {
    if (cells.length < to) {
      cells = Arrays.copyOf(cells, roots.length);
    }
    for (int i = from; i < to; i++) {
      cells[i] = roots[i] < 0 ? NOWHERE : steps[0].of(roots[i]);
    }
    for (int column = 0; column < texts.length; column++) {
      int[] codes = texts[column].codes;
      LongIndex step = steps[column + 1];
      for (int i = from; i < to; i++) {
        if (cells[i] >= 0) {
          cells[i] = step.of(((long) cells[i] << 32) | (codes[i] + 1));
        }
      }
    }
  }

  /**
   * Puts the placed rows from {@code from} on, up to {@code to}, in the order in which to count
   * them: cell by cell, since the state of a cell that was just counted is near.
   */
  void order(int from, int to) {
    if (rows.length < to - from) {
      rows = new int[to - from];
    }
    int[] ends = new int[size() + 1];
    for (int i = from; i < to; i++) {
      ends[cells[i] + 1]++;
    }
    ends[0] = 0;
    for (int cell = 0; cell < size(); cell++) {
      ends[cell + 1] += ends[cell];
    }
    runs = 0;
    for (int cell = 0; cell < size(); cell++) {
      if (ends[cell + 1] > ends[cell]) {
        addRun(cell, ends[cell + 1]);
      }
    }
    for (int i = from; i < to; i++) {
      if (cells[i] >= 0) {
        rows[ends[cells[i]]++] = i;
      }
    }
  }

  private void addRun(int cell, int end) {
    if (runs == runCell.length) {
      runCell = Arrays.copyOf(runCell, 2 * runs);
      runEnd = Arrays.copyOf(runEnd, 2 * runs);
    }
    runCell[runs] = cell;
    runEnd[runs] = end;
    runs++;
  }

  /** Where in {@link #rows} a run starts. */
  int runStart(int run) {
    return run == 0 ? 0 : runEnd[run - 1];
  }

  /** Heap held, in bytes, roughly. */
  long bytes() {
    long bytes = 0;
    for (LongIndex step : steps) {
      bytes += 48L * step.size();
    }
    return bytes;
  }

  int root(int cell) {
    int number = cell;
    for (int column = texts.length; column > 0; column--) {
      number = (int) (steps[column].key(number) >>> 32);
    }
    return (int) steps[0].key(number);
  }

  /** The values of the group's columns, as segments bear them; a missing one is {@code null}. */
  List<String> values(int cell) {
    String[] values = new String[texts.length];
    int number = cell;
    for (int column = texts.length; column > 0; column--) {
      long key = steps[column].key(number);
      values[column - 1] = SegmentFold.marked(texts[column - 1].text((int) key - 1));
      number = (int) (key >>> 32);
    }
    return Arrays.asList(values);
  }
}
