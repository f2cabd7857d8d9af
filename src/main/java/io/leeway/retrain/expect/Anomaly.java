package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with a batch.
 *
 * @param column of which; empty if of the whole batch
 * @param expected in words
 * @param observed in words
 * @param sentence all of it, for people, with what to do where that is known
 */
public record Anomaly(
    Optional<String> column, AnomalyCode code, String expected, String observed, String sentence) {
  public Anomaly {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(observed, "observed");
    Objects.requireNonNull(sentence, "sentence");
  }

  static Anomaly ofBatch(AnomalyCode code, String expected, String observed, String sentence) {
    return new Anomaly(Optional.empty(), code, expected, observed, sentence);
  }

  static Anomaly of(
      String column, AnomalyCode code, String expected, String observed, String sentence) {
    return new Anomaly(Optional.of(column), code, expected, observed, sentence);
  }

  public AnomalyCode.Severity severity() {
    return code.severity();
  }
}
