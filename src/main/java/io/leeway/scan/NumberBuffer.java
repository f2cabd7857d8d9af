package io.leeway.scan;

import io.leeway.domain.ColumnKind;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * A column read as doubles; a float widens, whole numbers above 2^53 round to the nearest double.
 */
final class NumberBuffer extends ColumnBuffer {
  private static final double MICROS = 1e6;

  private enum Type {
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    TIMESTAMP
  }

  private final Type type;
  private final int precision;
  private final int scale;

  double[] values = new double[ROWS];
  boolean[] missing = new boolean[ROWS];

  NumberBuffer(DataType dataType) {
    this.type = typeOf(dataType);
    boolean decimal = dataType instanceof DecimalType;
    this.precision = decimal ? ((DecimalType) dataType).precision() : 0;
    this.scale = decimal ? ((DecimalType) dataType).scale() : 0;
  }

  /** Whether values of a type can be taken as numbers. */
  static boolean reads(DataType type) {
    return ColumnTypes.kindOf(type).equals(Optional.of(ColumnKind.NUMERIC));
  }

  private static Type typeOf(DataType type) {
    if (type instanceof DecimalType) {
      return Type.DECIMAL;
    } else if (type.equals(DataTypes.DoubleType)) {
      return Type.DOUBLE;
    } else if (type.equals(DataTypes.FloatType)) {
      return Type.FLOAT;
    } else if (type.equals(DataTypes.LongType)) {
      return Type.LONG;
    } else if (type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)) {
      return Type.INT;
    } else if (type.equals(DataTypes.ShortType)) {
      return Type.SHORT;
    } else if (type.equals(DataTypes.ByteType)) {
      return Type.BYTE;
    } else if (type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType)) {
      return Type.TIMESTAMP;
    }
    throw new IllegalArgumentException(
        "A column of type " + type.sql() + " cannot be read as numbers.");
  }

  @Override
  void ensure(int size) {
    if (values.length < size) {
      values = Arrays.copyOf(values, size);
    }
    if (missing.length < size) {
      missing = Arrays.copyOf(missing, size);
    }
  }

  @Override
  void read(ColumnVector vector, int from, int size) {
    if (vector.hasNull()) {
      for (int i = 0; i < size; i++) {
        missing[from + i] = vector.isNullAt(i);
      }
    } else {
      Arrays.fill(missing, from, from + size, false);
    }
    if (vector instanceof WritableColumnVector writable && writable.hasDictionary()) {
      readDictionary(writable, from, size);
    } else {
      readPlain(vector, from, size);
    }
  }

  /** Bulk reads of a vector that still holds dictionary ids would give what lies beneath them. */
  private void readDictionary(WritableColumnVector vector, int from, int size) {
    for (int i = 0; i < size; i++) {
      values[from + i] = missing[from + i] ? 0 : value(vector, i);
    }
  }

  private double value(ColumnVector vector, int i) {
    return switch (type) {
      case BYTE -> vector.getByte(i);
      case SHORT -> vector.getShort(i);
      case INT -> vector.getInt(i);
      case LONG -> vector.getLong(i);
      case FLOAT -> vector.getFloat(i);
      case DOUBLE -> vector.getDouble(i);
      case DECIMAL -> vector.getDecimal(i, precision, scale).toDouble();
      case TIMESTAMP -> vector.getLong(i) / MICROS;
    };
  }

  private void readPlain(ColumnVector vector, int from, int size) {
    switch (type) {
      case DOUBLE -> System.arraycopy(vector.getDoubles(0, size), 0, values, from, size);
      case FLOAT -> {
        float[] floats = vector.getFloats(0, size);
        for (int i = 0; i < size; i++) {
          values[from + i] = floats[i];
        }
      }
      case INT -> {
        int[] ints = vector.getInts(0, size);
        for (int i = 0; i < size; i++) {
          values[from + i] = ints[i];
        }
      }
      case LONG -> {
        long[] longs = vector.getLongs(0, size);
        for (int i = 0; i < size; i++) {
          values[from + i] = longs[i];
        }
      }
      case TIMESTAMP -> {
        long[] micros = vector.getLongs(0, size);
        for (int i = 0; i < size; i++) {
          values[from + i] = micros[i] / MICROS;
        }
      }
      case BYTE, SHORT, DECIMAL -> {
        for (int i = 0; i < size; i++) {
          values[from + i] = missing[from + i] ? 0 : value(vector, i);
        }
      }
    }
  }

  @Override
  void mixInto(long[] hashes, int from, int to) {
    for (int i = from; i < to; i++) {
      long bits = missing[i] ? RowHash.MISSING : Double.doubleToLongBits(values[i] + 0.0);
      hashes[i] = RowHash.mix(hashes[i], bits);
    }
  }

  @Override
  void read(InternalRow row, int ordinal, int index) {
    boolean none = row.isNullAt(ordinal);
    missing[index] = none;
    if (!none) {
      values[index] =
          switch (type) {
            case BYTE -> row.getByte(ordinal);
            case SHORT -> row.getShort(ordinal);
            case INT -> row.getInt(ordinal);
            case LONG -> row.getLong(ordinal);
            case FLOAT -> row.getFloat(ordinal);
            case DOUBLE -> row.getDouble(ordinal);
            case DECIMAL -> row.getDecimal(ordinal, precision, scale).toDouble();
            case TIMESTAMP -> row.getLong(ordinal) / MICROS;
          };
    }
  }
}
