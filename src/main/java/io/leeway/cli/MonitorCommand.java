package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.StoreConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.policy.JudgeJob;
import io.leeway.policy.JudgeReport;
import io.leeway.policy.NoticeJob;
import io.leeway.policy.verdict.Severity;
import io.leeway.registry.Registry;
import io.leeway.retrain.RetrainDesk;
import io.leeway.retrain.decide.RetrainDecision;
import io.leeway.store.Store;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway monitor}: brings each model's results up to date. */
@Command(
    name = "monitor",
    description = {
      "Brings each model's results up to date: reads the windows that are due, writes their metrics, judges them by the model's policy, brings its incidents up to date, and decides whether they call for retraining.",
      "Without --from and --until, those are the complete windows without a result, and those whose rows or configuration have changed since."
    },
    mixinStandardHelpOptions = true)
final class MonitorCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  @Option(
      names = "--from",
      paramLabel = "DATE|INSTANT",
      description =
          "Compute windows again that start then or later; a date is midnight in the model's zone.")
  private String from;

  @Option(
      names = "--until",
      paramLabel = "DATE|INSTANT",
      description = "Compute windows again that end then or earlier.")
  private String until;

  @Option(
      names = "--source-version",
      paramLabel = "NUMBER",
      description =
          "Read this version of the predictions' table instead of the newest, if it is kept still.")
  private Long sourceVersion;

  @Option(
      names = "--labels-until",
      paramLabel = "DATE|INSTANT",
      description =
          "Leave out predictions and labels of later times, as if it were then. Use a store of its own for it.")
  private String labelsUntil;

  @Option(names = "--force", description = "Make a run again though it is committed.")
  private boolean force;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "End with code 3 if an incident of this severity or above is open: ${COMPLETION-CANDIDATES}.")
  private Severity failOn;

  @Option(names = "--dry-run", description = "Say only which windows are due, and why.")
  private boolean dryRun;

  MonitorCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    Optional<PointInTime> start = point("--from", from);
    Optional<PointInTime> end = point("--until", until);
    Optional<PointInTime> labels = point("--labels-until", labelsUntil);
    Instant now = Instant.now();
    return ModelLoop.run(
        models,
        sessions(),
        (config, store, model) ->
            watched(config, store, model, request(model, start, end, labels, now)));
  }

  /** Brings the numbers up to date, judges them, and tells people. */
  private ModelOutcome watched(
      LeewayConfig config, Store store, ModelConfig model, MonitorRequest request) {
    JudgeJob judge = new JudgeJob(store, this::progress);
    JudgeJob.requireRules(model);
    ModelOutcome outcome =
        ModelOutcome.done(new Monitor(store, this::progress).run(model, request));
    if (request.dryRun()) {
      return outcome;
    }
    JudgeReport judged = judge.run(model, request.now());
    ModelOutcome told =
        outcome.judged(
            judged, new NoticeJob(store, config.notices()).run(model.name(), judged), failOn());
    return model
        .retrain()
        .map(retrain -> decided(config.store(), store, model, retrain, told))
        .orElse(told);
  }

  /**
   * Whether what is open calls for retraining; and who serves is said again, if that was missed.
   */
  private ModelOutcome decided(
      StoreConfig place,
      Store store,
      ModelConfig model,
      RetrainConfig retrain,
      ModelOutcome outcome) {
    Registry registry = new Registry(store);
    Optional<RetrainDecision> decision = new RetrainDesk(store, registry).decide(model, retrain);
    return new CurrentState(sessions().hadoop(), place, registry)
        .published(model, decision.map(of -> outcome.and(told(of))).orElse(outcome));
  }

  private static Told told(RetrainDecision decision) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("decision", decision.outcome().name());
    facts.put("cause", decision.cause());
    facts.put("incidents", decision.incidents());
    return new Told(
        "retrain",
        decision.outcome().name(),
        facts,
        List.of(
            decision.isFire()
                ? "Retraining is called for: " + decision.sentence()
                : "Not retrained (" + decision.outcome().name() + "): " + decision.sentence()));
  }

  private Optional<Severity> failOn() {
    return Optional.ofNullable(failOn);
  }

  private MonitorRequest request(
      ModelConfig model,
      Optional<PointInTime> start,
      Optional<PointInTime> end,
      Optional<PointInTime> labels,
      Instant now) {
    ZoneId zone = model.windows().zone();
    Optional<Instant> first = start.map(point -> point.in(zone));
    Optional<Instant> last = end.map(point -> point.in(zone));
    if (first.isPresent() && last.isPresent() && !first.get().isBefore(last.get())) {
      throw new UserException(
          "--until "
              + until
              + " is not after --from "
              + from
              + ", so no window lies between; write a later --until.");
    }
    return new MonitorRequest(
        first,
        last,
        labels.map(point -> point.in(zone)),
        sourceVersion == null ? OptionalLong.empty() : OptionalLong.of(sourceVersion),
        force,
        dryRun,
        now);
  }

  private static Optional<PointInTime> point(String option, String text) {
    return Optional.ofNullable(text).map(given -> PointInTime.parse(option, given));
  }
}
