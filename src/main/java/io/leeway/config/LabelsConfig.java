package io.leeway.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of labels and what is known of their delay.
 *
 * @param id column that matches the predictions' id
 * @param label column of the outcome
 * @param negative binary: the value of the label that counts as negative; a label that is neither
 *     this nor the positive one is counted as outside the classes; otherwise empty
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
    String negative,
    Optional<String> time,
    Optional<String> predictionTime,
    Duration matureAfter,
    Optional<Duration> horizon,
    boolean unlabelledAfterMaturityIsNegative) {

  private static final Map<String, String> OPPOSITES =
      Map.of("1", "0", "true", "false", "yes", "no", "0", "1", "false", "true", "no", "yes");

  public LabelsConfig {
    if (matureAfter.isNegative()
        || horizon.filter(it -> it.compareTo(matureAfter) < 0).isPresent()) {
      throw new IllegalArgumentException(
          "Labels mature after " + matureAfter + ", within a horizon of " + horizon + ".");
    }
  }

  static LabelsConfig read(Block block, Task task, String predictionId, String positive) {
    TableRef table = TableRef.required(block, "table");
    String id = block.text("id", predictionId);
    String label = block.required("label", "name the column of the outcome");
    String otherwise = OPPOSITES.getOrDefault(positive, "");
    String negative = block.text("negative", otherwise);
    if (task == Task.BINARY && negative.isEmpty()) {
      block.missing("negative", "name the label that is the opposite of '" + positive + "'");
    } else if (task == Task.BINARY && negative.equals(positive)) {
      block.wrong("negative", "is the positive label; name the other one");
    } else if (task != Task.BINARY && block.find("negative").isPresent()) {
      block.wrong("negative", "only a binary task has a negative label; remove it");
    }
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
    boolean assumed = unlabelled.equals("negative");
    if (assumed && task != Task.BINARY) {
      block.wrong("unlabelled-after-maturity", "'negative' is for task = binary; remove it");
    }
    return new LabelsConfig(
        table, id, label, negative, time, predictionTime, matureAfter, horizon, assumed);
  }
}
