package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.Registry;
import io.leeway.retrain.RetrainJob;
import io.leeway.retrain.RetrainReport;
import io.leeway.retrain.RetrainRequest;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway retrain}. */
@Command(
    name = "retrain",
    description = {
      "Retrains each model for which open incidents call for it: checks the rows, trains a candidate, holds it against the champion, and keeps it with what was found.",
      "Nothing is let out before it is approved."
    },
    mixinStandardHelpOptions = true)
final class RetrainCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  @Option(
      names = "--force",
      description = "Retrain though nothing calls for it; --reason says why.")
  private boolean force;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; goes on record.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description =
          "Who asks; goes on record, and does not approve the version alone. The user of this machine unless given.")
  private String by = System.getProperty("user.name", "unknown");

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description = "The scheduler's name of the run, the same over retries.")
  private String runId;

  RetrainCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    if (force == (reason == null || reason.isBlank())) {
      throw new UserException("--force and --reason go together: a forced retraining says why.");
    }
    if (by.isBlank()) {
      throw new UserException("--by is blank; the audit log needs it.");
    }
    Instant now = Instant.now();
    return ModelLoop.run(
        models,
        sessions(),
        (config, store, model) ->
            model.retrain().isEmpty() && !force
                ? ModelOutcome.passed(model.name())
                : retrained(store, model, RetrainNeed.of(model).modelsRoot(config.store()), now));
  }

  private ModelOutcome retrained(Store store, ModelConfig model, String root, Instant now) {
    RetrainReport report =
        new RetrainJob(store, new Registry(store), root, this::progress)
            .run(
                model,
                new RetrainRequest(
                    by.strip(), Optional.ofNullable(reason), Optional.ofNullable(runId), now));
    return ModelOutcome.passed(model.name()).and(told(report));
  }

  private static Told told(RetrainReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    String result = report.result().name().toLowerCase(Locale.ROOT);
    facts.put("result", result);
    facts.put("version", report.version().isPresent() ? report.version().getAsInt() : null);
    facts.put("digest", report.digest().orElse(null));
    return new Told("retrain", result, facts, report.words());
  }
}
