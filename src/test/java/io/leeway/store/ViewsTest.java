package io.leeway.store;

import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.metric;
import static io.leeway.store.Attempts.outcomes;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.profile.StoredProfile;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest {

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session().newSession();
  private Store store;
  private RunLedger ledger;

  @BeforeEach
  void open() {
    store = Store.atPath(spark, directory.toUri().toString());
    ledger = new RunLedger(store);
  }

  private List<Row> query(String sql) {
    Views.createTemporary(store, 10);
    return spark.sql(sql).collectAsList();
  }

  @Test
  void allViewsAnswerBeforeAnythingIsWritten() {
    Views.createTemporary(store, 10);

    for (String view :
        List.of(
            "published_parts",
            "runs_committed",
            "latest_metrics",
            "latest_profiles",
            "reference_profiles",
            "metrics_as_published",
            "profile_bins",
            "feature_drift",
            "score_distribution",
            "profile_metrics",
            "drift_metrics")) {
      assertThat(spark.table(view).count()).as(view).isZero();
    }
  }

  @Test
  void rowsOfAnAttemptThatNeverCommittedAreInvisible() {
    Attempts.write(store, metric("m", "crashed", inputs(0), "psi", 0.9));
    assertThat(query("SELECT * FROM latest_metrics")).isEmpty();

    Attempts.write(store, metric("m", "again", inputs(0), "psi", 0.2));
    ledger.commit(run("m", "r", "again", sources(1, null), published(inputs(0), 1, null)));

    assertThat(query("SELECT attempt_id, value FROM latest_metrics"))
        .containsExactly(RowFactory.create("again", 0.2));
  }

  @Test
  void rowsThatARunDoesNotListAmongItsPartsAreInvisible() {
    Attempts.write(
        store,
        metric("m", "a", inputs(0), "psi", 0.1),
        metric("m", "a", outcomes(0), "accuracy", 0.8));
    ledger.commit(run("m", "r", "a", sources(1, null), published(inputs(0), 1, null)));

    assertThat(query("SELECT metric FROM latest_metrics"))
        .containsExactly(RowFactory.create("psi"));
  }

  @Test
  void aPartWithoutAModelVersionIsVisible() {
    Part unversioned = new Part(null, "1 day", Attempts.day(0), Part.Kind.INPUTS);
    Attempts.write(store, metric("m", "a", unversioned, "psi", 0.1));
    ledger.commit(run("m", "r", "a", sources(1, null), published(unversioned, 1, null)));

    assertThat(query("SELECT model_version, metric FROM latest_metrics"))
        .containsExactly(RowFactory.create(null, "psi"));
    assertThat(
            store
                .read(ResultTable.METRICS, PublishedParts.of(ledger.committed("m")).winners())
                .count())
        .isEqualTo(1);
  }

  @Test
  void whatWasPublishedStaysReadableAfterItWasRestated() {
    Attempts.write(store, metric("m", "a", outcomes(0), "accuracy", 0.8));
    ledger.commit(run("m", "r1", "a", sources(1, 1L), published(outcomes(0), 1, 1L)));
    Attempts.write(store, metric("m", "b", outcomes(0), "accuracy", 0.7));
    ledger.commit(run("m", "r2", "b", sources(1, 2L), published(outcomes(0), 1, 2L)));

    assertThat(query("SELECT value FROM latest_metrics")).containsExactly(RowFactory.create(0.7));
    List<Row> history =
        query(
            "SELECT value, superseded_at IS NULL, published_at FROM metrics_as_published "
                + "ORDER BY published_at");
    assertThat(history).extracting(row -> row.getDouble(0)).containsExactly(0.8, 0.7);
    assertThat(history).extracting(row -> row.getBoolean(1)).containsExactly(false, true);
    assertThat(
            query(
                "SELECT value FROM metrics_as_published m WHERE published_at <= (SELECT "
                    + "min(committed_at) FROM runs_committed) AND (superseded_at IS NULL OR "
                    + "superseded_at > (SELECT min(committed_at) FROM runs_committed))"))
        .containsExactly(RowFactory.create(0.8));
  }

  @Test
  void theSqlNamesTheSameWinnersAsTheLedger_seed7() {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    List<CommittedRun> runs = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      List<PublishedPart> parts = new ArrayList<>();
      for (int day = 0; day < 4; day++) {
        if (random.nextBoolean()) {
          Long labels = random.nextBoolean() ? null : (Long) (long) random.nextInt(2);
          parts.add(published(outcomes(day), random.nextInt(3), labels));
        }
      }
      RunRecord run =
          run("m", "r" + i, "a" + i, sources(3, 3L), parts.toArray(PublishedPart[]::new));
      CommittedRun committed = Attempts.committed(i, random.nextInt(2), run);
      runs.add(committed);
      rows.add(RunRows.row(committed));
    }
    store.append(ResultTable.RUNS, spark.createDataFrame(rows, ResultTable.RUNS.schema()));

    List<String> bySql =
        query("SELECT window_start, attempt_id FROM published_parts WHERE superseded_at IS NULL")
            .stream()
            .map(row -> row.getTimestamp(0).toInstant() + " " + row.getString(1))
            .toList();

    assertThat(bySql)
        .containsExactlyInAnyOrderElementsOf(
            PublishedParts.of(runs).winners().stream()
                .map(w -> w.part().part().window().start() + " " + w.run().run().attemptId())
                .toList())
        .hasSize(4);
  }

  @Test
  void aQueryForOneModelAndWindowOpensOnlyTheirFile() {
    for (String model : List.of("m1", "m2")) {
      for (int day = 0; day < 5; day++) {
        String attempt = model + "-" + day;
        Attempts.write(store, metric(model, attempt, inputs(day), "psi", day));
        ledger.commit(
            run(model, attempt, attempt, sources(day, null), published(inputs(day), day, null)));
      }
    }
    Views.createTemporary(store, 10);

    Dataset<Row> one =
        spark.sql(
            "SELECT value FROM latest_metrics WHERE model = 'm1' AND window_start >= "
                + "timestamp'2026-01-03T00:00:00Z' AND window_start < "
                + "timestamp'2026-01-04T00:00:00Z'");

    assertThat(one.collectAsList()).containsExactly(RowFactory.create(2.0));
    assertThat(opened(one)).hasSize(1).first().asString().contains("model=m1");
    String metricsScan =
        Arrays.stream(one.queryExecution().executedPlan().toString().split("\n"))
            .filter(line -> line.contains("FileScan") && line.contains("/metrics]"))
            .findFirst()
            .orElseThrow();
    assertThat(metricsScan)
        .containsPattern("PartitionFilters: \\[[^\\]]*model#\\d+ = m1")
        .containsPattern("PushedFilters: \\[[^\\]]*GreaterThanOrEqual\\(window_start");

    Dataset<Row> byLedger =
        store.read(
            ResultTable.METRICS,
            PublishedParts.of(ledger.committed("m1")).winners().stream()
                .filter(winner -> winner.part().part().equals(inputs(2)))
                .toList());
    assertThat(byLedger.count()).isEqualTo(1);
    assertThat(opened(byLedger)).hasSize(1);
  }

  private static List<String> opened(Dataset<Row> rows) {
    return Arrays.stream(rows.inputFiles()).filter(file -> file.contains("/metrics/")).toList();
  }

  @Test
  void driftMetricsStandSideBySide() {
    Attempts.write(
        store,
        metric("m", "a", inputs(0), "psi", 0.3),
        metric("m", "a", inputs(0), "ks_statistic", 0.1),
        metric("m", "a", inputs(0), "mean", 7));
    ledger.commit(run("m", "r", "a", sources(1, null), published(inputs(0), 1, null)));

    assertThat(query("SELECT column_name, psi, ks_statistic, wasserstein, n FROM feature_drift"))
        .containsExactly(RowFactory.create("income", 0.3, 0.1, null, 10L));
  }

  @Test
  void binsAddUpAcrossExactAndBinnedProfiles() {
    StoredProfile.Builder binned = new StoredProfile.Builder(ColumnKind.NUMERIC);
    binned.bins = new int[] {0, 1, 2};
    binned.binCounts = new long[] {100, 200, 300};
    StoredProfile.Builder exact = new StoredProfile.Builder(ColumnKind.NUMERIC);
    exact.exact = true;
    exact.values = new double[] {0.5, 1.0, 1.5, 9.0};
    exact.valueCounts = new long[] {20, 30, 3, 4};
    StoredProfile.Builder text = new StoredProfile.Builder(ColumnKind.CATEGORICAL);
    text.categories = new String[] {"rare", "usual"};
    text.categoryCounts = new long[] {2, 50};
    text.others = 8;
    profiles(
        row("income", 0, binned.build()),
        row("income", 1, exact.build()),
        row("state", 0, text.build()));
    grid("income", 1.0, 2.0);

    assertThat(
            query(
                "SELECT bin, sum(n) FROM profile_bins WHERE column_name = 'income' GROUP BY bin "
                    + "ORDER BY bin"))
        .containsExactly(
            RowFactory.create(0, 120L), RowFactory.create(1, 233L), RowFactory.create(2, 304L));
    assertThat(query("SELECT category, n FROM profile_bins WHERE column_name = 'state' ORDER BY n"))
        .containsExactly(
            RowFactory.create("(unnamed)", 2L),
            RowFactory.create("(other)", 8L),
            RowFactory.create("usual", 50L));
    assertThat(query("SELECT DISTINCT low FROM profile_bins WHERE low IS NOT NULL ORDER BY low"))
        .containsExactly(RowFactory.create(0.5), RowFactory.create(1.0));
  }

  /** Of 50 scores 20 lie below the first edge, 24 between both, 6 above the second. */
  @Test
  void scoresAreDistributedOverTheBinsOfTheGrid() {
    StoredProfile.Builder scores = new StoredProfile.Builder(ColumnKind.SCORE);
    scores.exact = true;
    scores.values = new double[] {0.1, 0.25, 0.5, 0.9};
    scores.valueCounts = new long[] {20, 13, 11, 6};
    scores.valueDecided = new long[] {0, 1, 11, 6};
    StoredProfile.Builder feature = new StoredProfile.Builder(ColumnKind.NUMERIC);
    feature.exact = true;
    feature.values = new double[] {0.5};
    feature.valueCounts = new long[] {50};
    profiles(row("probability", 0, scores.build()), row("income", 0, feature.build()));
    grid("probability", 0.25, 0.75);
    grid("income", 1.0, 2.0);

    assertThat(
            query(
                "SELECT column_name, bin, low, high, n, n_decided, share FROM score_distribution "
                    + "ORDER BY bin"))
        .containsExactly(
            RowFactory.create("probability", 0, null, 0.25, 20L, 0L, 0.4),
            RowFactory.create("probability", 1, 0.25, 0.75, 24L, 12L, 0.48),
            RowFactory.create("probability", 2, 0.75, null, 6L, 6L, 0.12));
  }

  @Test
  void valuesOfFewRowsAreCountedButNotNamed() {
    StoredProfile.Builder exact = new StoredProfile.Builder(ColumnKind.NUMERIC);
    exact.exact = true;
    exact.values = new double[] {0.5, 1.0};
    exact.valueCounts = new long[] {9, 10};
    profiles(row("income", 0, exact.build()));

    assertThat(query("SELECT `values`[0].value, size(`values`), n_unnamed FROM latest_profiles"))
        .containsExactly(RowFactory.create(1.0, 1, 9L));
  }

  private Row row(String column, int day, StoredProfile profile) {
    Subject subject = new Subject("m", "v1", "1 day", Attempts.day(day), Segment.ALL, column);
    return ProfileRows.row(
        subject, "inputs", profile, new Stamp("bins", "b", "r", "a", Attempts.NOW));
  }

  private void profiles(Row... rows) {
    store.append(
        ResultTable.PROFILES, spark.createDataFrame(List.of(rows), ResultTable.PROFILES.schema()));
    ledger.commit(
        run(
            "m",
            "r",
            "a",
            sources(1, null),
            published(inputs(0), 1, null),
            published(inputs(1), 1, null)));
  }

  private void grid(String column, Double... edges) {
    Dataset<Row> row =
        spark.sql(
            "SELECT 'm' AS model, 'bins' AS bins_id, 'b' AS baseline_id, '"
                + column
                + "' AS column_name, array("
                + Arrays.toString(edges).replaceAll("[\\[\\]]", "").replaceAll("([0-9.]+)", "$1D")
                + ") AS edges, 'r' AS run_id, 'a' AS attempt_id");
    for (var field : ResultTable.BASELINES.schema().fields()) {
      if (!Arrays.asList(row.columns()).contains(field.name())) {
        row =
            row.withColumn(
                field.name(), org.apache.spark.sql.functions.lit(null).cast(field.dataType()));
      }
    }
    store.append(ResultTable.BASELINES, row);
  }
}
