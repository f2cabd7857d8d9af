package io.leeway.cli.conformance;

import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a folder's windows come about: base windows of one length, and lengths that are made by
 * adding them up.
 *
 * @param base length of the windows that are read
 * @param calendar lengths of the calendar, such as months
 * @param rollUps other lengths, so many base windows in a row
 * @param granularity the length that gives each of the folder's windows
 */
record WindowPlan(
    Period base, Set<Period> calendar, Set<Period> rollUps, Map<Window, Period> granularity) {
  static final ZoneId ZONE = ZoneOffset.UTC;

  private static final List<Period> BASES =
      Stream.of(
              "1 day", "1 hour", "30 minutes", "15 minutes", "10 minutes", "5 minutes", "1 minute")
          .map(Period::parse)
          .toList();
  private static final List<Period> CALENDAR =
      Stream.of("1 hour", "1 day", "1 week", "1 month", "1 quarter", "6 months", "1 year")
          .map(Period::parse)
          .toList();
  private static final int MINUTES_OF_DAY = 24 * 60;

  /**
   * Finds lengths for the windows.
   *
   * @param asked the base length; without it, the longest from a day down at which all windows
   *     start and end
   * @throws UserException if some window does not consist of whole base windows
   */
  static WindowPlan of(List<Window> windows, Optional<Period> asked) {
    Period base =
        asked
            .or(() -> BASES.stream().filter(it -> windows.stream().allMatch(fit(it))).findFirst())
            .orElse(BASES.get(BASES.size() - 1));
    Set<Period> calendar = new LinkedHashSet<>();
    Set<Period> rollUps = new LinkedHashSet<>();
    Map<Window, Period> granularity = new LinkedHashMap<>();
    for (Window window : windows) {
      if (!fit(base).test(window)) {
        throw new UserException(
            "The window "
                + window
                + " does not consist of whole windows of "
                + base
                + "; name a shorter length with --base.");
      }
      Optional<Period> ofCalendar =
          CALENDAR.stream()
              .filter(it -> it.windowOf(window.start(), ZONE).equals(window))
              .findFirst();
      Period period = ofCalendar.orElseGet(() -> rollUp(window));
      granularity.put(window, period);
      if (!period.equals(base)) {
        (ofCalendar.isPresent() ? calendar : rollUps).add(period);
      }
    }
    return new WindowPlan(base, calendar, rollUps, granularity);
  }

  private static java.util.function.Predicate<Window> fit(Period base) {
    return window -> startsAt(base, window.start()) && startsAt(base, window.end());
  }

  private static boolean startsAt(Period base, java.time.Instant instant) {
    return base.windowOf(instant, ZONE).start().equals(instant);
  }

  private static Period rollUp(Window window) {
    long minutes = Duration.between(window.start(), window.end()).toMinutes();
    try {
      return minutes % MINUTES_OF_DAY == 0
          ? new Period(Math.toIntExact(minutes / MINUTES_OF_DAY), Period.Unit.DAY)
          : new Period(Math.toIntExact(minutes), Period.Unit.MINUTE);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserException(
          "The window " + window + " has no length that is monitored. " + e.getMessage(), e);
    }
  }

  /** All lengths of the folder's windows. */
  Set<Period> periods() {
    return new LinkedHashSet<>(granularity.values());
  }

  /**
   * The same windows with this one of their lengths as base, so that nothing is added up; empty if
   * that is so anyway, or if such base windows would not lie where the folder's do.
   */
  Optional<WindowPlan> inSingleBaseWindows(Period period) {
    Map<Window, Period> own = new LinkedHashMap<>();
    granularity.forEach(
        (window, length) -> {
          if (length.equals(period)) {
            own.put(window, length);
          }
        });
    boolean lieThere =
        own.keySet().stream().allMatch(it -> period.windowOf(it.start(), ZONE).equals(it));
    return period.equals(base) || !lieThere
        ? Optional.empty()
        : Optional.of(new WindowPlan(period, Set.of(), Set.of(), own));
  }
}
