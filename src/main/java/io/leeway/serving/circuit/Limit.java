package io.leeway.serving.circuit;

import java.util.Arrays;
import java.util.Optional;

/** What opens a circuit. The names are stored. */
public enum Limit {
  FAILURES,
  NULL_SCORES,
  LATENCY,
  SCORE_PSI,
  AGE;

  /** Whether it was looked at at all: what the monitor has not yet published cannot be. */
  boolean isRead(CircuitReadings seen) {
    return switch (this) {
      case FAILURES, NULL_SCORES -> true;
      case LATENCY -> seen.latencyP95().isPresent();
      case SCORE_PSI -> seen.scorePsi().isPresent();
      case AGE -> seen.championAge().isPresent();
    };
  }

  /** By its stored name; empty for a name that this code does not know. */
  public static Optional<Limit> named(String name) {
    return Arrays.stream(values()).filter(of -> of.name().equals(name)).findFirst();
  }
}
