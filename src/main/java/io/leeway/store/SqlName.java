package io.leeway.store;

import io.leeway.config.TableRef;

/** How SQL writes a table's place, and a name that may hold any character. */
public final class SqlName {
  private SqlName() {}

  /** {@code delta.`path`}, or the catalog name. */
  static String of(TableRef table) {
    return table.isPath() ? "delta." + quoted(table.text()) : table.text();
  }

  /** One part of a name, such as a column, in backticks. */
  public static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}
