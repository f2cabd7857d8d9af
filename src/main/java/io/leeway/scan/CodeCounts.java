package io.leeway.scan;

import java.util.Arrays;

/** Rows per task-local code in one cell; dense for low codes, a table for high ones. */
final class CodeCounts {
  private static final int DENSE = 1024;

  private int[] dense = new int[8];
  private LongIndex sparseIndex;
  private int[] sparse = {};
  private int missing;

  void add(int code) {
    if (code < 0) {
      missing++;
    } else if (code < DENSE) {
      if (code >= dense.length) {
        dense = Arrays.copyOf(dense, Math.max(code + 1, 2 * dense.length));
      }
      dense[code]++;
    } else {
      addSparse(code);
    }
  }

  private void addSparse(int code) {
    if (sparseIndex == null) {
      sparseIndex = new LongIndex();
    }
    int place = sparseIndex.of(code);
    if (place >= sparse.length) {
      sparse = Arrays.copyOf(sparse, Math.max(64, 2 * sparse.length));
    }
    sparse[place]++;
  }

  /**
   * What takes each code with its rows; missing values have the code {@link TextBuffer#MISSING}.
   */
  interface Taker {
    void take(int code, int rows);
  }

  void forEach(Taker taker) {
    if (missing > 0) {
      taker.take(TextBuffer.MISSING, missing);
    }
    for (int code = 0; code < dense.length; code++) {
      if (dense[code] > 0) {
        taker.take(code, dense[code]);
      }
    }
    for (int place = 0; sparseIndex != null && place < sparseIndex.size(); place++) {
      taker.take((int) sparseIndex.key(place), sparse[place]);
    }
  }

  long bytes() {
    return 80 + 4L * dense.length + (sparseIndex == null ? 0 : 64L * sparse.length);
  }
}
