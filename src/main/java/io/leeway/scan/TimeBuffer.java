package io.leeway.scan;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;

/** A timestamp column as microseconds since 1970 UTC; a missing one reads {@link #NONE}. */
final class TimeBuffer extends ColumnBuffer {
  static final long NONE = Long.MIN_VALUE;

  long[] micros = new long[ROWS];

  @Override
  void ensure(int size) {
    if (micros.length < size) {
      micros = new long[size];
    }
  }

  @Override
  void read(ColumnVector vector, int size) {
    if (vector instanceof WritableColumnVector writable && writable.hasDictionary()) {
      micros = new long[size];
      for (int i = 0; i < size; i++) {
        micros[i] = vector.isNullAt(i) ? NONE : vector.getLong(i);
      }
      return;
    }
    micros = vector.getLongs(0, size);
    if (vector.hasNull()) {
      for (int i = 0; i < size; i++) {
        if (vector.isNullAt(i)) {
          micros[i] = NONE;
        }
      }
    }
  }

  @Override
  void read(InternalRow row, int ordinal, int index) {
    micros[index] = row.isNullAt(ordinal) ? NONE : row.getLong(ordinal);
  }
}
