package io.leeway.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Points in time as written in the configuration. */
final class InstantText {
  private InstantText() {}

  /**
   * A date is its midnight, a time without offset the local one, of the zone.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  static Instant parse(String text, ZoneId zone) {
    try {
      if (!text.contains("T")) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      return text.matches(".*T.*(?:Z|[+-][0-9:]+)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a date or time; write for example 2026-01-01 or \"2026-01-01T00:00:00Z\"",
          e);
    }
  }
}
