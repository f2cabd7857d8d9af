package io.leeway.serving.circuit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The circuit as it was last published.
 *
 * @param until when it may be probed; of {@link CircuitState#OPEN} only
 * @param goodWindows probes in a row that went well; 0 unless half open
 * @param openedBy what had opened it, while it is open or half open
 * @param published when that was said
 * @param validUntil from then on it tells nothing, and the champion answers; empty for a state that
 *     a person has set, which only a person ends
 */
public record Circuit(
    CircuitState state,
    Optional<Instant> until,
    int goodWindows,
    Optional<Limit> openedBy,
    Instant published,
    Optional<Instant> validUntil) {
  /** Nothing was ever published: the champion answers. */
  public static final Circuit UNKNOWN =
      new Circuit(
          CircuitState.CLOSED,
          Optional.empty(),
          0,
          Optional.empty(),
          Instant.MIN,
          Optional.of(Instant.MIN));

  public Circuit {
    Objects.requireNonNull(state, "state");
    if (until.isPresent() != (state == CircuitState.OPEN) || goodWindows < 0) {
      throw new IllegalArgumentException(
          "A circuit is open until a time, but is " + state + " until " + until + ".");
    }
    if (validUntil.isEmpty() && !state.isByPeople()) {
      throw new IllegalArgumentException(state + " by readings must end by itself.");
    }
  }

  /** Who answers by it at a time: the champion, where it is no longer valid. */
  public CircuitState servingAt(Instant now) {
    return isValidAt(now) ? state : CircuitState.CLOSED;
  }

  /** Whether it may be relied on. */
  public boolean isValidAt(Instant now) {
    return validUntil.map(now::isBefore).orElse(true);
  }

  /** Whether half of its validity has passed, so that it is to be said again. */
  public boolean isHalfSpentAt(Instant now) {
    if (published.equals(Instant.MIN)) {
      return true;
    }
    return validUntil
        .map(end -> published.plus(Duration.between(published, end).dividedBy(2)))
        .filter(half -> !now.isBefore(half))
        .isPresent();
  }
}
