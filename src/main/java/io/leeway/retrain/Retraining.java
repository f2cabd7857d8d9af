package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import io.leeway.monitor.Progress;
import io.leeway.registry.ActKind;
import io.leeway.registry.Details;
import io.leeway.registry.Lease;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.registry.files.InputColumn;
import io.leeway.registry.files.ModelFiles;
import io.leeway.registry.files.SavedModel;
import io.leeway.registry.files.ScoringModel;
import io.leeway.retrain.RetrainReport.Result;
import io.leeway.retrain.gate.Verdict;
import io.leeway.store.ResultTable;
import io.leeway.store.SourceTable;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** One attempt at a retraining, from the lease to the entry in the audit log. */
final class Retraining {
  /**
   * Who makes what, and why.
   *
   * @param isNamed whether a scheduler or a person says that it is this run, and so that the
   *     attempt before has ended
   */
  record Attempt(String runId, boolean isNamed, String id, String by, String why) {}

  private final Store store;
  private final Registry registry;
  private final ModelFiles files;
  private final Progress progress;
  private final ModelConfig model;
  private final RetrainConfig config;
  private final Attempt attempt;
  private final SourceTable predictions;
  private final SourceTable labels;

  Retraining(
      Store store,
      Registry registry,
      ModelFiles files,
      Progress progress,
      ModelConfig model,
      RetrainConfig config,
      Attempt attempt,
      SourceTable predictions,
      SourceTable labels) {
    this.store = store;
    this.registry = registry;
    this.files = files;
    this.progress = progress;
    this.model = model;
    this.config = config;
    this.attempt = attempt;
    this.predictions = predictions;
    this.labels = labels;
  }

  RetrainReport run(Instant now) {
    Lease lease =
        new Lease(
            attempt.runId(),
            attempt.id(),
            attempt.by(),
            registry.now().plus(config.trigger().lease()));
    registry.act(
        model.name(),
        state -> {
          if (!attempt.isNamed()) {
            Lease.requireDead(state, attempt.runId(), registry.now());
          }
          return Lease.take(state, lease, attempt.why(), registry.now(), Details.NONE);
        });
    try {
      return candidate(now);
    } catch (UserException e) {
      giveBack("FAILED", e.getMessage(), Details.NONE);
      throw e;
    }
  }

  private RetrainReport candidate(Instant now) {
    TrainingPeriod period = period(now);
    progress.say("Reading the rows from " + period.from() + " until " + period.until() + ".");
    try (TrainingRows rows =
        TrainingRows.read(model, config.training(), predictions, labels, period)) {
      FeaturePipeline features =
          FeaturePipeline.of(model, config.pipeline(), rows.trainedOrHeldOut());
      BatchCheck check = checked(rows, features, now);
      if (check.isRejected()) {
        return rejected(check);
      }
      // Before the training, which is lost if the threshold cannot be told or the champion not
      // read.
      Optional<Version> champion = registry.state(model.name()).champion();
      Optional<Incumbent> incumbent =
          champion.map(version -> Incumbent.of(model, version, loaded(version)));
      double threshold =
          DecisionThreshold.of(model, config.threshold(), incumbent.map(Incumbent::scoring), rows);
      progress.say("Training on " + rows.facts().trainingRows() + " rows.");
      Trained trained = new Trainer(model, config.training(), features).train(rows);
      SavedModel staged =
          files.stage(
              attempt.runId(),
              model.name(),
              trained.description(model, threshold),
              trained.pipeline());
      ScoringModel candidate = files.load(staged);
      progress.say("Holding the candidate against the champion.");
      Verdict verdict = new GateRun(model, config.gate(), threshold).of(rows, candidate, incumbent);
      return recorded(rows, trained, threshold, staged, champion, verdict, check);
    }
  }

  private ScoringModel loaded(Version version) {
    return files.load(
        model.name(), version.number(), version.digest(), version.facts().text("manifest"));
  }

  private BatchCheck checked(TrainingRows rows, FeaturePipeline features, Instant now) {
    Optional<Set<String>> named =
        config.pipeline().isAuto()
            ? Optional.empty()
            : Optional.of(
                features.inputs().stream().map(InputColumn::name).collect(Collectors.toSet()));
    // A run of several models takes long, and predictions that come meanwhile are of no future.
    Instant clock = registry.now();
    Instant asOf = clock.isAfter(now) ? clock : now;
    return BatchCheck.of(store, model, config, predictions, rows, asOf, named);
  }

