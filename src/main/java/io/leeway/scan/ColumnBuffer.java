package io.leeway.scan;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnVector;

/** The values of one column in the current block of rows, as a primitive array. */
abstract class ColumnBuffer {
  /** Rows of a block, unless its reader wants more; the last batch that it takes may add some. */
  static final int ROWS = 4096;

  /** Makes room for a block of {@code size} rows, and keeps those that are there. */
  abstract void ensure(int size);

  /** Takes the first {@code size} rows of a vector as the block's rows from {@code from} on. */
  abstract void read(ColumnVector vector, int from, int size);

  /** Mixes the values of some rows into one hash a row: equal ones alike, on every machine. */
  abstract void mixInto(long[] hashes, int from, int to);

  /** Takes one row's value as the block's row {@code index}. */
  abstract void read(InternalRow row, int ordinal, int index);
}
