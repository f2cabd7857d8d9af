package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.PublishedPart;
import io.leeway.store.CommitResult;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunLedger;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import io.leeway.store.SourceTable;
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
  private final SourceTable source;
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
      SourceTable source,
      List<CommittedRun> committed,
      List<?> asked,
      boolean force) {
    this.store = store;
    this.model = model;
    this.command = command;
    this.source = source;
    this.committed = committed;
    this.plannedAfter = committed.stream().mapToLong(CommittedRun::sequence).max().orElse(0);
    List<Object> parts =
        new ArrayList<>(
            List.of(
                command,
                model.name(),
                model.measureHash(),
                source.id(),
                source.version(),
                Code.version(),
                Store.FORMAT));
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
    return new Stamp(binsId, baselineId, runId, attemptId, startedAt, null);
  }

  /**
   * Makes the rows of this attempt count.
   *
   * @return whether they do now; if not, another attempt at the same run was first
   * @throws EnvironmentException if a run with another configuration was committed meanwhile
   */
  boolean commit(String binsId, String baselineId, List<PublishedPart> parts, String summary) {
    RunRecord record =
        new RunRecord(
            model.name(),
            runId,
            attemptId,
            command,
            model.measureHash(),
            Code.version(),
            new RunSources(source.id(), source.version(), null, null),
            false,
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
    return result instanceof CommitResult.Won;
  }
}
