package io.leeway.policy.incident;

import io.leeway.domain.UserException;
import java.time.Instant;
import java.util.Locale;

/** What people do about an incident. */
public enum Act {
  /** Somebody looks at it. */
  ACKNOWLEDGE(Change.Event.ACKNOWLEDGED),
  /** It does no more harm, though it is not mended. */
  MITIGATE(Change.Event.MITIGATED),
  /** It is over, whatever is seen of it still; if it is seen again, it is opened again. */
  RESOLVE(Change.Event.RESOLVED);

  private final Change.Event event;

  Act(Change.Event event) {
    this.event = event;
  }

  /**
   * What comes of it.
   *
   * @param last the last word on the incident, for the message where it is closed already
   * @throws UserException if it can no longer be done, saying why and what to do
   */
  public Change on(Incident incident, String reason, Instant now, String last) {
    if (incident.isResolved()) {
      throw new UserException(
          "Incident %s is resolved already (%s). Nothing was changed; it opens again by itself if it is seen again."
              .formatted(incident.id(), last));
    }
    boolean isDone =
        (this == ACKNOWLEDGE && incident.state() != Incident.State.OPEN)
            || (this == MITIGATE && incident.state() == Incident.State.MITIGATED);
    if (isDone) {
      throw new UserException(
          "Incident %s is %s already (%s). Nothing was changed."
              .formatted(incident.id(), incident.state().text(), last));
    }
    Incident then =
        switch (this) {
          case ACKNOWLEDGE ->
              incident.with(Incident.State.ACKNOWLEDGED, incident.moments().acknowledgedAt(now));
          case MITIGATE ->
              incident.with(Incident.State.MITIGATED, incident.moments().mitigatedAt(now));
          case RESOLVE ->
              incident.with(Incident.State.RESOLVED, incident.moments().resolvedAt(now));
        };
    return new Change(event, then, reason);
  }

  /** As in the command. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
