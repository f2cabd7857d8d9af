package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.StoreConfig;
import io.leeway.registry.Registry;
import io.leeway.serving.CurrentFile;
import org.apache.hadoop.conf.Configuration;

/** Says who serves in {@code current.json}, for those who do not read the tables. */
final class CurrentState {
  private CurrentState() {}

  /** Writes the file as the model stands now; nothing where it is not retrained. */
  static void publish(
      Configuration hadoop, StoreConfig store, Registry registry, ModelConfig model) {
    if (model.retrain().isPresent()) {
      RetrainConfig retrain = model.retrain().get();
      new CurrentFile(hadoop, retrain.modelsRoot(store))
          .write(registry.state(model.name()), retrain.circuit());
    }
  }
}
