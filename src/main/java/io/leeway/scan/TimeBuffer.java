package io.leeway.scan;

import java.util.Arrays;
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
      micros = Arrays.copyOf(micros, size);
    }
  }

  @Override
  void read(ColumnVector vector, int from, int size) {
    if (vector instanceof WritableColumnVector writable && writable.hasDictionary()) {
      for (int i = 0; i < size; i++) {
        micros[from + i] = vector.isNullAt(i) ? NONE : vector.getLong(i);
      }
      return;
    }
    System.arraycopy(vector.getLongs(0, size), 0, micros, from, size);
    if (vector.hasNull()) {
      for (int i = 0; i < size; i++) {
        if (vector.isNullAt(i)) {
          micros[from + i] = NONE;
        }
      }
    }
  }

  @Override
  void mixInto(long[] hashes, int from, int to) {
    for (int i = from; i < to; i++) {
      hashes[i] = RowHash.mix(hashes[i], micros[i]);
    }
  }

  @Override
  void read(InternalRow row, int ordinal, int index) {
    micros[index] = row.isNullAt(ordinal) ? NONE : row.getLong(ordinal);
  }
}
