package io.leeway.stats.experiment;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a test has brought in so far.
 *
 * @param exposures of all days, whether or not their outcomes are in; each day and step once
 * @param looks by name of the metric, {@link Looks#NONE} where nothing is in
 */
public record Accumulated(List<Exposure> exposures, Map<String, Looks> looks) {
  public Accumulated {
    exposures = List.copyOf(exposures);
    looks = Map.copyOf(looks);
    Set<Map.Entry<LocalDate, Integer>> seen = new HashSet<>();
    for (Exposure of : exposures) {
      if (!seen.add(Map.entry(of.day(), of.step()))) {
        throw new IllegalArgumentException(
            "Exposures of " + of.day() + ", step " + of.step() + ", come twice; add them up.");
      }
    }
  }

  Looks of(String metric) {
    Looks found = looks.get(metric);
    if (found == null) {
      throw new IllegalArgumentException(
          "Metric '"
              + metric
              + "' of the plan is not among "
              + looks.keySet().stream().sorted().toList()
              + "; hand in Looks.NONE while nothing is in.");
    }
    return found;
  }

  /** From the first exposure to the last, both counted; 0 without any. */
  long days() {
    return exposures.isEmpty() ? 0 : ChronoUnit.DAYS.between(first(), last()) + 1;
  }

  private LocalDate first() {
    return exposures.stream().map(Exposure::day).min(LocalDate::compareTo).orElseThrow();
  }

  private LocalDate last() {
    return exposures.stream().map(Exposure::day).max(LocalDate::compareTo).orElseThrow();
  }
}
