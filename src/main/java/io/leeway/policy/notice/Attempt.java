package io.leeway.policy.notice;

import io.leeway.policy.notice.Delivery.Outcome;
import java.time.Instant;
import java.util.Objects;

/**
 * What came of a notice on a channel, once. A row of the outbox.
 *
 * @param kind of the notice
 * @param channel its name
 */
public record Attempt(
    String noticeId,
    String incidentId,
    Notice.Kind kind,
    String channel,
    Instant at,
    Delivery delivery) {
  public Attempt {
    Objects.requireNonNull(noticeId, "noticeId");
    Objects.requireNonNull(incidentId, "incidentId");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(delivery, "delivery");
  }

  static Attempt of(Notice notice, String channel, Instant at, Delivery delivery) {
    return new Attempt(notice.id(), notice.incidentId(), notice.kind(), channel, at, delivery);
  }

  /** Whether the notice needs no further try here. */
  public boolean isFinal() {
    return delivery.outcome() != Outcome.RETRY;
  }

  /** Whether the receiver has the notice, or may have it though it did not say so. */
  boolean mayHaveArrived() {
    return delivery.outcome() == Outcome.DELIVERED || delivery.outcome() == Outcome.RETRY;
  }
}
