package io.leeway.retrain;

import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of a retraining.
 *
 * @param by who asks; not blank
 * @param forced why it is made though nothing calls for it; empty if it is to be made only when a
 *     decision says so
 * @param runId the scheduler's name of the run, the same over retries; made up from what is asked
 *     unless given
 * @param now as of when labels are mature
 */
public record RetrainRequest(
    String by, Optional<String> forced, Optional<String> runId, Instant now) {
  public RetrainRequest {
    if (by.isBlank()) {
      throw new IllegalArgumentException("Somebody asks for a retraining.");
    }
  }

  /** What decisions call for. */
  public static RetrainRequest due(String by, Instant now) {
    return new RetrainRequest(by, Optional.empty(), Optional.empty(), now);
  }

  /** Whatever decisions say. */
  public static RetrainRequest forced(String by, String reason, Instant now) {
    return new RetrainRequest(by, Optional.of(reason), Optional.empty(), now);
  }
}
