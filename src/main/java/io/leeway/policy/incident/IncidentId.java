package io.leeway.policy.incident;

import io.leeway.domain.RunIdentity;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Names of incidents, short enough to be typed. */
final class IncidentId {
  private static final int LENGTH = 12;

  private IncidentId() {}

  /** The same for the same model, beginning, first window with a breach, rows and signs. */
  static String of(String model, Cause cause) {
    return RunIdentity.hash(
            List.of(
                model,
                cause.since(),
                cause.windows().stream().map(Window::end).min(Instant::compareTo).orElseThrow(),
                cause.home(),
                new TreeSet<>(cause.signs())))
        .substring(0, LENGTH);
  }
}
