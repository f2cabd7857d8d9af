package io.leeway.policy;

import io.leeway.domain.PublishedPart;
import io.leeway.domain.RunIdentity;
import io.leeway.monitor.Code;
import io.leeway.store.CommitResult;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * One attempt at a run that reads no source: it appends rows, of which nothing shows before they
 * are committed.
 */
final class PolicyRun {
  private final Store store;
  private final String model;
  private final String command;
  private final String configHash;
  private final long plannedAfter;
  private final Stamp stamp;

  private PolicyRun(
      Store store,
      String model,
      String command,
      String configHash,
      List<CommittedRun> committed,
      List<Object> asked) {
    this.store = store;
    this.model = model;
    this.command = command;
    this.configHash = configHash;
    this.plannedAfter = committed.stream().mapToLong(CommittedRun::sequence).max().orElse(0);
    String attempt = RunIdentity.attempt();
    List<Object> named = new ArrayList<>(List.of(command, model, configHash, Code.version()));
    named.addAll(asked.isEmpty() ? List.of(attempt) : asked);
    // The same is asked again where others have shown in between.
    named.add(plannedAfter);
    this.stamp = new Stamp(null, null, RunIdentity.hash(named), attempt, Instant.now());
  }

  /** Of what is asked for once, such as an act of a person's. */
  static PolicyRun once(Store store, String model, String command, List<CommittedRun> committed) {
    return new PolicyRun(store, model, command, "", committed, List.of());
  }

  /**
   * Of what a retry would ask for again, word for word.
   *
   * @param asked not empty
   */
  static PolicyRun repeatable(
      Store store,
      Policy policy,
      String command,
      List<CommittedRun> committed,
      List<Object> asked) {
    return new PolicyRun(store, policy.model(), command, policy.hash(), committed, asked);
  }

  /** What every row of this attempt bears. */
  Stamp stamp() {
    return stamp;
  }

  /** Appends the few rows that a run of this room makes of a table, as one file. */
  void append(ResultTable table, List<Row> rows) {
    if (!rows.isEmpty()) {
      store.append(table, store.spark().createDataFrame(rows, table.schema()).coalesce(1));
    }
  }

  /**
   * Makes the rows count.
   *
   * @param rivals commands of which no run may have come in between
   * @return whether they do; not so if one has
   */
  boolean isCommitted(List<PublishedPart> parts, Set<String> rivals) {
    RunRecord run =
        new RunRecord(
            model,
            stamp.runId(),
            stamp.attemptId(),
            command,
            configHash,
            Code.version(),
            RunSources.NONE,
            false,
            null,
            null,
            stamp.computedAt(),
            plannedAfter,
            parts,
            "{}");
    return new RunLedger(store).commit(run, rivals) instanceof CommitResult.Won;
  }
}
