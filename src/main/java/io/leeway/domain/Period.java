package io.leeway.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length on the calendar by which time is cut, such as {@code 15 minutes}, {@code 1 hour}, {@code
 * 1 day}, {@code 1 month}.
 *
 * <p>Cuts are made on the local clock of a zone: minutes and hours from local midnight (so they
 * must divide a day), days from 1970-01-01, weeks from Monday, months, quarters and years from
 * January. A day on which the clock moves is 23 or 25 hours long; the hour that the clock repeats
 * is two windows, the hour that it skips is none.
 */
public record Period(int count, Unit unit) {
  /** What a period counts. */
  public enum Unit {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR
  }

  private static final Pattern TEXT = Pattern.compile("(?:(\\d{1,5})\\s*)?([a-z]+?)s?");
  private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);
  private static final LocalDate FIRST_MONDAY = LocalDate.of(1970, 1, 5);

  public Period {
    int most =
        switch (unit) {
          case MINUTE -> 24 * 60;
          case HOUR -> 24;
          case DAY -> 3660;
          case WEEK -> 520;
          case MONTH -> 12;
          case QUARTER -> 4;
          case YEAR -> 1;
        };
    boolean cutsEvenly = unit == Unit.DAY || unit == Unit.WEEK || (count > 0 && most % count == 0);
    if (count < 1 || count > most || !cutsEvenly) {
      throw new IllegalArgumentException(
          "A period of "
              + count
              + " "
              + lower(unit)
              + "s does not cut time evenly; minutes and hours must divide a "
              + "day, months and quarters a year.");
    }
  }

  /**
   * Reads {@code "1 hour"}, {@code "7 days"} or {@code "month"}.
   *
   * @throws IllegalArgumentException if the text is not a count and a unit, or does not cut time
   *     evenly
   */
  public static Period parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      for (Unit unit : Unit.values()) {
        if (lower(unit).equals(matcher.group(2))) {
          int count = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
          return new Period(count, unit);
        }
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a period; write a count and a unit, for example '15 minutes', '1 hour', '7 days' or "
            + "'1 month'.");
  }

  /** The window of this length that holds the instant, cut on the local clock of the zone. */
  public Window windowOf(Instant time, ZoneId zone) {
    if (unit == Unit.MINUTE || unit == Unit.HOUR) {
      return withinDay(time, zone);
    }
    LocalDate start = floor(time.atZone(zone).toLocalDate());
    return new Window(
        start.atStartOfDay(zone).toInstant(), plus(start, 1).atStartOfDay(zone).toInstant());
  }

  /** The window that ends where {@code window}, one of this period's own, starts. */
  public Window before(Window window, ZoneId zone) {
    return windowOf(window.start().minusNanos(1_000), zone);
  }

  /** The window that starts where {@code window}, one of this period's own, ends. */
  public Window after(Window window, ZoneId zone) {
    return windowOf(window.end(), zone);
  }

  /** The last passing and the next passing of a cutting time by the local clock. */
  private Window withinDay(Instant time, ZoneId zone) {
    long step = unit == Unit.HOUR ? count * 60L : count;
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    LocalDateTime midnight = local.toLocalDate().atStartOfDay();
    long minutes = ChronoUnit.MINUTES.between(midnight, local);
    LocalDateTime cut = midnight.plusMinutes(minutes - minutes % step);
    Instant start = Instant.MIN;
    Instant end = Instant.MAX;
    for (long steps = -1; steps <= 2; steps++) {
      for (Instant passing : passings(cut.plusMinutes(steps * step), zone)) {
        if (passing.isAfter(time)) {
          end = passing.isBefore(end) ? passing : end;
        } else {
          start = passing.isAfter(start) ? passing : start;
        }
      }
    }
    return new Window(start, end);
  }

  /**
   * When the clock shows a local time: once, twice where it was set back, or where it jumps over
   * it.
   */
  private static List<Instant> passings(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? List.of(zone.getRules().getTransition(local).getInstant())
        : offsets.stream().map(local::toInstant).toList();
  }

  private LocalDate floor(LocalDate date) {
    return switch (unit) {
      case DAY ->
          EPOCH.plusDays(Math.floorDiv(ChronoUnit.DAYS.between(EPOCH, date), count) * count);
      case WEEK -> {
        LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        long weeks = ChronoUnit.WEEKS.between(FIRST_MONDAY, monday);
        yield FIRST_MONDAY.plusWeeks(Math.floorDiv(weeks, count) * count);
      }
      case MONTH ->
          date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / count * count + 1);
      case QUARTER ->
          date.withDayOfMonth(1)
              .withMonth((date.getMonthValue() - 1) / (3 * count) * (3 * count) + 1);
      case YEAR -> date.withDayOfYear(1);
      case MINUTE, HOUR -> throw new IllegalStateException("Cut within a day, not by date.");
    };
  }

  private LocalDate plus(LocalDate start, int times) {
    return switch (unit) {
      case DAY -> start.plusDays((long) count * times);
      case WEEK -> start.plusWeeks((long) count * times);
      case MONTH -> start.plusMonths((long) count * times);
      case QUARTER -> start.plusMonths(3L * count * times);
      case YEAR -> start.plusYears((long) count * times);
      case MINUTE, HOUR -> throw new IllegalStateException("Cut within a day, not by date.");
    };
  }

  private static String lower(Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  /**
   * As written in the configuration and in the column {@code granularity}: {@code 1 day}, {@code 7
   * days}.
   */
  @Override
  public String toString() {
    return count + " " + lower(unit) + (count == 1 ? "" : "s");
  }
}
