package io.leeway.store;

import static io.leeway.store.Attempts.NOW;
import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.RetentionConfig;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.store.Maintained.Removed;
import io.leeway.store.Maintained.Why;
import io.leeway.testing.LocalSpark;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance as of ten years after the rows of {@link Attempts}, unless a test says otherwise. */
class MaintenanceTest {
  private static final Duration LONG = Duration.ofDays(100_000);
  private static final Instant LATER = NOW.plus(Duration.ofDays(3_650));
  private static final RetentionConfig ONLY_ABANDONED =
      new RetentionConfig(LONG, LONG, LONG, Duration.ofDays(7));
  private static final RetentionConfig ONLY_SUPERSEDED =
      new RetentionConfig(LONG, LONG, Duration.ofDays(30), LONG);
  private static final Segment SLICE = new Segment(Slice.of("state"), List.of("VIC"));
  private static final Segment CROSS = new Segment(Slice.of("state", "sex"), List.of("VIC", "f"));

  @TempDir private Path directory;

  private Store store() {
    return Store.atPath(LocalSpark.session(), directory.toUri().toString());
  }

  private static Maintained maintain(Store store, RetentionConfig retention) {
    return new Maintenance(store, retention, LATER, false).run("m", Duration.ZERO);
  }

  private static Row metric(
      String model, String attempt, Part part, Segment segment, double value, Instant began) {
    Subject subject =
        new Subject(model, part.modelVersion(), part.granularity(), part.window(), segment, "age");
    return MetricRows.row(
        subject,
        part.kind(),
        Measure.of("psi", Comparison.BASELINE, value).n(100).build(),
        new Stamp("bins", "baseline", "run-of-" + attempt, attempt, began));
  }

  /** A row of a table with nothing but what it must have and what maintenance looks at. */
  private static Row bare(ResultTable table, Map<String, Object> cells) {
    StructType schema = table.schema();
    Object[] row = new Object[schema.length()];
    for (int i = 0; i < row.length; i++) {
      row[i] = cells.get(schema.fields()[i].name());
    }
    return RowFactory.create(row);
  }

  private static void profile(
      Store store, String attempt, Part part, Segment segment, String kind) {
    Row row =
        bare(
            ResultTable.PROFILES,
            Map.ofEntries(
                Map.entry("model", "m"),
                Map.entry("part", kind),
                Map.entry("granularity", part.granularity()),
                Map.entry("window_start", Cells.timestamp(part.window().start())),
                Map.entry("window_end", Cells.timestamp(part.window().end())),
                Map.entry("model_version", part.modelVersion()),
                Map.entry("slice", segment.slice().toString()),
                Map.entry("segment", segment.toString()),
                Map.entry("segment_values", Cells.map(segment.valuesByColumn())),
                Map.entry("column_name", "age"),
                Map.entry("format", 1),
                Map.entry("kind", "NUMERIC"),
                Map.entry("run_id", "r"),
                Map.entry("attempt_id", attempt),
                Map.entry("computed_at", Cells.timestamp(NOW))));
    append(store, ResultTable.PROFILES, row);
  }

  private static void append(Store store, ResultTable table, Row... rows) {
    store.append(table, store.spark().createDataFrame(List.of(rows), table.schema()));
  }

  private static void commit(Store store, String run, String attempt, long version, int... days) {
    List<io.leeway.domain.PublishedPart> parts = new ArrayList<>();
    for (int day : days) {
      parts.add(published(inputs(day), version, null));
    }
    CommitResult result =
        new RunLedger(store)
            .commit(
                run(
                    "m",
                    run,
                    attempt,
                    sources(version, null),
                    parts.toArray(io.leeway.domain.PublishedPart[]::new)));
    assertThat(result).isInstanceOf(CommitResult.Won.class);
  }

