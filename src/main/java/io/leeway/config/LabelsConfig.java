package io.leeway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The table of labels and what is known of their delay.
 *
 * @param id column that matches the predictions' id
 * @param label column of the outcome
 * @param time column of when the label became known
 * @param predictionTime column of the prediction's time, where the label table has it
 * @param matureAfter age of a prediction at which its label has come, if it ever does
 * @param horizon age of a prediction above which its label is no longer looked for
 * @param unlabelledAfterMaturityIsNegative whether a mature prediction without a label counts as
 *     negative (binary only)
 */
public record LabelsConfig(
    TableRef table,
    String id,
    String label,
    Optional<String> time,
    Optional<String> predictionTime,
    Duration matureAfter,
    Optional<Duration> horizon,
    boolean unlabelledAfterMaturityIsNegative) {

  public LabelsConfig {
    if (matureAfter.isNegative()
        || horizon.filter(it -> it.compareTo(matureAfter) < 0).isPresent()) {
      throw new IllegalArgumentException(
          "Labels mature after " + matureAfter + ", within a horizon of " + horizon + ".");
    }
  }

  static LabelsConfig read(Block block, Task task, String predictionId) {
    TableRef table = TableRef.required(block, "table");
    String id = block.text("id", predictionId);
    String label = block.required("label", "name the column of the outcome");
    Optional<String> time = block.optionalText("time");
    Optional<String> predictionTime = block.optionalText("prediction-time");
    Duration matureAfter = block.value("mature-after", Duration.ZERO, DurationText::parse);
    Optional<Duration> horizon = block.optional("horizon", DurationText::parse);
    String unlabelled =
        block.choice("unlabelled-after-maturity", "unknown", List.of("unknown", "negative"));
    block.refuseUnknownKeys();
    if (horizon.isPresent() && horizon.get().compareTo(matureAfter) < 0) {
      block.wrong(
          "horizon", "is shorter than mature-after; labels would mature unseen, so raise it");
      horizon = Optional.empty();
    }
    boolean negative = unlabelled.equals("negative");
    if (negative && task != Task.BINARY) {
      block.wrong("unlabelled-after-maturity", "'negative' is for task = binary; remove it");
    }
    return new LabelsConfig(table, id, label, time, predictionTime, matureAfter, horizon, negative);
  }
}
