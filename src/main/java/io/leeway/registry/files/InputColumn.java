package io.leeway.registry.files;

import org.apache.spark.sql.types.DataType;

/**
 * A column that a model reads.
 *
 * @param name at the top level of the rows
 * @param type in SQL, such as {@code DOUBLE} or {@code STRUCT<state: STRING>}
 */
public record InputColumn(String name, String type) {
  public InputColumn {
    if (name.isEmpty() || type.isEmpty()) {
      throw new IllegalArgumentException("A column '" + name + "' of type '" + type + "'.");
    }
  }

  /** A column of a type of Spark's. */
  public static InputColumn of(String name, DataType type) {
    return new InputColumn(name, type.sql());
  }

  DataType dataType() {
    return DataType.fromDDL(type);
  }
}
