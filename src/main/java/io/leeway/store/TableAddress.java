package io.leeway.store;

import java.util.Objects;

/**
 * Where a Delta table is: a path or URI, or a name in a catalog.
 *
 * @param text the path, or the name as SQL writes it ({@code catalog.schema.table}, quoted where
 *     needed)
 */
public record TableAddress(Kind kind, String text) {
  /** How a table is found. */
  public enum Kind {
    PATH,
    NAME
  }

  public TableAddress {
    Objects.requireNonNull(kind, "kind");
    if (text.isBlank()) {
      throw new IllegalArgumentException("A table's path or name must not be empty.");
    }
  }

  public static TableAddress path(String path) {
    return new TableAddress(Kind.PATH, path);
  }

  public static TableAddress name(String name) {
    return new TableAddress(Kind.NAME, name);
  }

  /** As SQL names the table: {@code delta.`path`}, or the catalog name. */
  public String sql() {
    return kind == Kind.PATH ? "delta." + quoted(text) : text;
  }

  static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** For messages: {@code '/data/predictions'} or {@code 'main.risk.predictions'}. */
  @Override
  public String toString() {
    return "'" + text + "'";
  }
}
