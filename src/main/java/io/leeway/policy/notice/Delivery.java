package io.leeway.policy.notice;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What came of a try to deliver.
 *
 * @param status of the answer; empty where none came, or nothing was sent
 * @param reason in a few words, without secrets
 */
public record Delivery(Outcome outcome, OptionalInt status, String reason) {

  /** How it ended. */
  public enum Outcome {
    DELIVERED,
    /** Not delivered, as far as is known; another try may help. */
    RETRY,
    /** Not delivered, and given up. */
    FAILED,
    /** Not sent, and never will be, since there is no need. */
    SKIPPED
  }

  public Delivery {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Of an answer: any 2xx has delivered; 408, 425, 429 and 5xx say that it may work later; all else
   * will not.
   *
   * @param said the beginning of the answer, without secrets; may be empty
   */
  static Delivery answered(int status, String said) {
    String reason = "answered " + status + (said.isEmpty() ? "" : ": " + said);
    boolean isPassing = status == 408 || status == 425 || status == 429 || status >= 500;
    Outcome outcome =
        status >= 200 && status < 300
            ? Outcome.DELIVERED
            : isPassing ? Outcome.RETRY : Outcome.FAILED;
    return new Delivery(outcome, OptionalInt.of(status), reason);
  }

  static Delivery delivered(String reason) {
    return new Delivery(Outcome.DELIVERED, OptionalInt.empty(), reason);
  }

  static Delivery retry(String reason) {
    return new Delivery(Outcome.RETRY, OptionalInt.empty(), reason);
  }

  static Delivery failed(String reason) {
    return new Delivery(Outcome.FAILED, OptionalInt.empty(), reason);
  }

  static Delivery skipped(String reason) {
    return new Delivery(Outcome.SKIPPED, OptionalInt.empty(), reason);
  }

  /** The same after the last of so many tries, where another would have been due. */
  Delivery afterLast(int tries) {
    return outcome == Outcome.RETRY
        ? new Delivery(Outcome.FAILED, status, "given up after try " + tries + ": " + reason)
        : this;
  }
}
