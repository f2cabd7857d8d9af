package io.leeway.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Window;
import io.leeway.registry.Version;
import io.leeway.registry.files.ScoringModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The champion in the registry, as a candidate is held against it.
 *
 * @param version its number
 * @param trainedOn names of scenarios by a period of which it was trained on rows, so that it would
 *     be judged by what it knows
 */
record Incumbent(int version, ScoringModel scoring, Set<String> trainedOn) {
  Incumbent {
    trainedOn = Set.copyOf(trainedOn);
  }

  /**
   * By what is on record of its training. A scenario that came into the configuration later, or was
   * of another period then, was trained on where it lies in the time of the training; of a version
   * without such a record that cannot be told, and it counts as not trained on.
   */
  static Incumbent of(ModelConfig model, Version version, ScoringModel scoring) {
    JsonNode lineage = version.facts().node().path("lineage");
    Optional<Window> trained = window(lineage, "from", "holdout_from");
    List<Window> leftOut = new ArrayList<>();
    for (JsonNode period : lineage.path("left_out")) {
      window(period, "from", "until").ifPresent(leftOut::add);
    }
    Map<String, Window> scenarios = PeriodScenarios.of(model).windows();
    Set<String> seen = new TreeSet<>();
    scenarios.forEach(
        (name, period) -> {
          boolean isLeftOut = leftOut.stream().anyMatch(of -> of.contains(period));
          if (!isLeftOut && trained.filter(period::overlaps).isPresent()) {
            seen.add(name);
          }
        });
    return new Incumbent(version.number(), scoring, seen);
  }

  private static Optional<Window> window(JsonNode of, String from, String until) {
    if (!of.hasNonNull(from) || !of.hasNonNull(until)) {
      return Optional.empty();
    }
    return Optional.of(
        new Window(Instant.parse(of.get(from).asText()), Instant.parse(of.get(until).asText())));
  }

  /** Why it cannot be judged by a scenario, if so. */
  Optional<String> objection(String scenario) {
    return trainedOn.contains(scenario)
        ? Optional.of("version " + version + " was trained on rows of this period.")
        : Optional.empty();
  }
}
