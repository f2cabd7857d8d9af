package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.RunIdentity;
import io.leeway.store.CommitResult;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunLedger;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One attempt at a run of one model: its names, and how it is committed. */
final class Attempt {
  private final Store store;
  private final ModelConfig model;
  private final String command;
  private final RunSources sources;
  private final String runId;
  private final String attemptId = RunIdentity.attempt();
  private final Instant startedAt = Instant.now();
  private final long plannedAfter;
  private final List<CommittedRun> committed;

  /**
   * Starts an attempt.
   *
   * @param asked what, besides model, configuration, source and code, makes this run the same as
   *     another
   * @param force whether it shall be a run of its own in any case
   */
  Attempt(
      Store store,
      ModelConfig model,
      String command,
      RunSources sources,
      List<CommittedRun> committed,
      List<?> asked,
      boolean force) {
    this.store = store;
    this.model = model;
    this.command = command;
    this.sources = sources;
    this.committed = committed;
    this.plannedAfter = committed.stream().mapToLong(CommittedRun::sequence).max().orElse(0);
    List<Object> parts =
        new ArrayList<>(
            List.of(
                command,
                model.name(),
                model.measureHash(),
                sources.predictionsTableId(),
                sources.predictionsVersion(),
                RunLedger.generation(committed, command, model.measureHash(), sources),
                Code.version(),
                Store.FORMAT));
    if (sources.labelsTableId() != null) {
      parts.add(sources.labelsTableId());
      parts.add(sources.labelsVersion());
    }
    parts.addAll(asked);
    if (force) {
      parts.add(attemptId);
    }
    this.runId = RunIdentity.hash(parts);
  }

  String runId() {
    return runId;
  }

  String attemptId() {
    return attemptId;
  }

  /** The run, if it is committed already. */
  Optional<CommittedRun> alreadyDone() {
    return committed.stream().filter(run -> run.run().runId().equals(runId)).findFirst();
  }

  Stamp stamp(String binsId, String baselineId) {
    return new Stamp(binsId, baselineId, runId, attemptId, startedAt);
  }

  /**
   * Makes the rows of this attempt count.
   *
   * @param incremental whether the next plan may go on from the version of the source that was read
   * @return the run as it is in the ledger, by this attempt or by another one that was first
   * @throws EnvironmentException if a run with another configuration was committed meanwhile
   */
  Ended commit(
      String binsId,
      String baselineId,
      List<PublishedPart> parts,
      boolean incremental,
      String summary) {
    RunRecord record =
        new RunRecord(
            model.name(),
            runId,
            attemptId,
            command,
            model.measureHash(),
            Code.version(),
            sources,
            incremental,
            binsId,
            baselineId,
            startedAt,
            plannedAfter,
            parts,
            summary);
    CommitResult result = new RunLedger(store).commit(record);
    if (result instanceof CommitResult.Superseded) {
      throw new EnvironmentException(
          "Model '%s': while this run was at work, a run with another configuration was committed, so its rows do not count. Run it again."
              .formatted(model.name()));
    }
    if (result instanceof CommitResult.Abandoned) {
      throw new EnvironmentException(
          "Model '%s': this run began at %s and took so long that 'leeway maintain' held it to be dead, so its rows do not count. Run it again, and let maintain wait longer by --abandoned-after."
              .formatted(model.name(), startedAt));
    }
    if (result instanceof CommitResult.Lost lost) {
      return new Ended(false, lost.winner(), List.of());
    }
    CommitResult.Won won = (CommitResult.Won) result;
    return new Ended(true, won.run(), won.leftOut());
  }

  /**
   * How an attempt ended.
   *
   * @param won whether its own rows count
   * @param run as it was committed
   * @param leftOut what does not count, since a newer version of the source is published there
   */
  record Ended(boolean won, CommittedRun run, List<PublishedPart> leftOut) {
    Ended {
      leftOut = List.copyOf(leftOut);
    }

    /** In plain words, what was left out; nothing if nothing was. */
    List<String> notes() {
      return leftOut.stream().map(Ended::note).toList();
    }

    private static String note(PublishedPart left) {
      Part part = left.part();
      String version =
          part.modelVersion() == null ? "" : " for model version " + part.modelVersion();
      return "Left out: %s from %s to %s%s, %s rows. This run read version %s of the predictions, and numbers from a newer version were published there meanwhile; those stay."
          .formatted(
              part.granularity(),
              part.window().start(),
              part.window().end(),
              version,
              left.rows(),
              left.predictionsVersion());
    }
  }
}
