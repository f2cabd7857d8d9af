package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.StoreConfig;
import io.leeway.domain.LeewayException;
import io.leeway.registry.Registry;
import io.leeway.serving.CurrentFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Says who serves in {@code current.json}, for those who do not read the tables. */
final class CurrentState {
  private final Configuration hadoop;
  private final StoreConfig store;
  private final Registry registry;

  CurrentState(Configuration hadoop, StoreConfig store, Registry registry) {
    this.hadoop = hadoop;
    this.store = store;
    this.registry = registry;
  }

  /** The same, told with what came of a command. */
  ModelOutcome published(ModelConfig model, ModelOutcome outcome) {
    return publish(model)
        .map(why -> outcome.and(new Told("current_file", "not_written", Map.of(), List.of(why))))
        .orElse(outcome);
  }

  /**
   * Writes the file as the model stands now; nothing where it is not retrained. What was done is on
   * record before; a command that failed for want of the file would only be done twice.
   *
   * @return what to tell people if it could not be written
   */
  Optional<String> publish(ModelConfig model) {
    if (model.retrain().isEmpty()) {
      return Optional.empty();
    }
    RetrainConfig retrain = model.retrain().get();
    CurrentFile file = new CurrentFile(hadoop, retrain.modelsRoot(store));
    try {
      file.write(registry.state(model.name()), retrain.circuit());
      return Optional.empty();
    } catch (LeewayException e) {
      return Optional.of(
          "ATTENTION: "
              + file.path(model.name())
              + " could not be written, so whoever serves by that file still goes by what was before. "
              + e.getMessage()
              + " What was done is on record and is not to be done again: mend the storage, and the next "
              + "'leeway monitor', 'score', 'ab', 'circuit' or 'promote' writes the file.");
    }
  }
}
