package io.leeway.store;

import io.leeway.domain.PublishedPart;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one attempt at a run did, as it asks for its rows to count.
 *
 * @param runId what was asked; the same for every retry
 * @param attemptId this process's own; stands in every row that it wrote
 * @param command the command whose runs these are; generations are counted per command
 * @param configHash of everything in the configuration that changes a result
 * @param incremental whether the next plan may start from this run's source versions
 * @param binsId grid that was used, or {@code null}
 * @param baselineId reference profiles that were used, or {@code null}
 * @param plannedAfter {@link CommittedRun#sequence} of the model's last run when this one was
 *     planned, 0 if there was none
 * @param parts what the attempt wrote
 * @param summary JSON for schedulers
 */
public record RunRecord(
    String model,
    String runId,
    String attemptId,
    String command,
    String configHash,
    String codeVersion,
    RunSources sources,
    boolean incremental,
    String binsId,
    String baselineId,
    Instant startedAt,
    long plannedAfter,
    List<PublishedPart> parts,
    String summary) {

  public RunRecord {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(attemptId, "attemptId");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(configHash, "configHash");
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(startedAt, "startedAt");
    parts = List.copyOf(parts);
    if (plannedAfter < 0) {
      throw new IllegalArgumentException(
          "Runs are numbered from 1, but run "
              + runId
              + " was planned after "
              + plannedAfter
              + ".");
    }
  }

  /** The same attempt, publishing other parts. */
  public RunRecord withParts(List<PublishedPart> published) {
    return new RunRecord(
        model,
        runId,
        attemptId,
        command,
        configHash,
        codeVersion,
        sources,
        incremental,
        binsId,
        baselineId,
        startedAt,
        plannedAfter,
        published,
        summary);
  }

  /** Whether the other run would say the same of the same rows: one configuration, one source. */
  boolean isSameMakeAs(RunRecord other) {
    return isMadeBy(other.configHash, other.sources);
  }

  boolean isMadeBy(String configuration, RunSources from) {
    return configHash.equals(configuration) && sources.areTheTablesOf(from);
  }
}
