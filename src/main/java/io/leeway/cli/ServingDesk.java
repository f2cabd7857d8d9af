package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.ScoringConfig;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.files.ModelFiles;
import io.leeway.registry.files.ScoringModel;
import io.leeway.serving.CircuitDesk;
import io.leeway.serving.MonitoredReadings;
import io.leeway.serving.ScoreJob;
import io.leeway.serving.ScoreReport;
import io.leeway.serving.ab.TestJob;
import io.leeway.serving.ab.TestReport;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.serving.circuit.CircuitState;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.Optional;

/** Scores, reads tests and looks at the circuit of a model, with the versions' files at hand. */
final class ServingDesk {
  private final Store store;
  private final Registry registry;
  private final String modelsRoot;

  ServingDesk(Store store, Registry registry, String modelsRoot) {
    this.store = store;
    this.registry = registry;
    this.modelsRoot = modelsRoot;
  }

  /** What came of a scoring, and the circuit's entry if there was one to make. */
  record Scored(ScoreReport report, Optional<AuditEntry> circuit) {}

  /**
   * Scores what is new, and lets the circuit see how it went.
   *
   * @throws UserException if the model's configuration names nothing to score
   */
  Scored score(ModelConfig model, Instant now) {
    RetrainConfig retrain = RetrainNeed.of(model);
    renew(model, retrain, now);
    ModelFiles files = new ModelFiles(store.spark(), modelsRoot);
    ScoreReport report =
        new ScoreJob(
                store.spark(),
                registry,
                version -> {
                  ScoringModel loaded =
                      files.load(
                          model.name(),
                          version.number(),
                          version.digest(),
                          version.facts().text("manifest"));
                  return loaded::score;
                })
            .run(model, scoring(model), retrain.circuit(), now);
    ModelState state = registry.state(model.name());
    Optional<AuditEntry> circuit =
        state.champion().isEmpty()
            ? Optional.empty()
            : new CircuitDesk(registry)
                .look(
                    model.name(),
                    retrain.circuit(),
                    new MonitoredReadings(store, model, retrain.circuit())
                        .added(report.readings(), state, now),
                    now,
                    "leeway");
    return new Scored(report, circuit);
  }

  /**
   * An open circuit comes to its probe when its time has come, though nothing can be scored while
   * it is open; and no state runs out between two scorings.
   */
  private void renew(ModelConfig model, RetrainConfig retrain, Instant now) {
    if (CircuitDesk.published(registry.state(model.name())).state() != CircuitState.CLOSED) {
      new CircuitDesk(registry)
          .look(model.name(), retrain.circuit(), CircuitReadings.NONE, now, "leeway");
    }
  }

  /** Looks at the running test. */
  TestReport test(ModelConfig model, Instant now) {
    return new TestJob(store, registry)
        .run(
            model,
            scoring(model),
            RetrainNeed.of(model).traffic(),
            now,
            "leeway",
            RunIdentity.attempt());
  }

  private static ScoringConfig scoring(ModelConfig model) {
    return RetrainNeed.of(model)
        .scoring()
        .orElseThrow(
            () ->
                new UserException(
                    "Model '"
                        + model.name()
                        + "' names nothing to score; write retrain.scoring { table = ... }."));
  }
}
