package io.leeway.serving;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How SQL writes what this room knows as values. */
public final class SqlText {
  private SqlText() {}

  /**
   * A constant of type TIMESTAMP, to the microsecond, whatever the session's zone; files are
   * skipped by it.
   */
  public static String timestamp(Instant instant) {
    return timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  /** The same of microseconds since 1970. */
  static String timestamp(long micros) {
    return "timestamp_micros(" + micros + "L)";
  }

  /** A column's name. */
  public static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** A text. */
  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
