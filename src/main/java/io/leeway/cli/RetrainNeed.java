package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.domain.UserException;

/** What commands about versions need of a configuration. */
final class RetrainNeed {
  private RetrainNeed() {}

  /**
   * The model's block {@code retrain}.
   *
   * @throws UserException if it has none
   */
  static RetrainConfig of(ModelConfig model) {
    return model
        .retrain()
        .orElseThrow(
            () ->
                new UserException(
                    "Model '"
                        + model.name()
                        + "' has no block 'retrain' in the configuration; write one that names an "
                        + "algorithm."));
  }
}
