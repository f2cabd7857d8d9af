package io.leeway.policy.incident;

import io.leeway.domain.RunIdentity;
import java.util.List;
import java.util.TreeSet;

/** Names of incidents, short enough to be typed. */
final class IncidentId {
  private static final int LENGTH = 12;

  private IncidentId() {}

  /** The same for the same model, first bad window, rows, columns and families. */
  static String of(String model, Cause cause) {
    return RunIdentity.hash(
            List.of(
                model,
                cause.since(),
                cause.home(),
                new TreeSet<>(cause.columns()),
                new TreeSet<>(cause.families())))
        .substring(0, LENGTH);
  }
}
