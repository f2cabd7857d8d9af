package io.leeway.retrain.expect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timezone;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.leeway.domain.ColumnKind;
import io.leeway.scan.ColumnTypes;
import io.leeway.store.SqlName;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A feature of the batch and how it is read.
 *
 * @param place among the features, from 0
 * @param type SQL type in upper case
 * @param source its values, as they are
 * @param values its values as they are looked at: doubles, texts, or as they are
 * @param expectation whose bins or categories are counted
 */
record ScannedColumn(
    int place,
    String name,
    String type,
    Reading reading,
    Column source,
    Column values,
    Optional<ColumnExpectation> expectation) {
  private static final double MICROS = 1e6;

  /** What its values are read as. */
  enum Reading {
    NUMBER,
    CATEGORY,
    /** They are not: nothing is expected of them, or something else. */
    NONE
  }

  static ScannedColumn of(int place, StructField field, Optional<ColumnExpectation> expectation) {
    DataType type = field.dataType();
    Optional<ColumnKind> kind = ColumnTypes.kindOf(type);
    Column source = col(SqlName.quoted(field.name()));
    Reading reading = Reading.NONE;
    Column values = source;
    if (expectation.isPresent() && kind.isPresent()) {
      if (!expectation.get().isNumeric()) {
        reading = Reading.CATEGORY;
        values = source.cast(DataTypes.StringType);
      } else if (kind.get() == ColumnKind.NUMERIC) {
        reading = Reading.NUMBER;
        values = number(source, type);
      }
    }
    return new ScannedColumn(place, field.name(), type.sql(), reading, source, values, expectation);
  }

  /** As baselines have it: dates in days, timestamps in seconds, local ones as if in UTC. */
  private static Column number(Column source, DataType type) {
    if (type.equals(DataTypes.DateType)) {
      return unix_date(source).cast(DataTypes.DoubleType);
    }
    if (type.equals(DataTypes.TimestampType)) {
      return unix_micros(source).divide(lit(MICROS));
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      Column local = source.cast(DataTypes.TimestampType);
      return unix_micros(from_utc_timestamp(local, current_timezone())).divide(lit(MICROS));
    }
    return source.cast(DataTypes.DoubleType);
  }

  /** A name for its values that is nobody else's. */
  String value() {
    return "v" + place;
  }
}
