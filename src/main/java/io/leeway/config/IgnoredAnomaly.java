package io.leeway.config;

import java.util.Objects;
import java.util.Optional;

/**
 * An anomaly that does not reject a batch: {@code FLOAT_TYPE_BIG_FLOAT}, or of one column alone
 * {@code income:FLOAT_TYPE_BIG_FLOAT}.
 *
 * @param column of which it is ignored; of all where there is none
 */
public record IgnoredAnomaly(Optional<String> column, AnomalyCode code) {
  public IgnoredAnomaly {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(code, "code");
  }

  /**
   * Reads a code, or a column and a code with a colon between them; the column may have colons.
   *
   * @throws IllegalArgumentException in words, if the code is not known or the column has no name
   */
  public static IgnoredAnomaly parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return new IgnoredAnomaly(Optional.empty(), AnomalyCode.parse(text));
    }
    String column = text.substring(0, colon).trim();
    if (column.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' names no column before the colon; write one, or the code alone");
    }
    return new IgnoredAnomaly(
        Optional.of(column), AnomalyCode.parse(text.substring(colon + 1).trim()));
  }

  /**
   * Whether an anomaly is ignored.
   *
   * @param of its column; empty if it is one of the whole batch
   */
  public boolean covers(Optional<String> of, AnomalyCode found) {
    return code == found && (column.isEmpty() || column.equals(of));
  }

  /** As in the configuration. */
  public String text() {
    return column.map(name -> name + ":").orElse("") + code;
  }
}
