package io.leeway.config;

import io.leeway.domain.UserException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a model is retrained and let out.
 *
 * @param models folder of the versions' files, any Hadoop address; beside the result tables unless
 *     given
 * @param threshold binary: from this score on a candidate's decision is positive; that of the
 *     recorded decisions unless given
 * @param trigger when breaches may call for it
 * @param pipeline how columns become features
 * @param training algorithm, parameters, rows
 * @param expectations what the rows must be like
 * @param gate what a candidate must show
 * @param approval who lets it out
 * @param scoring what {@code leeway score} reads and writes; empty where others score
 * @param traffic how it is tried beside the champion
 * @param circuit when neither may serve
 */
public record RetrainConfig(
    Optional<String> models,
    OptionalDouble threshold,
    TriggerConfig trigger,
    PipelineConfig pipeline,
    TrainingConfig training,
    ExpectationsConfig expectations,
    GateConfig gate,
    ApprovalConfig approval,
    Optional<ScoringConfig> scoring,
    TrafficConfig traffic,
    CircuitConfig circuit) {

  static RetrainConfig read(Block block, Task task) {
    Optional<String> models =
        block
            .find("models")
            .flatMap(value -> value.text().flatMap(text -> TableRef.path(value, text)));
    Optional<Double> threshold = block.optional("threshold", RetrainConfig::share);
    TriggerConfig trigger = TriggerConfig.read(block);
    PipelineConfig pipeline = PipelineConfig.read(block);
    TrainingConfig training = TrainingConfig.read(block, task);
    ExpectationsConfig expectations = ExpectationsConfig.read(block.blockOrEmpty("expectations"));
    GateConfig gate = GateConfig.read(block.blockOrEmpty("gate"));
    ApprovalConfig approval = ApprovalConfig.read(block.blockOrEmpty("approval"));
    Optional<ScoringConfig> scoring = block.block("scoring").map(ScoringConfig::read);
    TrafficConfig traffic = TrafficConfig.read(block.blockOrEmpty("traffic"));
    CircuitConfig circuit = CircuitConfig.read(block.blockOrEmpty("circuit"));
    block.refuseUnknownKeys();
    return new RetrainConfig(
        models,
        threshold.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        trigger,
        pipeline,
        training,
        expectations,
        gate,
        approval,
        scoring,
        traffic,
        circuit);
  }

  private static double share(String text) {
    try {
      double share = Double.parseDouble(text);
      if (share > 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a number between 0 and 1; write for example 0.5");
  }

  /**
   * Where the versions' files lie, given where the result tables do.
   *
   * @throws UserException if the tables lie in a catalog and no folder is named
   */
  public String modelsRoot(StoreConfig store) {
    return models
        .or(() -> store.path().map(path -> path + "/models"))
        .orElseThrow(
            () ->
                new UserException(
                    "The result tables lie in a catalog, so nothing says where the files of trained "
                        + "versions go. Name a folder: retrain.models = \"s3a://...\"."));
  }
}
