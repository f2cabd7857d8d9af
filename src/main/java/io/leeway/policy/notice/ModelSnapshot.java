package io.leeway.policy.notice;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model stands.
 *
 * @param openIncidents by severity; one that is not named has none
 * @param verdicts of what was judged last
 * @param lastJudged when verdicts were last written; empty where never
 */
public record ModelSnapshot(
    String model,
    Map<String, Long> openIncidents,
    List<VerdictCount> verdicts,
    Optional<Instant> lastJudged) {

  /** How many verdicts of one kind the rules of one severity gave. */
  public record VerdictCount(String severity, String verdict, long count) {}

  public ModelSnapshot {
    openIncidents = Map.copyOf(openIncidents);
    verdicts = List.copyOf(verdicts);
    if (model.isBlank()) {
      throw new IllegalArgumentException("A snapshot names no model.");
    }
  }
}
