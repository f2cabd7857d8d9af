package io.leeway.cli;

import io.leeway.domain.UserException;
import io.leeway.simulate.Event;
import io.leeway.simulate.Simulation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Troubles of {@code simulate --event}, each with the strength it has by default. */
enum NamedEvent {
  COVARIATE_SHIFT,
  NEW_CATEGORY,
  NULL_BURST,
  STUCK_SENSOR,
  SCORE_SHIFT,
  CONCEPT_CHANGE,
  FAIRNESS_GAP,
  LATENCY_SPIKE,
  MISSING_DAY,
  VERSION_CHANGE;

  private Event from(int day) {
    return switch (this) {
      case COVARIATE_SHIFT -> new Event.CovariateShift("QLD", "income", -1.0, day);
      case NEW_CATEGORY -> new Event.NewCategory("purpose", "solar_battery", 0.06, day);
      case NULL_BURST -> new Event.NullBurst("utilisation", 0.35, day, Event.FOR_EVER);
      case STUCK_SENSOR -> new Event.StuckSensor("postcode_risk", 50, day, Event.FOR_EVER);
      case SCORE_SHIFT -> new Event.ScoreShift(0.5, day);
      case CONCEPT_CHANGE -> new Event.ConceptChange("18-25", 1.0, day);
      case FAIRNESS_GAP -> new Event.FairnessGap("f", 0.7, day);
      case LATENCY_SPIKE -> new Event.LatencySpike(3, day, Event.FOR_EVER);
      case MISSING_DAY -> new Event.MissingDay(day);
      case VERSION_CHANGE -> new Event.VersionChange("2", day);
    };
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(NamedEvent::text).toList();
  }

  /**
   * Reads {@code NAME} or {@code NAME@DAY}.
   *
   * @param usualDay where no day is given
   * @param days of the whole history
   */
  static Event parse(String text, int usualDay, int days) {
    String[] parts = text.split("@", 2);
    NamedEvent event =
        Arrays.stream(values())
            .filter(known -> known.text().equals(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserException(
                        "--event: there is no event '"
                            + parts[0]
                            + "'; known, nearest first: "
                            + String.join(", ", TableColumns.nearest(parts[0], texts()))
                            + "."));
    return event.from(parts.length == 1 ? usualDay : day(parts[1], days));
  }

  private static int day(String text, int days) {
    if (!text.matches("[1-9]\\d{0,5}") || Integer.parseInt(text) > days) {
      throw new UserException(
          "--event: '" + text + "' is not a day; write a number from 1 to " + days + ".");
    }
    return Integer.parseInt(text);
  }

  /** The first day after those that make the reference. */
  static int usualDay(Simulation simulation) {
    int calm = Math.min(Simulation.CALM_DAYS, Math.max(1, simulation.days() * 2 / 3));
    return Math.min(simulation.days(), calm + 1);
  }
}
