package io.leeway.scan;

import java.util.Arrays;

/**
 * Places every row of a block in its window and version (together its root), and reads its
 * decision.
 */
final class RowPlacer {
  private final Layout layout;
  private final Block block;
  private LongIndex rootIndex = new LongIndex();
  private int lastWindow;

  /** The root of every row, or {@link CellIndex#NOWHERE}. */
  int[] roots = new int[ColumnBuffer.ROWS];

  /** 1 for rows whose decision is the positive one, else 0. */
  int[] positive = new int[ColumnBuffer.ROWS];

  RowPlacer(Layout layout, Block block) {
    this.layout = layout;
    this.block = block;
  }

  void forget() {
    rootIndex = new LongIndex();
  }

  /** Places the rows of the block from {@code from} on, up to {@code to}. */
  void place(int from, int to) {
    if (roots.length < block.size) {
      roots = Arrays.copyOf(roots, block.size);
      positive = Arrays.copyOf(positive, block.size);
    }
    boolean any = placeInWindows(from, to);
    if (any && layout.decision != Layout.NONE) {
      readDecisions(from, to);
    }
  }

  private boolean placeInWindows(int from, int to) {
    long[] micros = block.times(layout.time).micros;
    int[] versions = layout.version == Layout.NONE ? null : block.texts(layout.version).codes;
    boolean any = false;
    for (int i = from; i < to; i++) {
      int window = window(micros[i]);
      if (window < 0) {
        roots[i] = CellIndex.NOWHERE;
      } else {
        int version = versions == null ? TextBuffer.MISSING : versions[i];
        roots[i] = rootIndex.of(((long) (version + 1) << 32) | window);
        any = true;
      }
    }
    return any;
  }

  /** The window of a time, or -1; most rows lie in the window of the row before. */
  private int window(long micros) {
    if (micros == TimeBuffer.NONE) {
      return -1;
    }
    if (layout.windowStarts[lastWindow] <= micros && micros < layout.windowEnds[lastWindow]) {
      return lastWindow;
    }
    int position = Arrays.binarySearch(layout.windowStarts, micros);
    int window = position >= 0 ? position : -position - 2;
    if (window < 0 || micros >= layout.windowEnds[window]) {
      return -1;
    }
    lastWindow = window;
    return window;
  }

  private void readDecisions(int from, int to) {
    TextBuffer decisions = block.texts(layout.decision);
    int yes = decisions.codeOf(layout.positive);
    for (int i = from; i < to; i++) {
      positive[i] = decisions.codes[i] == yes ? 1 : 0;
    }
  }

  /**
   * Adds each row's number to its root's sum.
   *
   * @param sums by root, wrapping; made longer where there are more roots
   * @return the sums
   */
  long[] addTo(long[] sums, long[] numbers, int from, int to) {
    long[] all = sums.length < rootIndex.size() ? Arrays.copyOf(sums, rootIndex.size()) : sums;
    for (int i = from; i < to; i++) {
      if (roots[i] != CellIndex.NOWHERE) {
        all[roots[i]] += numbers[i];
      }
    }
    return all;
  }

  int window(int root) {
    return (int) rootIndex.key(root);
  }

  /** {@code null} where the row names none; an empty name is none. */
  String version(int root) {
    if (layout.version == Layout.NONE) {
      return null;
    }
    String version = block.texts(layout.version).text((int) (rootIndex.key(root) >>> 32) - 1);
    return version == null || version.isEmpty() ? null : version;
  }
}
