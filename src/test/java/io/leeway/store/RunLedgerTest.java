package io.leeway.store;

import static io.leeway.store.Attempts.configured;
import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.outcomes;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Part;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLedgerTest {

  @TempDir private Path directory;
  private RunLedger ledger;

  @BeforeEach
  void open() {
    ledger = ledger();
  }

  private RunLedger ledger() {
    return new RunLedger(Store.atPath(LocalSpark.session(), directory.toUri().toString()));
  }

  @Test
  void aRunIsReadBackAsItWasCommitted() {
    Part unversioned = new Part(null, "7 days", inputs(0).window(), Part.Kind.ESTIMATES);
    RunRecord run =
        run(
            "m",
            "r",
            "a",
            sources(3, null),
            published(outcomes(0), 3, 4L),
            published(unversioned, 3, null));

    CommitResult result = ledger.commit(run);

    CommittedRun won = ((CommitResult.Won) result).run();
    assertThat(won.run()).isEqualTo(run);
    assertThat(ledger().committed("m")).containsExactly(won);
    assertThat(ledger().find("m", "r")).contains(won);
    assertThat(ledger().find("m", "other")).isEmpty();
    assertThat(ledger().committed("other")).isEmpty();
  }

  @Test
  void oneOfFiveAttemptsAtARunWinsInEveryRound() throws Exception {
    for (int round = 0; round < 3; round++) {
      String runId = "run-" + round;
      List<Callable<CommitResult>> attempts = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        RunRecord run = run("m", runId, runId + "-attempt-" + i, sources(1, null));
        attempts.add(() -> ledger().commit(run));
      }

      List<CommitResult> results = atOnce(attempts);

      assertThat(results).filteredOn(CommitResult.Won.class::isInstance).hasSize(1);
      String winner = ledger.find("m", runId).orElseThrow().run().attemptId();
      assertThat(results)
          .filteredOn(CommitResult.Lost.class::isInstance)
          .hasSize(4)
          .allSatisfy(
              lost ->
                  assertThat(((CommitResult.Lost) lost).winner().run().attemptId())
                      .isEqualTo(winner));
      assertThat(ledger.committed("m")).hasSize(round + 1);
    }
  }

  @Test
  void racingRunsOfUnlikeConfigurationNeverShareAGeneration() throws Exception {
    List<Callable<CommitResult>> attempts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RunRecord run = run("m", "run-" + i, "attempt-" + i, sources(1, null));
      attempts.add(() -> ledger().commit(configured(run, "config-" + run.runId(), 0)));
    }

    List<CommitResult> results = atOnce(attempts);

    // All were planned on the empty ledger, so the first makes the others outdated.
    assertThat(results).filteredOn(CommitResult.Won.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(CommitResult.Superseded.class::isInstance).hasSize(4);
    assertThat(ledger.committed("m")).hasSize(1);
  }

  @Test
  void racingRunsOfOneConfigurationAreNumberedWithoutGaps() throws Exception {
    List<Callable<CommitResult>> attempts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RunRecord run = run("m", "run-" + i, "attempt-" + i, sources(i, null));
      attempts.add(() -> ledger().commit(run));
    }

    assertThat(atOnce(attempts)).allMatch(CommitResult.Won.class::isInstance);
    assertThat(ledger.committed("m"))
        .extracting(CommittedRun::sequence)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(ledger.committed("m")).extracting(CommittedRun::generation).containsOnly(0L);
  }

  @Test
  void askingAgainAfterWinningIsToldThatItWon() {
    RunRecord run = run("m", "r", "a", sources(1, null), published(inputs(0), 1, null));
    ledger.commit(run);

    assertThat(ledger().commit(run)).isInstanceOf(CommitResult.Won.class);
    assertThat(ledger.committed("m")).hasSize(1);
  }

  @Test
  void theGenerationRisesWithTheConfigurationAndWithTheTable() {
    ledger.commit(run("m", "r1", "a1", sources(1, null)));
    ledger.commit(run("m", "r2", "a2", sources(2, null)));
    ledger.commit(configured(run("m", "r3", "a3", sources(2, null)), "config-2", 2));
    RunRecord newTable = run("m", "r4", "a4", new RunSources("p-new", 0L, null, null));
    ledger.commit(configured(newTable, "config-2", 3));

    assertThat(ledger.committed("m"))
        .extracting(CommittedRun::generation)
        .containsExactly(0L, 0L, 1L, 2L);
  }

  @Test
  void aRunOfAnotherCommandBetweenChangesNoGeneration() {
    CommittedRun monitored = Attempts.committed(1, 4, run("m", "r1", "a1", sources(1, null)));
    RunRecord other = configured(run("m", "r2", "a2", RunSources.NONE), "config-x", 1);
    CommittedRun built = Attempts.committed(2, 0, baseline(other));
    RunRecord next = configured(run("m", "r3", "a3", sources(2, null)), "config-1", 1);

    assertThat(RunLedger.decidedBy(List.of(monitored, built), next)).isEmpty();
    CommittedRun committed = RunLedger.next(List.of(monitored, built), next, List.of());
    assertThat(committed.generation()).isEqualTo(4);
    assertThat(committed.sequence()).isEqualTo(3);
  }

  private static RunRecord baseline(RunRecord run) {
    return new RunRecord(
        run.model(),
        run.runId(),
        run.attemptId(),
        "baseline",
        run.configHash(),
        run.codeVersion(),
        run.sources(),
        false,
        run.binsId(),
        run.baselineId(),
        run.startedAt(),
        run.plannedAfter(),
        run.parts(),
        run.summary());
  }

  @Test
  void anAttemptWithTheOldConfigurationDoesNotBringItBack() {
    ledger.commit(run("m", "r1", "a1", sources(1, null)));
    ledger.commit(configured(run("m", "r2", "a2", sources(1, null)), "config-2", 1));

    CommitResult zombie =
        ledger.commit(configured(run("m", "r3", "a3", sources(2, null)), "config-1", 1));

    assertThat(zombie).isInstanceOf(CommitResult.Superseded.class);
    assertThat(ledger.committed("m")).hasSize(2);
  }

  @Test
  void aPartFromAnOlderSourceIsLeftOut() {
    ledger.commit(run("m", "r1", "a1", sources(5, null), published(inputs(0), 5, null)));

    CommitResult.Won late =
        (CommitResult.Won)
            ledger.commit(
                run(
                    "m",
                    "r2",
                    "a2",
                    sources(4, null),
                    published(inputs(0), 4, null),
                    published(inputs(1), 4, null)));

    assertThat(late.leftOut()).containsExactly(published(inputs(0), 4, null));
    assertThat(ledger.find("m", "r2").orElseThrow().run().parts())
        .containsExactly(published(inputs(1), 4, null));
  }

  @Test
  void aCommitLeavesNoTransactionSettingBehind() {
    ledger.commit(run("m", "r1", "a1", sources(1, null)));

    assertThat(
            LocalSpark.session()
                .conf()
                .getOption("spark.databricks.delta.write.txnAppId")
                .isEmpty())
        .isTrue();
  }

  private static List<CommitResult> atOnce(List<Callable<CommitResult>> attempts) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
    try {
      List<CommitResult> results = new ArrayList<>();
      for (Future<CommitResult> result : threads.invokeAll(attempts)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
