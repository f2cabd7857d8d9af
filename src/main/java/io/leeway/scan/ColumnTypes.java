package io.leeway.scan;

import io.leeway.domain.ColumnKind;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.UserDefinedType;

/** Which types of columns can be profiled, and how. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * How columns of a type are profiled unless said otherwise: numbers, decimals, dates and
   * timestamps on bins, texts and booleans on a dictionary; empty for all others.
   */
  public static Optional<ColumnKind> kindOf(DataType type) {
    if (type instanceof NumericType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType) {
      return Optional.of(ColumnKind.NUMERIC);
    }
    if (type instanceof StringType || type instanceof BooleanType) {
      return Optional.of(ColumnKind.CATEGORICAL);
    }
    return Optional.empty();
  }

  /** What to do instead with a type that {@link #kindOf} does not know. */
  public static String advice(DataType type) {
    if (type instanceof UserDefinedType) {
      return "Of a vector, monitor its norm or single entries: write them as columns of their own "
          + "where the predictions are made.";
    } else if (type instanceof ArrayType) {
      return "Monitor its length or single elements, as in size(tags) or scores[0].";
    } else if (type instanceof MapType) {
      return "Monitor single entries, as in settings['colour'].";
    } else if (type instanceof StructType) {
      return "Monitor its fields by dotted path, as in address.state.";
    } else if (type instanceof BinaryType) {
      return "Monitor its length or a hash of it, as in length(photo) or crc32(photo).";
    }
    return "Cast it to a number, a timestamp or a string.";
  }
}
