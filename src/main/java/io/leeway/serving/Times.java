package io.leeway.serving;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants to and from Spark, to the microsecond and whatever the session's zone. */
public final class Times {
  private Times() {}

  /** As a constant expression of type TIMESTAMP, by which files are skipped. */
  public static String sql(Instant instant) {
    return "timestamp_micros(" + micros(instant) + "L)";
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** A column's name as SQL takes it. */
  public static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
