package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.store.StorageErrors;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One job for each of several models: one that fails does not stop the others. */
final class ModelLoop {
  /** A job for one model. */
  @FunctionalInterface
  interface Job {
    ModelOutcome run(LeewayConfig config, Store store, ModelConfig model);
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
    return Ending.of(
        outcomes(
            models,
            model -> {
              SourceCheck.refuseProblems(sessions.session(), model);
              return job.run(config, store, model);
            }));
  }

  /** The model, and the key of the expression that failed, if one did. */
  private static String where(ModelConfig model, Throwable error) {
    Optional<String> key =
        StorageErrors.failedSql(error)
            .flatMap(
                sql ->
                    model.expressions().entrySet().stream()
                        .filter(expression -> expression.getValue().contains(sql))
                        .map(Map.Entry::getKey)
                        .findFirst());
    return "Model '" + model.name() + "'" + key.map(of -> ", " + of).orElse("");
  }

  /** Does the same for each model; whatever stops one, an {@link Error} too, is its outcome. */
  static List<ModelOutcome> outcomes(
      List<ModelConfig> models, Function<ModelConfig, ModelOutcome> work) {
    List<ModelOutcome> outcomes = new ArrayList<>();
    for (ModelConfig model : models) {
      try {
        outcomes.add(work.apply(model));
      } catch (Exception | Error e) {
        Failure failure = Failure.of(e, where(model, e));
        outcomes.add(ModelOutcome.failed(model.name(), failure));
      }
    }
    return outcomes;
  }
}
