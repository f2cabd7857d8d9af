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
  int[] cells = new int[ColumnBuffer.ROWS];

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

  /** Places every row of a block, given its root or {@link #NOWHERE}. */
  void place(int[] roots, int size) {
    if (cells.length < size) {
      cells = new int[size];
    }
    for (int i = 0; i < size; i++) {
      cells[i] = roots[i] < 0 ? NOWHERE : steps[0].of(roots[i]);
    }
    for (int column = 0; column < texts.length; column++) {
      int[] codes = texts[column].codes;
      LongIndex step = steps[column + 1];
      for (int i = 0; i < size; i++) {
        if (cells[i] >= 0) {
          cells[i] = step.of(((long) cells[i] << 32) | (codes[i] + 1));
        }
      }
    }
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
