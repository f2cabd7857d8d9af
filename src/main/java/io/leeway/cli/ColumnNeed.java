package io.leeway.cli;

import io.leeway.domain.ColumnKind;
import io.leeway.scan.ColumnTypes;
import java.util.Optional;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** What type a column must have in its role. */
enum ColumnNeed {
  /** A score, a cost. */
  NUMBER("a number"),
  /** A numeric feature: what has an order and distances. */
  MEASURED("a number, a date or a timestamp"),
  /** A prediction's time. */
  TIME("a timestamp or a date"),
  /** A condition. */
  CONDITION("true or false"),
  /** Anything that has one value: ids, versions, categories, slice columns. */
  SINGLE("a single value");

  private final String words;

  ColumnNeed(String words) {
    this.words = words;
  }

  boolean fits(DataType type) {
    Optional<ColumnKind> kind = ColumnTypes.kindOf(type);
    boolean measured = kind.equals(Optional.of(ColumnKind.NUMERIC));
    return switch (this) {
      case NUMBER -> type instanceof NumericType;
      case MEASURED -> measured;
      case TIME -> measured && !(type instanceof NumericType);
      case CONDITION -> type instanceof BooleanType;
      case SINGLE -> kind.isPresent();
    };
  }

  /** What is wrong with a type, and what to do. */
  String refusal(DataType type) {
    return "is of type " + type.simpleString() + ", but must be " + words + "; " + advice(type);
  }

  private String advice(DataType type) {
    if (ColumnTypes.kindOf(type).isEmpty()) {
      return ColumnTypes.advice(type);
    }
    return this == MEASURED
        ? "list it under features.categorical, or cast it where the table is written."
        : "name another column, or cast it where the table is written.";
  }
}
