package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One model over data with most of what goes wrong in practice: a row every quarter of an hour from
 * 30 March 2026 on, in Sydney, where the clock goes back on 5 April. The first four days are the
 * reference, 6 April has no rows, at noon of 7 April a second version takes over.
 */
class AwkwardDataTest {
  private static final SparkSession SPARK = LocalSpark.session();

  private static final String ROWS =
      """
      SELECT id % 10 AS id, at, version, age, nothing, stuck, score, visitor FROM (
        SELECT *, timestamp'2026-03-29T13:00:00Z' + make_interval(0, 0, 0, 0, 0, 15 * id) AS at,
          IF(id < 4 * (24 * 8 + 1 + 12), 'v1', 'v2') AS version,
          id % 50 AS age,
          CAST(NULL AS DOUBLE) AS nothing,
          IF(id < 4 * 24 * 4, 5.0D, 7.0D) AS stuck,
          CASE id WHEN 4 * 24 * 4 THEN 1.5D WHEN 4 * 24 * 4 + 1 THEN -0.25D
            ELSE (id % 97) / 97.0D END AS score,
          CONCAT('u', id) AS visitor
        FROM range(4 * (24 * 9 + 1)))
      WHERE at NOT BETWEEN timestamp'2026-04-05T14:00:00Z' AND timestamp'2026-04-06T13:59:59Z'
      """;

  @TempDir private static Path folder;

  private static LeewayConfig config(String table, String more) {
    return ConfigLoader.load(
        """
        leeway {
          store.path = "%s/results"
          models.awkward {
            task = binary
            predictions { table = "%s", id = id, time = at, version = version, score = score }
            features { numeric = [age, nothing, stuck] }
            slices = [[visitor]]
            max-segments = 20
            windows { base = 1 day, zone = Australia/Sydney, roll-up = [] }
            %s
          }
        }
        """
            .formatted(folder, table, more),
        folder);
  }

  private static ModelReport run(LeewayConfig config) {
    return new Monitor(Store.open(SPARK, config.store()), line -> {})
        .run(config.models().get(0), MonitorRequest.due(Instant.now()));
  }

  private static String table(String name, String query) {
    String path = folder.resolve(name).toString();
    SPARK.sql(query).coalesce(2).write().format("delta").save(path);
    return path;
  }

  @BeforeAll
  static void monitor() {
    LeewayConfig config =
        config(table("predictions", ROWS), "reference { from = 2026-03-30, until = 2026-04-03 }");
    ModelReport report = run(config);
    assertThat(report.result()).isEqualTo(Result.DONE);
    Views.createTemporary(Store.open(SPARK, config.store()), 1);
  }

