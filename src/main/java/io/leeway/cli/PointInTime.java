package io.leeway.cli;

import io.leeway.domain.UserException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** A date, which is local midnight in whatever zone asks, or an instant, the same in all. */
sealed interface PointInTime {

  Instant in(ZoneId zone);

  /** Midnight, or the first instant of a day without one. */
  record Day(LocalDate date) implements PointInTime {
    @Override
    public Instant in(ZoneId zone) {
      return date.atStartOfDay(zone).toInstant();
    }
  }

  /** The same everywhere. */
  record Moment(Instant instant) implements PointInTime {
    @Override
    public Instant in(ZoneId zone) {
      return instant;
    }
  }

  /**
   * Reads {@code 2026-03-01} or {@code 2026-03-01T00:00:00+11:00}.
   *
   * @param option the option that the text was given for
   */
  static PointInTime parse(String option, String text) {
    try {
      return text.contains("T")
          ? new Moment(OffsetDateTime.parse(text).toInstant())
          : new Day(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new UserException(
          option
              + ": '"
              + text
              + "' is neither a date nor an instant; write for example 2026-03-01 (midnight in the "
              + "model's zone) or 2026-03-01T00:00:00Z.",
          e);
    }
  }
}
