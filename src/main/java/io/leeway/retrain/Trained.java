package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.config.TrainingParameter;
import io.leeway.registry.files.InputColumn;
import io.leeway.registry.files.ModelDescription;
import io.leeway.registry.files.ScoreColumn;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;

/**
 * A candidate.
 *
 * @param pipeline from the inputs to the score
 * @param score where in its output the score is
 * @param inputs columns that it reads
 * @param pipelineHash of the features, see {@link FeaturePipeline#hash}
 * @param trials all of them, by setting and fold
 * @param parameters the setting that was best
 * @param classWeights by label as a number; none where classes did not weigh
 * @param seconds that training took
 */
public record Trained(
    PipelineModel pipeline,
    ScoreColumn score,
    List<InputColumn> inputs,
    String pipelineHash,
    List<Trial> trials,
    SortedMap<TrainingParameter, Double> parameters,
    Map<Double, Double> classWeights,
    CalibrationChoice calibration,
    double seconds) {
  public Trained {
    inputs = List.copyOf(inputs);
    trials = List.copyOf(trials);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    classWeights = Collections.unmodifiableSortedMap(new TreeMap<>(classWeights));
  }

  /**
   * What scoring with it needs to know.
   *
   * @param threshold binary: from this score on the decision is positive; not looked at otherwise
   */
  public ModelDescription description(ModelConfig model, double threshold) {
    boolean binary = model.task() == Task.BINARY;
    return new ModelDescription(
        model.name(),
        model.task(),
        Classes.of(model),
        binary ? Optional.of(model.predictions().positive()) : Optional.empty(),
        binary ? OptionalDouble.of(threshold) : OptionalDouble.empty(),
        inputs,
        pipelineHash,
        score);
  }
}
