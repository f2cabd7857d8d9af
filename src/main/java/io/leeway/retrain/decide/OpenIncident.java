package io.leeway.retrain.decide;

import io.leeway.policy.incident.Incident;
import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Severity;
import java.time.Instant;
import java.util.Set;

/**
 * What a decision has to know of an incident that is not resolved.
 *
 * @param headline in a few words
 * @param families what it shows by
 * @param columns it shows in; may be empty
 * @param started start of its first bad window
 * @param lastBad end of its last one
 */
public record OpenIncident(
    String id,
    Severity severity,
    String headline,
    Set<Family> families,
    Set<String> columns,
    Instant started,
    Instant lastBad) {
  public OpenIncident {
    families = Set.copyOf(families);
    columns = Set.copyOf(columns);
  }

  public static OpenIncident of(Incident incident) {
    return new OpenIncident(
        incident.id(),
        incident.severity(),
        incident.headline(),
        incident.families(),
        incident.columns(),
        incident.started(),
        incident.course().lastBad());
  }
}
