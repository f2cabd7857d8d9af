package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.TableRef;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import io.leeway.monitor.Code;
import io.leeway.monitor.Progress;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.registry.files.ModelFiles;
import io.leeway.retrain.RetrainReport.Result;
import io.leeway.store.SourceTable;
import io.leeway.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Retrains a model: takes the lease, checks the rows, trains a candidate, holds it against the
 * champion, writes its files, and puts it on record by one entry in the audit log. Until that entry
 * nothing shows; a run that died is made again from the start and leaves the same.
 */
public final class RetrainJob {
  private final Store store;
  private final Registry registry;
  private final ModelFiles files;
  private final Progress progress;

  /**
   * A job.
   *
   * @param modelsRoot folder of all versions' files
   */
  public RetrainJob(Store store, Registry registry, String modelsRoot, Progress progress) {
    this.store = store;
    this.registry = registry;
    this.files = new ModelFiles(store.spark(), modelsRoot);
    this.progress = progress;
  }

  /**
   * Retrains, if a decision calls for it or it is forced.
   *
   * @throws UserException if the configuration or the data do not allow it, or another run has the
   *     lease; the champion is untouched
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public RetrainReport run(ModelConfig model, RetrainRequest request) {
    RetrainConfig config = required(model);
    Optional<AuditEntry> due = request.forced().isPresent() ? Optional.empty() : due(model, config);
    if (request.forced().isEmpty() && due.isEmpty()) {
      return notDue(model);
    }
    SourceTable predictions = open(model.predictions().table());
    SourceTable labels = open(model.labels().orElseThrow().table());
    String runId =
        request
            .runId()
            .orElseGet(
                () ->
                    due.map(of -> runId(model, of))
                        .orElseGet(() -> runId(model, request, predictions, labels)));
    Optional<Version> done = madeBy(registry.state(model.name()), runId);
    if (done.isPresent()) {
      return alreadyDone(model, done.get());
    }
    Retraining.Attempt attempt =
        new Retraining.Attempt(
            runId,
            request.runId().isPresent(),
            RunIdentity.attempt(),
            request.by(),
            due.map(of -> of.act().reason()).or(request::forced).orElseThrow());
    return new Retraining(
            store, registry, files, progress, model, config, attempt, predictions, labels)
        .run(request.now());
  }

  private Optional<AuditEntry> due(ModelConfig model, RetrainConfig config) {
    RetrainDesk desk = new RetrainDesk(store, registry);
    return desk.due(registry.state(model.name()))
        .or(
            () -> {
              desk.decide(model, config);
              return desk.due(registry.state(model.name()));
            });
  }

  /** A decision is acted on once, so a run that died goes on though rows have come since. */
  private static String runId(ModelConfig model, AuditEntry due) {
    return RunIdentity.hash(List.of("retrain", model.name(), "decision " + due.sequence()));
  }

  /** What is forced for one reason on one state of the tables is one run. */
  private static String runId(
      ModelConfig model, RetrainRequest request, SourceTable predictions, SourceTable labels) {
    return RunIdentity.hash(
        List.of(
            "retrain",
            model.name(),
            model.hash(),
            predictions.id(),
            predictions.version(),
            labels.id(),
            labels.version(),
            "forced " + request.forced().orElseThrow(),
            Code.version()));
  }

  private static RetrainConfig required(ModelConfig model) {
    if (model.labels().isEmpty()) {
      throw new UserException(
          "Model '" + model.name() + "' has no labels, so there is nothing to learn from.");
    }
    return model
        .retrain()
        .orElseThrow(
            () ->
                new UserException(
                    "Model '"
                        + model.name()
                        + "' has no block 'retrain'; write one that names an algorithm."));
  }

  private SourceTable open(TableRef table) {
    return SourceTable.open(store.spark(), table, OptionalLong.empty());
  }

  private RetrainReport notDue(ModelConfig model) {
    return RetrainReport.without(
        model.name(),
        Result.NOT_DUE,
        List.of(
            registry.state(model.name()).decisions().stream()
                .reduce((one, later) -> later)
                .filter(of -> !of.act().details().text("decision").orElse("").equals("FIRE"))
                .map(of -> "Retraining is not called for: " + of.act().reason())
                .orElse(
                    "Nothing calls for retraining; 'leeway retrain --force' does it all the same.")));
  }

  private static Optional<Version> madeBy(ModelState state, String runId) {
    return state.versions().stream()
        .filter(of -> of.facts().text("run_id").filter(runId::equals).isPresent())
        .findFirst();
  }

  private static RetrainReport alreadyDone(ModelConfig model, Version version) {
    return new RetrainReport(
        model.name(),
        Result.ALREADY_DONE,
        OptionalInt.of(version.number()),
        Optional.of(version.digest()),
        List.of(
            "The same was trained before: it is version "
                + version.number()
                + ", "
                + version.stage().text()
                + "."));
  }
}
