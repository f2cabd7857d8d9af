package io.leeway.serving.circuit;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Who answers. The names are stored, and are those that resilience4j uses.
 *
 * @see <a href="https://resilience4j.readme.io/docs/circuitbreaker">resilience4j, circuit
 *     breaker</a>
 */
public enum CircuitState {
  /** The champion. */
  CLOSED,
  /** The fallback, for a while. */
  OPEN,
  /** The champion answers a small share of the calls, which shows whether it is well again. */
  HALF_OPEN,
  /** The fallback, until a person says otherwise. */
  FORCED_OPEN,
  /** The champion, whatever is measured, until a person says otherwise. */
  DISABLED,
  /** The same, and what would have opened it is said. */
  METRICS_ONLY;

  private static final Set<CircuitState> BY_PEOPLE = Set.of(FORCED_OPEN, DISABLED, METRICS_ONLY);

  /** Whether only a person brings it about, and only a person ends it. */
  public boolean isByPeople() {
    return BY_PEOPLE.contains(this);
  }

  /** Whether all of the champion's calls go to the fallback. */
  public boolean isOpen() {
    return this == OPEN || this == FORCED_OPEN;
  }

  /** By its stored name; empty for a name that this code does not know. */
  public static Optional<CircuitState> named(String name) {
    return Arrays.stream(values()).filter(state -> state.name().equals(name)).findFirst();
  }
}
