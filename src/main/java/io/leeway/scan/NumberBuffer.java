package io.leeway.scan;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
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

  /** False only if no value of the block is missing. */
  boolean mayMiss;

  NumberBuffer(DataType dataType) {
    this.type = typeOf(dataType);
    boolean decimal = dataType instanceof DecimalType;
    this.precision = decimal ? ((DecimalType) dataType).precision() : 0;
    this.scale = decimal ? ((DecimalType) dataType).scale() : 0;
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
  void read(ColumnVector vector, int size) {
    if (values.length < size) {
      values = new double[size];
      missing = new boolean[size];
    }
    mayMiss = vector.hasNull();
    if (mayMiss) {
      for (int i = 0; i < size; i++) {
        missing[i] = vector.isNullAt(i);
      }
    } else {
      Arrays.fill(missing, 0, size, false);
    }
    switch (type) {
      case DOUBLE -> values = vector.getDoubles(0, size);
      case FLOAT -> {
        float[] floats = vector.getFloats(0, size);
        for (int i = 0; i < size; i++) {
          values[i] = floats[i];
        }
      }
      case INT -> {
        int[] ints = vector.getInts(0, size);
        for (int i = 0; i < size; i++) {
          values[i] = ints[i];
        }
      }
      case LONG -> {
        long[] longs = vector.getLongs(0, size);
        for (int i = 0; i < size; i++) {
          values[i] = longs[i];
        }
      }
      case TIMESTAMP -> {
        long[] micros = vector.getLongs(0, size);
        for (int i = 0; i < size; i++) {
          values[i] = micros[i] / MICROS;
        }
      }
      case BYTE -> {
        for (int i = 0; i < size; i++) {
          values[i] = missing[i] ? 0 : vector.getByte(i);
        }
      }
      case SHORT -> {
        for (int i = 0; i < size; i++) {
          values[i] = missing[i] ? 0 : vector.getShort(i);
        }
      }
      case DECIMAL -> {
        for (int i = 0; i < size; i++) {
          values[i] = missing[i] ? 0 : vector.getDecimal(i, precision, scale).toDouble();
        }
      }
    }
  }

  @Override
  void read(InternalRow row, int ordinal, int index) {
    boolean none = row.isNullAt(ordinal);
    mayMiss = index == 0 ? none : mayMiss || none;
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
