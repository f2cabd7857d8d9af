package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.registry.files.ScoringModel;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * From which score on a candidate's decision is positive: the configured one; else the champion's
 * own, where one is registered; else the one that recorded decisions were made by, which the
 * recorded scores betray ({@link RecordedCut}). Where no column of decisions is configured nothing
 * was decided, and it is one half.
 */
final class DecisionThreshold {
  private static final double HALF = 0.5;

  private DecisionThreshold() {}

  /**
   * In [0, 1]; not looked at where the task is not binary.
   *
   * @param champion in the registry, if there is one
   * @throws io.leeway.domain.UserException if the recorded decisions follow no one cut
   */
  static double of(
      ModelConfig model,
      OptionalDouble configured,
      Optional<ScoringModel> champion,
      TrainingRows rows) {
    if (configured.isPresent()) {
      return configured.getAsDouble();
    }
    OptionalDouble own =
        champion.map(of -> of.description().threshold()).orElse(OptionalDouble.empty());
    if (own.isPresent()) {
      return own.getAsDouble();
    }
    return model.task() == Task.BINARY && model.predictions().decision().isPresent()
        ? RecordedCut.of(model, rows.trainedOrHeldOut())
        : HALF;
  }
}