  private RetrainReport rejected(BatchCheck check) {
    giveBack("DATA_REJECTED", check.sentence(), Details.of("anomalies", check.words()));
    List<String> words = new ArrayList<>(List.of(check.sentence()));
    check.words().forEach(of -> words.add("  " + of));
    return RetrainReport.without(model.name(), Result.DATA_REJECTED, words);
  }

  /** Up to the last prediction whose label must have come. */
  private TrainingPeriod period(Instant now) {
    Instant mature = now.minus(model.labels().orElseThrow().matureAfter());
    Instant last =
        predictions
            .timeRange(model.predictions().time())
            .orElseThrow(
                () ->
                    new UserException(
                        "Table '" + predictions.address() + "' has no rows to learn from."))
            .end();
    Instant until = mature.isBefore(last) ? mature : last;
    return new TrainingPeriod(
        until.minus(config.training().window()),
        until.minus(config.training().holdout()),
        until,
        now);
  }

  private RetrainReport recorded(
      TrainingRows rows,
      Trained trained,
      double threshold,
      SavedModel staged,
      Optional<Version> champion,
      Verdict verdict,
      BatchCheck check) {
    ModelState state = registry.state(model.name());
    Lease.require(state, attempt.id());
    int number = unused(staged, state);
    SavedModel saved = files.publish(staged, number);
    CandidateRows evidence =
        new CandidateRows(model.name(), number, attempt.runId(), attempt.id(), registry.now());
    append(ResultTable.GATE_CHECKS, evidence.checks(verdict.checks()));
    append(ResultTable.TRIALS, evidence.trials(trained));
    Details details =
        VersionDetails.of(
            model,
            config,
            rows,
            trained,
            threshold,
            saved,
            champion,
            verdict,
            check,
            lineage(rows),
            attempt.runId(),
            attempt.id(),
            registry.now());
    registry.act(
        model.name(),
        attempt.id(),
        now -> {
          Lease.require(now, attempt.id());
          return Optional.of(
              NewEntry.of(ActKind.VERSION_ADDED, number, attempt.by(), attempt.why(), details));
        });
    return report(number, saved, trained, rows, verdict);
  }

  /** The next number; above it where an attempt that never came to be on record left its files. */
  private int unused(SavedModel staged, ModelState state) {
    int number = state.nextVersion(ExternalVersions.greatest(model, predictions));
    while (files.isAnother(staged, number)) {
      progress.say(
          "The folder of version "
              + number
              + " holds another model, or not all of one; it stays, and the next number is taken.");
      number++;
    }
    return number;
  }

  private void append(ResultTable table, List<Row> rows) {
    store.append(table, store.spark().createDataFrame(rows, table.schema()).coalesce(1));
  }

  private Lineage lineage(TrainingRows rows) {
    return new Lineage(
        model,
        predictions,
        labels,
        rows.period().from(),
        rows.period().holdoutFrom(),
        rows.period().until(),
        Instant.now(),
        rows.facts().rows(),
        Long.toHexString(rows.facts().contentHash()));
  }

  private RetrainReport report(
      int number, SavedModel saved, Trained trained, TrainingRows rows, Verdict verdict) {
    List<String> words = new ArrayList<>();
    words.add(
        String.format(
            Locale.ROOT,
            "Version %d: %s %s, trained on %,d rows in %.1f s, calibration %s.",
            number,
            config.training().algorithm().text(),
            trained.parameters(),
            rows.facts().trainingRows(),
            trained.seconds(),
            trained.calibration().chosen().text()));
    words.add(
        verdict.isBlessed()
            ? "The gate has blessed it: "
                + verdict.checks().size()
                + " checks, none against it. It waits for "
                + config.approval().approvers()
                + " approval"
                + (config.approval().approvers() == 1 ? "" : "s")
                + ": leeway approve "
                + number
                + "."
            : "The gate has refused it:");
    verdict.blocking().forEach(of -> words.add("  " + of.sentence()));
    return new RetrainReport(
        model.name(),
        verdict.isBlessed() ? Result.BLESSED : Result.NOT_BLESSED,
        OptionalInt.of(number),
        Optional.of(saved.digest()),
        words);
  }

  private void giveBack(String outcome, String reason, Details more) {
    registry.act(
        model.name(),
        RunIdentity.attempt(),
        state ->
            Lease.isHeldBy(state, attempt.id())
                ? Optional.of(
                    Lease.giveBack(state, attempt.id(), attempt.by(), outcome, reason, more))
                : Optional.empty());
  }
}