  /** Value, status and reason of a metric of the overall slice on a day in April. */
  private static Row metric(String column, String metric, int day, String comparison) {
    List<Row> found = metrics(column, metric, day, comparison);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<Row> metrics(String column, String metric, int day, String comparison) {
    return SPARK
        .sql(
            """
            SELECT value, status, reason, model_version, n FROM latest_metrics
            WHERE slice = '[]' AND column_name = '%s' AND metric = '%s' AND comparison = '%s'
              AND to_date(from_utc_timestamp(window_start, 'Australia/Sydney')) = '2026-04-%02d'
            ORDER BY model_version
            """
                .formatted(column, metric, comparison, day))
        .collectAsList();
  }

  @Test
  void aDayOfTwentyFiveHoursIsOneWindow() {
    assertThat(metric("age", "count", 4, "none").getDouble(0)).isEqualTo(4 * 24);
    assertThat(metric("age", "count", 5, "none").getDouble(0)).isEqualTo(4 * 25);
  }

  @Test
  void repeatedIdsAreRowsLikeAnyOther() {
    assertThat(metric("age", "count", 3, "none").getDouble(0)).isEqualTo(4 * 24);
  }

  /** The reference's ages are those of the ids 0 to 383: 7 times 0 to 49, then 0 to 33. */
  @Test
  void theReferencesValueStandsBesideTheWindows() {
    Row mean =
        SPARK
            .sql(
                """
                SELECT DISTINCT reference_value, reference_n, reference_denominator
                FROM latest_metrics WHERE slice = '[]' AND column_name = 'age'
                  AND metric = 'mean' AND granularity = '1 day' AND model_version = 'v1'
                """)
            .collectAsList()
            .get(0);
    assertThat(mean.getDouble(0)).isEqualTo((7 * 1225 + 561) / 384.0);
    assertThat(mean.getLong(1)).isEqualTo(384);
    assertThat(mean.getDouble(2)).isEqualTo(384);
  }

  @Test
  void aColumnOfNullsHasNoMeanAndSaysWhy() {
    assertThat(metric("nothing", "null_rate", 4, "none").getDouble(0)).isEqualTo(1);
    Row mean = metric("nothing", "mean", 4, "none");
    assertThat(mean.isNullAt(0)).isTrue();
    assertThat(mean.getString(1)).isEqualTo("UNDEFINED");
    assertThat(mean.getString(2)).isNotBlank();
    Row drift = metric("nothing", "psi", 4, "baseline");
    assertThat(drift.isNullAt(0)).isTrue();
    assertThat(drift.getString(2)).isNotBlank();
  }

  /** All of the reference is 5, all of the window 7: nothing is shared. */
  @Test
  void aWindowThatLeavesAConstantReferenceIsAsFarAsCanBe() {
    assertThat(metric("stuck", "ks_statistic", 4, "baseline").getDouble(0)).isEqualTo(1);
    assertThat(metric("stuck", "wasserstein", 4, "baseline").getDouble(0)).isEqualTo(2);
    assertThat(metric("stuck", "out_of_range_rate", 4, "none").getDouble(0)).isEqualTo(1);
    assertThat(metric("stuck", "is_constant", 4, "none").getDouble(0)).isEqualTo(1);
  }

  @Test
  void scoresThatAreNoProbabilitiesAreCounted() {
    assertThat(metric("score", "out_of_unit_rate", 3, "none").getDouble(0))
        .isEqualTo(2.0 / (4 * 24));
    assertThat(metric("score", "max", 3, "none").getDouble(0)).isEqualTo(1.5);
    assertThat(metric("score", "out_of_unit_rate", 4, "none").getDouble(0)).isZero();
  }

  @Test
  void aDayWithoutRowsIsAFinding() {
    List<Row> rows =
        SPARK
            .sql(
                """
                SELECT DISTINCT status, n FROM latest_metrics
                WHERE slice = '[]' AND metric = 'n' AND comparison = 'none'
                  AND window_start = timestamp'2026-04-05T14:00:00Z'
                """)
            .collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo("NO_DATA");
    assertThat(((Number) rows.get(0).get(1)).longValue()).isZero();
  }

  @Test
  void twoVersionsInAWindowAreKeptApart() {
    List<Row> counts = metrics("age", "count", 7, "none");
    assertThat(counts).extracting(row -> row.getString(3)).containsExactly("v1", "v2");
    assertThat(counts).extracting(row -> row.getDouble(0)).containsExactly(48.0, 48.0);
  }

  /** A visitor a row; no row is lost by folding. */
  @Test
  void moreSegmentsThanAllowedAreFolded() {
    List<Row> rows =
        SPARK
            .sql(
                """
                SELECT count(DISTINCT segment) AS segments, sum(value) AS rows,
                  count_if(segment LIKE '%(other)%') AS others
                FROM latest_metrics WHERE slice = '[visitor]' AND column_name = 'age'
                  AND metric = 'count' AND comparison = 'none'
                  AND window_start = timestamp'2026-04-03T13:00:00Z'
                """)
            .collectAsList();
    assertThat(rows.get(0).getLong(0)).isLessThanOrEqualTo(21);
    assertThat(rows.get(0).getDouble(1)).isEqualTo(4 * 24);
    assertThat(rows.get(0).getLong(2)).isEqualTo(1);
  }

  @Test
  void datesInAnotherZoneThanUtcAreRefused() {
    String table =
        table(
            "dated",
            "SELECT id, DATE'2026-04-01' AS at, 'v1' AS version, 0.5D AS score, 1 AS age,"
                + " 1.0D AS nothing, 1.0D AS stuck, 'a' AS visitor FROM range(10)");
    assertThatThrownBy(
            () -> run(config(table, "reference { from = 2026-03-30, until = 2026-04-03 }")))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "'awkward'", "column 'at'", "is of type date", "Australia/Sydney", "timestamp");
  }

  @Test
  void aReferenceWithoutRowsIsRefused() {
    String table = folder.resolve("predictions").toString();
    assertThatThrownBy(
            () -> run(config(table, "reference { from = 2025-03-30, until = 2025-04-03 }")))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "'awkward'", "no row of table " + table, "2025-03-29T13:00:00Z", "reference block");
  }
}
