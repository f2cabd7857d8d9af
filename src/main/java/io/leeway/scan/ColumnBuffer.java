package io.leeway.scan;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The values of one column in the current block of rows, as a primitive array. */
abstract class ColumnBuffer {
  /** Rows of a block that is filled row by row; batches may be longer. */
  static final int ROWS = 4096;

  /** Makes room for a block of {@code size} rows. */
  abstract void ensure(int size);

  /** Takes the first {@code size} rows of a vector. */
  abstract void read(ColumnVector vector, int size);

  /** Takes one row's value as the block's row {@code index}. */
  abstract void read(InternalRow row, int ordinal, int index);
}
