package io.leeway.scan;

import io.leeway.profile.StoredProfile;

/** The counts of one column in this task: one state per group and cell. */
interface ColumnCells {
  /**
   * Counts the rows of the current block.
   *
   * @param indices per group the cell of every row
   * @param positive 1 for rows with a positive decision, else 0
   */
  void count(CellIndex[] indices, int[] positive, int size);

  /** Heap held, in bytes, roughly. */
  long bytes();

  /** The state of a cell, which is given up. */
  StoredProfile take(int group, int cell);
}
