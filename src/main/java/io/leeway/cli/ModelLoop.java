package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.monitor.ModelReport;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;

/** One job for each of several models: one that fails does not stop the others. */
final class ModelLoop {
  /** A job for one model. */
  @FunctionalInterface
  interface Job {
    ModelReport run(Store store, ModelConfig model);
  }

  private ModelLoop() {}

  /**
   * Runs the job for each chosen model whose tables are as its configuration says.
   *
   * @throws io.leeway.domain.LeewayException where no model could be tried: a wrong configuration
   */
  static Ending run(ModelOptions options, Sessions sessions, Job job) {
    LeewayConfig config = options.load(sessions);
    List<ModelConfig> models = options.chosen(config);
    Store store = Store.open(sessions.session(), config.store());
    List<ModelOutcome> outcomes = new ArrayList<>();
    for (ModelConfig model : models) {
      try {
        SourceCheck.refuseProblems(sessions.session(), model);
        outcomes.add(ModelOutcome.done(job.run(store, model)));
      } catch (Exception | OutOfMemoryError e) {
        Failure failure = Failure.of(e, "Model '" + model.name() + "'");
        outcomes.add(ModelOutcome.failed(model.name(), failure));
      }
    }
    return Ending.of(outcomes);
  }
}
