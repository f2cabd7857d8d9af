package io.leeway.policy.incident;

import java.util.Locale;
import java.util.Objects;

/**
 * What happened to an incident.
 *
 * @param incident as it is from then on
 * @param reason why, in words
 */
public record Change(Event event, Incident incident, String reason) {
  /** What can happen. */
  public enum Event {
    OPENED,
    /** It goes on, or was quiet for a window. */
    UPDATED,
    /** It goes on, and calls for more than before. */
    ESCALATED,
    /** It came back soon after its end. */
    REOPENED,
    ACKNOWLEDGED,
    MITIGATED,
    RESOLVED;

    /** As in the column {@code event}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Change {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(incident, "incident");
    Objects.requireNonNull(reason, "reason");
  }
}