  /** Every row of some rows as text, in an order of its own. */
  private static List<String> texts(Dataset<Row> rows) {
    return rows.selectExpr("to_json(struct(*)) AS value").sort("value").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<String> attempts(Store store, ResultTable table) {
    return store
        .read(table)
        .select("attempt_id")
        .distinct()
        .sort("attempt_id")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Map<ResultTable, Long> versions(Store store) {
    Map<ResultTable, Long> versions = new EnumMap<>(ResultTable.class);
    for (ResultTable table : ResultTable.values()) {
      store.snapshot(table).ifPresent(found -> versions.put(table, found.version()));
    }
    return versions;
  }

  @Test
  void rowsOfAnAttemptThatNeverCommittedGoFromEveryTableAndOthersStay() {
    Store store = store();
    append(
        store,
        ResultTable.METRICS,
        metric("m", "dead", inputs(0), Segment.ALL, 1, NOW),
        metric("m", "dead", inputs(0), CROSS, 2, NOW),
        metric("m", "done", inputs(0), Segment.ALL, 3, NOW),
        metric("m", "running", inputs(0), Segment.ALL, 4, LATER.minus(Duration.ofDays(6))),
        metric("other", "dead-too", inputs(0), Segment.ALL, 5, NOW));
    profile(store, "dead", inputs(0), SLICE, "inputs");
    profile(store, "dead", inputs(0), SLICE, "reference");
    append(store, ResultTable.BASELINES, baseline("dead"), baseline("done"));
    commit(store, "r", "done", 1, 0);

    Maintained done = maintain(store, ONLY_ABANDONED);

    assertThat(done.removed())
        .containsExactly(
            new Removed("profiles", Why.ABANDONED, 2),
            new Removed("metrics", Why.ABANDONED, 2),
            new Removed("baselines", Why.ABANDONED, 1));
    assertThat(attempts(store, ResultTable.METRICS)).containsExactly("dead-too", "done", "running");
    assertThat(store.read(ResultTable.METRICS).count()).isEqualTo(3);
    assertThat(attempts(store, ResultTable.PROFILES)).isEmpty();
    assertThat(attempts(store, ResultTable.BASELINES)).containsExactly("done");
  }

  private static Row baseline(String attempt) {
    return bare(
        ResultTable.BASELINES,
        Map.of(
            "model", "m",
            "bins_id", "b",
            "baseline_id", "b",
            "column_name", "age",
            "run_id", "r",
            "attempt_id", attempt,
            "computed_at", Cells.timestamp(NOW)));
  }

  @Test
  void anAttemptWhoseRowsWereRemovedCannotCommitAndItsRunCanBeMadeAgain() {
    Store store = store();
    append(store, ResultTable.METRICS, metric("m", "slow", inputs(0), Segment.ALL, 1, NOW));

    maintain(store, ONLY_ABANDONED);
    RunLedger ledger = new RunLedger(store);
    RunRecord slow = run("m", "r", "slow", sources(1, null), published(inputs(0), 1, null));
    assertThat(ledger.commit(slow)).isInstanceOf(CommitResult.Abandoned.class);
    assertThat(ledger.committed("m")).isEmpty();
    commit(store, "r", "again", 1, 0);

    assertThat(ledger.committed("m")).hasSize(1);
    Views.createTemporary(store, 1);
    assertThat(store.spark().table("runs_committed").count()).isEqualTo(1);
    assertThat(store.spark().table("published_parts").count()).isEqualTo(1);
  }

  @Test
  void anAttemptThatCommitsBetweenTheLookAndTheRemovalKeepsItsRows() {
    Store store = store();
    commit(store, "r", "just-in-time", 1, 0);

    assertThat(new RunLedger(store).abandon("m", "just-in-time")).isFalse();
    assertThat(new RunLedger(store).committed("m")).hasSize(1);
    assertThat(new RunLedger(store).abandon("m", "dead")).isTrue();
    assertThat(new RunLedger(store).abandon("m", "dead")).isTrue();
    assertThat(store.read(ResultTable.RUNS).count()).isEqualTo(2);
  }

  @Test
  void ofACommitAndItsAbandonmentAtOnceExactlyOneHolds() throws Exception {
    Store store = store();
    store.create(ResultTable.RUNS);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 5; round++) {
        String attempt = "attempt-" + round;
        RunRecord run = run("m", "run-" + round, attempt, sources(1, null));
        Future<CommitResult> commit = threads.submit(() -> new RunLedger(store()).commit(run));
        Future<Boolean> abandoned =
            threads.submit(() -> new RunLedger(store()).abandon("m", attempt));

        assertThat(commit.get() instanceof CommitResult.Won).isEqualTo(!abandoned.get());
        assertThat(
                new RunLedger(store).committed("m").stream().anyMatch(of -> of.run().equals(run)))
            .isEqualTo(!abandoned.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Day 0 told by a, then by b; day 1 by a alone; day 2 by b, whose older rival c never showed. */
  private static void replaced(Store store) {
    append(
        store,
        ResultTable.METRICS,
        metric("m", "a", inputs(0), Segment.ALL, 1, NOW),
        metric("m", "a", inputs(0), CROSS, 2, NOW),
        metric("m", "a", inputs(1), Segment.ALL, 3, NOW));
    profile(store, "a", inputs(0), SLICE, "inputs");
    profile(store, "a", inputs(0), SLICE, "reference");
    commit(store, "ra", "a", 1, 0, 1);
    append(
        store,
        ResultTable.METRICS,
        metric("m", "b", inputs(0), Segment.ALL, 4, NOW),
        metric("m", "b", inputs(0), CROSS, 5, NOW),
        metric("m", "b", inputs(2), Segment.ALL, 6, NOW));
    commit(store, "rb", "b", 3, 0, 2);
    append(store, ResultTable.METRICS, metric("m", "c", inputs(2), Segment.ALL, 7, NOW));
    commit(store, "rc", "c", 2, 2);
  }

  @Test
  void replacedNumbersGoAndWhatShowsStaysToTheLastRow() {
    Store store = store();
    replaced(store);
    Views.createTemporary(store, 1);
    List<String> shown = texts(store.spark().table("latest_metrics"));
    List<String> parts = texts(store.spark().table("published_parts"));

    Maintained done = maintain(store, ONLY_SUPERSEDED);

    assertThat(done.removed())
        .containsExactly(
            new Removed("profiles", Why.SUPERSEDED, 1), new Removed("metrics", Why.SUPERSEDED, 3));
    Views.createTemporary(store, 1);
    assertThat(shown).hasSize(4);
    assertThat(texts(store.spark().table("latest_metrics"))).isEqualTo(shown);
    assertThat(texts(store.spark().table("published_parts"))).isEqualTo(parts);
    assertThat(store.read(ResultTable.PROFILES).select("part").first().getString(0))
        .isEqualTo("reference");
  }

  @Test
  void whatWasPublishedIsAnsweredAsBeforeWithinTheRetention() {
    Store store = store();
    replaced(store);
    Views.createTemporary(store, 1);
    List<String> published = texts(store.spark().table("metrics_as_published"));
    Instant now = Instant.now().plus(Duration.ofDays(29));

    Maintained done = new Maintenance(store, ONLY_SUPERSEDED, now, false).run("m", Duration.ZERO);

    assertThat(done.isNothing()).isTrue();
    Views.createTemporary(store, 1);
    assertThat(published).hasSize(6);
    assertThat(texts(store.spark().table("metrics_as_published"))).isEqualTo(published);
  }

  @Test
  void aSecondMaintenanceFindsNothingAndCommitsNothing() {
    Store store = store();
    replaced(store);
    append(store, ResultTable.METRICS, metric("m", "dead", inputs(0), SLICE, 1, NOW));
    RetentionConfig all = RetentionConfig.defaults();

    assertThat(maintain(store, all).isNothing()).isFalse();
    Map<ResultTable, Long> versions = versions(store);

    assertThat(maintain(store, all).isNothing()).isTrue();
    assertThat(versions(store)).isEqualTo(versions);
  }

  @Test
  void aDryRunCountsTheSameAndCommitsNothing() {
    Store store = store();
    replaced(store);
    append(store, ResultTable.METRICS, metric("m", "dead", inputs(0), SLICE, 1, NOW));
    Map<ResultTable, Long> versions = versions(store);

    Maintained planned =
        new Maintenance(store, RetentionConfig.defaults(), LATER, true).run("m", Duration.ZERO);

    assertThat(versions(store)).isEqualTo(versions);
    assertThat(planned.removed())
        .isEqualTo(maintain(store, RetentionConfig.defaults()).removed())
        .hasSize(4);
  }

  @Test
  void slicesGoByTheirLengthAndTheLedgerSaysSo() {
    Store store = store();
    for (Segment segment : List.of(Segment.ALL, SLICE, CROSS)) {
      append(
          store,
          ResultTable.METRICS,
          metric("m", "a", inputs(0), segment, 1, NOW),
          metric("m", "a", inputs(1), segment, 1, NOW));
      profile(store, "a", inputs(0), segment, "inputs");
      profile(store, "a", inputs(1), segment, "inputs");
    }
    commit(store, "r", "a", 1, 0, 1);
    Instant endOfDay0 = inputs(0).window().end();
    Duration week = Duration.ofDays(7);
    RetentionConfig retention = new RetentionConfig(week, week.multipliedBy(2), LONG, LONG);

    Maintained crosses =
        new Maintenance(store, retention, endOfDay0.plus(week), false).run("m", Duration.ZERO);
    assertThat(crosses.removed())
        .containsExactly(
            new Removed("profiles", Why.RETENTION, 1), new Removed("metrics", Why.RETENTION, 1));
    RemovedSlices removed = new RunLedger(store).removed("m");
    assertThat(removed.columnsOf(inputs(0).window())).isEqualTo(1);
    assertThat(removed.columnsOf(inputs(1).window())).isEqualTo(Integer.MAX_VALUE);

    new Maintenance(store, retention, endOfDay0.plus(week).plus(week), false)
        .run("m", Duration.ZERO);
    assertThat(
            store
                .read(ResultTable.METRICS)
                .selectExpr("concat(slice, ' ', date(window_start))")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("[] 2026-01-01", "[] 2026-01-02", "[state] 2026-01-02");
    assertThat(new RunLedger(store).removed("m").columnsOf(inputs(0).window())).isZero();
  }

  @Test
  void smallFilesOfAModelBecomeOneAndRowsStayTheSame() {
    Store store = store();
    for (int i = 0; i < 9; i++) {
      append(
          store,
          ResultTable.METRICS,
          metric("m", "a" + i, inputs(i), Segment.ALL, i, NOW),
          metric("it's", "a" + i, inputs(i), Segment.ALL, i, NOW));
      commit(store, "r" + i, "a" + i, 1, i);
    }
    List<String> rows = texts(store.read(ResultTable.METRICS));
    long others = SmallFiles.of(store, ResultTable.METRICS, "it's").orElseThrow().all();

    Maintained done = maintain(store, new RetentionConfig(LONG, LONG, LONG, LONG));

    assertThat(done.files()).extracting(Maintained.Files::table).containsExactly("metrics", "runs");
    assertThat(done.files()).extracting(Maintained.Files::after).containsOnly(1L);
    assertThat(texts(store.read(ResultTable.METRICS))).isEqualTo(rows);
    assertThat(SmallFiles.of(store, ResultTable.METRICS, "it's").orElseThrow().all())
        .isEqualTo(others);
    assertThat(new RunLedger(store).committed("m")).hasSize(9);
    commit(store, "r9", "a9", 1, 9);
    new Maintenance(store, new RetentionConfig(LONG, LONG, LONG, LONG), LATER, false)
        .run("it's", Duration.ZERO);
    assertThat(SmallFiles.of(store, ResultTable.METRICS, "it's").orElseThrow().all()).isEqualTo(1);
  }

  @Test
  void writersBesideMaintenanceNeverFailAndLoseNothing() throws Exception {
    Store store = store();
    for (int i = 0; i < 9; i++) {
      append(store, ResultTable.METRICS, metric("m", "dead-" + i, inputs(i), CROSS, i, NOW));
    }
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> writer =
          thread.submit(
              () -> {
                Store own = store();
                int written = 0;
                while (!over.get() || written < 3) {
                  String attempt = "live-" + written;
                  append(
                      own,
                      ResultTable.METRICS,
                      metric("m", attempt, inputs(written), Segment.ALL, 1, LATER));
                  commit(own, "run-" + written, attempt, written, written);
                  written++;
                }
                return written;
              });
      maintain(store, ONLY_ABANDONED);
      over.set(true);
      int written = writer.get();

      assertThat(store.read(ResultTable.METRICS).count()).isEqualTo(written);
      assertThat(new RunLedger(store).committed("m")).hasSize(written);
    } finally {
      over.set(true);
      thread.shutdownNow();
    }
  }

  /** One store sees a process die before and after the commits that maintenance takes. */
  @Test
  void maintenanceAfterADeathBetweenAnyTwoCommitsEndsLikeOneThatNeverDied() throws IOException {
    SparkSession spark = StoppingFileSystem.session();
    Path whole = directory.resolve("whole");
    Path died = directory.resolve("died");
    for (Path path : List.of(whole, died)) {
      Store store = Store.atPath(spark, path.toString());
      replaced(store);
      for (int i = 0; i < 8; i++) {
        append(store, ResultTable.METRICS, metric("m", "d" + i % 2, inputs(i), SLICE, i, NOW));
      }
      profile(store, "b", inputs(0), CROSS, "inputs");
    }
    long before = StoppingFileSystem.commits(whole);
    maintain(Store.atPath(spark, whole.toString()), RetentionConfig.defaults());
    long taken = StoppingFileSystem.commits(whole) - before;

    Store stopping = Store.atPath(spark, StoppingFileSystem.address(died));
    int deaths = 0;
    for (boolean done = false; !done; ) {
      StoppingFileSystem.start(died);
      try {
        maintain(stopping, RetentionConfig.defaults());
        done = true;
      } catch (RuntimeException e) {
        assertThat(e).hasStackTraceContaining("The process stopped");
        deaths++;
      }
    }

    // Two abandonments, one word on slices, two tables that lose rows, files put together.
    assertThat(taken).isGreaterThanOrEqualTo(5);
    assertThat(deaths).isGreaterThanOrEqualTo(5);
    for (ResultTable table : List.of(ResultTable.METRICS, ResultTable.PROFILES)) {
      assertThat(texts(Store.atPath(spark, died.toString()).read(table)))
          .isEqualTo(texts(Store.atPath(spark, whole.toString()).read(table)));
    }
    assertThat(
            maintain(Store.atPath(spark, died.toString()), RetentionConfig.defaults()).isNothing())
        .isTrue();
  }
}
