package io.leeway.retrain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of a retraining.
 *
 * @param version that was added, blessed or not
 * @param digest of its content
 * @param words in plain words, a sentence each
 */
public record RetrainReport(
    String model, Result result, OptionalInt version, Optional<String> digest, List<String> words) {
  /** How it ended. */
  public enum Result {
    /** Nothing calls for it. */
    NOT_DUE,
    /** The same was done before. */
    ALREADY_DONE,
    /** The data are not fit to learn from; nothing was trained. */
    DATA_REJECTED,
    /** A version was trained, and the gate refused it. */
    NOT_BLESSED,
    /** A version was trained and waits for approval. */
    BLESSED
  }

  public RetrainReport {
    words = List.copyOf(words);
  }

  static RetrainReport without(String model, Result result, List<String> words) {
    return new RetrainReport(model, result, OptionalInt.empty(), Optional.empty(), words);
  }
}
