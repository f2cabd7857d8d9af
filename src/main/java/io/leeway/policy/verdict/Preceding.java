package io.leeway.policy.verdict;

import io.leeway.domain.Period;
import io.leeway.domain.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which window of a granularity comes before another: the one that ends where it starts. Of windows
 * that overlap, such as the last seven days of every day, that is not the one before in time.
 */
public final class Preceding {
  private final Period period;
  private final ZoneId zone;
  private final Map<Instant, Window> byEnd = new HashMap<>();

  private Preceding(Period period, ZoneId zone) {
    this.period = period;
    this.zone = zone;
  }

  /**
   * For windows of one granularity.
   *
   * @param granularity the text of a {@link Period}
   * @param zone in which windows are cut
   * @param known windows that there are; where none ends right, its length tells it
   */
  public static Preceding of(String granularity, ZoneId zone, Collection<Window> known) {
    Preceding preceding = new Preceding(Period.parse(granularity), zone);
    known.forEach(window -> preceding.byEnd.put(window.end(), window));
    return preceding;
  }

  /** The window before, whether or not there is one. */
  public Window before(Window window) {
    Window known = byEnd.get(window.start());
    if (known != null) {
      return known;
    }
    ZonedDateTime end = window.start().atZone(zone);
    Instant start =
        switch (period.unit()) {
          case MINUTE -> window.start().minus(period.count(), ChronoUnit.MINUTES);
          case HOUR -> window.start().minus(period.count(), ChronoUnit.HOURS);
          case DAY -> end.minusDays(period.count()).toInstant();
          case WEEK -> end.minusWeeks(period.count()).toInstant();
          case MONTH -> end.minusMonths(period.count()).toInstant();
          case QUARTER -> end.minusMonths(3L * period.count()).toInstant();
          case YEAR -> end.minusYears(period.count()).toInstant();
        };
    return new Window(start, window.start());
  }
}
