package io.leeway.registry.files;

import io.leeway.config.Task;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What must be known of a model to score with it, besides its pipeline.
 *
 * @param classes binary: both labels; several classes: all, in the order of their scores, which
 *     decides ties; regression: none
 * @param positive binary: the one of the classes that the score is of; otherwise empty
 * @param threshold binary: from this score in [0, 1] on the decision is the positive label;
 *     otherwise empty
 * @param inputs columns that the pipeline reads, in their order
 * @param pipelineHash SHA-256 of the declared features
 */
public record ModelDescription(
    String model,
    Task task,
    List<String> classes,
    Optional<String> positive,
    OptionalDouble threshold,
    List<InputColumn> inputs,
    String pipelineHash,
    ScoreColumn score) {
  public ModelDescription {
    classes = List.copyOf(classes);
    inputs = List.copyOf(inputs);
    boolean binary = task == Task.BINARY;
    if (task == Task.TELEMETRY) {
      throw new IllegalArgumentException("Telemetry has no model.");
    }
    if (positive.isPresent() != binary || threshold.isPresent() != binary) {
      throw new IllegalArgumentException(
          "A model of task " + task + ": positive " + positive + ", threshold " + threshold + ".");
    }
    if (binary && !(classes.size() == 2 && classes.contains(positive.get()))) {
      throw new IllegalArgumentException("Classes " + classes + ", positive " + positive + ".");
    }
    if (binary && !(threshold.getAsDouble() >= 0 && threshold.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("A threshold of " + threshold.getAsDouble() + ".");
    }
    if (classes.stream().distinct().count() != classes.size()
        || (task == Task.MULTICLASS) != (classes.size() >= 2 && !binary)
        || (task == Task.REGRESSION && !classes.isEmpty())) {
      throw new IllegalArgumentException("Task " + task + " with classes " + classes + ".");
    }
    boolean vector = score.kind() == ScoreColumn.Kind.PROBABILITIES;
    if ((task == Task.MULTICLASS && !vector) || (task == Task.REGRESSION && vector)) {
      throw new IllegalArgumentException("Task " + task + " with " + score + ".");
    }
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Model " + model + " reads no column.");
    }
  }

  /** Binary: the label that is not the positive one. */
  String negative() {
    return classes.get(classes.get(0).equals(positive.orElseThrow()) ? 1 : 0);
  }
}
