package io.leeway.cli.bench;

import io.leeway.policy.incident.Home;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.verdict.Family;
import io.leeway.simulate.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something that went wrong at the simulated lender, and the incidents that name it.
 *
 * @param began start of its first day
 * @param incidents those that name what it is about, in the rows that it is about
 * @param found end of the first window with a breach of theirs; {@code null} if there is none
 */
public record FoundEvent(Event event, Instant began, List<Incident> incidents, Instant found) {
  private static final double HOURS = 24;

  /** Windows before the last of a few may count. */
  private static final Duration A_WINDOW_BEFORE = Duration.ofDays(7);

  public FoundEvent {
    incidents = List.copyOf(incidents);
  }

  /** Days from its beginning to the end of the window that showed it; NaN if none did. */
  public double delayDays() {
    return found == null ? Double.NaN : Duration.between(began, found).toHours() / HOURS;
  }

  /** Whether one incident names it, and no other does. */
  public boolean isOne() {
    return incidents.size() == 1;
  }

  /** Whether an incident is about what an event is about, and did not begin long before. */
  static boolean names(Incident incident, Event event, Instant began) {
    return !incident.started().isBefore(began.minus(A_WINDOW_BEFORE))
        && rows(event).contains(incident.home().toString())
        && isAbout(incident, event);
  }

  /** The rows that it may be said to be in. */
  private static Set<String> rows(Event event) {
    if (event instanceof Event.CovariateShift shift) {
      return Set.of("state=" + shift.state());
    }
    if (event instanceof Event.FairnessGap gap) {
      return Set.of("gender=" + gap.gender(), Home.EVERYWHERE.toString());
    }
    return Set.of(
        event instanceof Event.ConceptChange change
            ? "age_band=" + change.ageBand()
            : Home.EVERYWHERE.toString());
  }

  private static boolean isAbout(Incident incident, Event event) {
    if (event instanceof Event.ConceptChange) {
      return incident.families().contains(Family.PERFORMANCE)
          || incident.families().contains(Family.CALIBRATION);
    }
    return event instanceof Event.MissingDay
        ? incident.metrics().contains("volume_ratio")
        : incident.columns().contains(column(event));
  }

  private static String column(Event event) {
    if (event instanceof Event.CovariateShift shift) {
      return shift.column();
    }
    if (event instanceof Event.NewCategory category) {
      return category.column();
    }
    if (event instanceof Event.NullBurst burst) {
      return burst.column();
    }
    if (event instanceof Event.StuckSensor stuck) {
      return stuck.column();
    }
    if (event instanceof Event.FairnessGap) {
      return "gender";
    }
    return event instanceof Event.LatencySpike ? "operations.latency" : "probability";
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s%n  %s",
        event.story(),
        incidents.isEmpty()
            ? "not found"
            : String.format(
                Locale.ROOT,
                "%s (%s), found when %.0f days were in%s",
                incidents.get(0).headline(),
                incidents.get(0).severity().text(),
                delayDays(),
                isOne() ? "" : "; in " + incidents.size() + " incidents"));
  }
}
