package io.leeway.scan;

import io.leeway.profile.StoredProfile;

/** The counts of one column in this task: one state per group and cell. */
interface ColumnCells {
  /** Who else is told of the rows of a block, once they are counted. */
  interface Noted {
    Noted NOWHERE = (from, to) -> {};

    void rows(int from, int to);

    /** Both, one after the other. */
    default Noted and(Noted other) {
      return this == NOWHERE
          ? other
          : (from, to) -> {
            rows(from, to);
            other.rows(from, to);
          };
    }
  }

  /**
   * Counts the rows of the block from {@code from} on, up to {@code to}.
   *
   * @param indices per group the cell of every row, and the order to follow
   * @param positive 1 for rows with a positive decision, else 0
   */
  void count(CellIndex[] indices, int[] positive, int from, int to);

  /** Heap held, in bytes, roughly. */
  long bytes();

  /** The state of a cell, which is given up. */
  StoredProfile take(int group, int cell);
}
