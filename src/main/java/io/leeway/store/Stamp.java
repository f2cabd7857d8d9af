package io.leeway.store;

import java.time.Instant;
import java.util.Objects;

/**
 * Who made a row, on which grid, and when.
 *
 * @param binsId grid, or {@code null} where none was used
 * @param baselineId reference profiles, or {@code null} where none were used
 */
public record Stamp(
    String binsId, String baselineId, String runId, String attemptId, Instant computedAt) {
  public Stamp {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(attemptId, "attemptId");
    Objects.requireNonNull(computedAt, "computedAt");
  }
}
