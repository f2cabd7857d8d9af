package io.leeway.simulate;

import io.leeway.domain.Window;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which made-up history of the lender is wanted. Days are numbered from 1.
 *
 * @param seed another seed, another history
 * @param rowsPerDay predictions on each day
 * @param extraRows the first so many days have one prediction more, {@code 0 .. days - 1}
 * @param days how many
 * @param firstDay the date of day 1
 * @param zone of the lender's clock: it scores from 8:00 to 18:00
 * @param events what goes wrong; without any, all days are alike and the model is calibrated
 */
public record Simulation(
    long seed,
    long rowsPerDay,
    int extraRows,
    int days,
    LocalDate firstDay,
    ZoneId zone,
    List<Event> events)
    implements Serializable {

  /** The model version that answers unless a {@link Event.VersionChange} says otherwise. */
  public static final String FIRST_VERSION = "1";

  /** The days of {@link #demoScript()} before anything happens. */
  public static final int CALM_DAYS = 60;

  public Simulation {
    if (days < 1) {
      throw new IllegalArgumentException("A simulation needs a day, but has " + days + ".");
    }
    if (rowsPerDay < 0 || extraRows < 0 || extraRows >= days) {
      throw new IllegalArgumentException(
          "A simulation of "
              + days
              + " days needs 0 or more rows a day and fewer extra rows than days, but has "
              + rowsPerDay
              + " and "
              + extraRows
              + ".");
    }
    events = List.copyOf(events);
  }

  /** 90 calm days from 1 January 2026 in Melbourne, 1000 predictions each. */
  public static Simulation defaults() {
    return new Simulation(
        1, 1_000, 0, 90, LocalDate.of(2026, 1, 1), ZoneId.of("Australia/Melbourne"), List.of());
  }

  /**
   * The quickstart's 90 days: {@link #CALM_DAYS} without events, which make the reference, then one
   * trouble after the other. Four are at work on the last three days: young people's defaults,
   * incomes in Queensland, a gap between genders, and a purpose never seen before.
   */
  public static Simulation demoScript() {
    return defaults()
        .withRowsPerDay(2_000)
        .withEvents(
            new Event.ConceptChange("18-25", 1.0, 64),
            new Event.MissingDay(70),
            new Event.CovariateShift("QLD", "income", -1.0, 75),
            new Event.FairnessGap("f", 0.7, 78),
            new Event.NewCategory("purpose", "solar_battery", 0.06, 80),
            new Event.LatencySpike(3, 82, 82),
            new Event.NullBurst("utilisation", 0.35, 84, 86));
  }

  /** The present events, and a recession: from that day on all default more often. */
  public Simulation withRecession(double logit, int fromDay) {
    Simulation struck = this;
    for (AgeBand band : AgeBand.values()) {
      struck = struck.withEvent(new Event.ConceptChange(band.label(), logit, fromDay));
    }
    return struck;
  }

  public Simulation withSeed(long newSeed) {
    return new Simulation(newSeed, rowsPerDay, extraRows, days, firstDay, zone, events);
  }

  /** The same number of rows on each day. */
  public Simulation withRowsPerDay(long newRowsPerDay) {
    return new Simulation(seed, newRowsPerDay, 0, days, firstDay, zone, events);
  }

  /**
   * So many rows over all of the present days, as evenly as can be; a {@link Event.MissingDay}
   * takes its rows away.
   */
  public Simulation withRows(long total) {
    return new Simulation(
        seed, Math.floorDiv(total, days), Math.floorMod(total, days), days, firstDay, zone, events);
  }

  /** More or fewer days with {@link #rowsPerDay} rows each; rows of the common days stay alike. */
  public Simulation withDays(int newDays) {
    return new Simulation(seed, rowsPerDay, 0, newDays, firstDay, zone, events);
  }

  public Simulation withFirstDay(LocalDate newFirstDay) {
    return new Simulation(seed, rowsPerDay, extraRows, days, newFirstDay, zone, events);
  }

  public Simulation withZone(ZoneId newZone) {
    return new Simulation(seed, rowsPerDay, extraRows, days, firstDay, newZone, events);
  }

  /** These events instead of the present ones. */
  public Simulation withEvents(List<Event> newEvents) {
    return new Simulation(seed, rowsPerDay, extraRows, days, firstDay, zone, newEvents);
  }

  /** These events instead of the present ones; none for a calm history. */
  public Simulation withEvents(Event... newEvents) {
    return withEvents(List.of(newEvents));
  }

  /** The present events and one more. */
  public Simulation withEvent(Event event) {
    return withEvents(Stream.concat(events.stream(), Stream.of(event)).toList());
  }

  /**
   * The day with that number.
   *
   * @throws IndexOutOfBoundsException outside {@code 1 .. days()}
   */
  public SimulatedDay day(int number) {
    return new SimulatedDay(this, number);
  }

  /** The date of a day. */
  public LocalDate date(int number) {
    checkDay(number);
    return firstDay.plusDays(number - 1L);
  }

  /** From the start of the first to the end of the last day. */
  public Window window() {
    return new Window(day(1).window().start(), day(days).window().end());
  }

  /** All predictions, missing days left out. */
  public long rows() {
    return dayRows().sum();
  }

  private LongStream dayRows() {
    return IntStream.rangeClosed(1, days).mapToLong(number -> day(number).rows());
  }

  /** The rows of a day that does not go missing. */
  long plannedRows(int number) {
    return rowsPerDay + (number <= extraRows ? 1 : 0);
  }

  void checkDay(int number) {
    if (number < 1 || number > days) {
      throw new IndexOutOfBoundsException(
          "The simulation has days 1 to " + days + ", so there is no day " + number + ".");
    }
  }
}
