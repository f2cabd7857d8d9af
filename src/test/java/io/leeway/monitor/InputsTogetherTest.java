package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What no single column shows, from rows to the table of metrics. Days 1 to 14 are the reference,
 * with 400 rows each; y is x and some noise. Day 15 is like them. On day 16 y is x mirrored, with
 * the same values, the score follows x as before, and every row is there twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputsTogetherTest {
  private static final int ROWS = 400;

  @TempDir private static Path folder;

  @BeforeAll
  static void monitor() {
    LocalSpark.session()
        .sql(
            """
            SELECT id, timestamp_seconds(1767225600 + day * 86400 + pmod(id, 86400)) AS at, x,
              CASE WHEN day = 15 THEN 1 - x ELSE x END + 0.1 * noise AS y,
              0.1 + 0.8 * x AS p
            FROM (
              SELECT id, cast(id / %d AS int) AS day,
                pmod(xxhash64(id, 'x'), 1009) / 1009.0D AS x,
                pmod(xxhash64(id, 'y'), 1009) / 1009.0D AS noise
              FROM range(%d))
            LATERAL VIEW explode(sequence(1, CASE WHEN day = 15 THEN 2 ELSE 1 END)) AS copy
            """
                .formatted(ROWS, 16 * ROWS))
        .coalesce(1)
        .write()
        .format("delta")
        .save(folder.resolve("rows").toString());
    LeewayConfig config = config();
    new Monitor(Store.open(LocalSpark.session(), config.store()), line -> {})
        .run(config.model("m"), MonitorRequest.due(Instant.parse("2026-02-01T00:00:00Z")));
  }

  private static LeewayConfig config() {
    return ConfigLoader.load(
        """
        leeway {
          store.path = "results"
          models.m {
            task = binary
            predictions { table = "./rows", id = id, time = at, score = p }
            features = [x, y]
            reference { from = 2026-01-01, until = 2026-01-15 }
          }
        }
        """,
        folder);
  }

  private static Row metric(int day, String column, String metric, String comparison) {
    List<Row> rows =
        Store.open(LocalSpark.session(), config().store())
            .read(ResultTable.METRICS)
            .where("granularity = '1 day' AND slice = '[]'")
            .where("window_start = timestamp'2026-01-%02dT00:00:00Z'".formatted(day))
            .where("column_name = '" + column + "' AND metric = '" + metric + "'")
            .where("comparison = '" + comparison + "'")
            .collectAsList();
    assertThat(rows).as(day + " " + column + " " + metric).hasSize(1);
    return rows.get(0);
  }

  private static double value(int day, String column, String metric, String comparison) {
    return metric(day, column, metric, comparison).<Double>getAs("value");
  }

  @Test
  void aCorrelationThatTurnsIsSeenWhereNoSingleColumnMoves() {
    for (String column : List.of("x", "y")) {
      assertThat(value(16, column, "psi_corrected", "baseline")).as(column).isLessThan(0.05);
    }
    assertThat(value(15, "(joint)", "multivariate_drift_pvalue", "baseline")).isGreaterThan(1e-3);
    assertThat(value(16, "(joint)", "multivariate_drift_pvalue", "baseline")).isLessThan(1e-9);
    Row drift = metric(16, "(joint)", "multivariate_drift", "baseline");
    // From almost 1 to almost −1.
    assertThat(drift.<Double>getAs("value")).isBetween(1.7, 2.0);
    assertThat(drift.<Double>getAs("ci_low")).isGreaterThan(1.0);
    assertThat(drift.<Double>getAs("expected")).isLessThan(0.2);
    assertThat(drift.<String>getAs("reason")).contains("x", "y");
  }

  @Test
  void theScoreHasNotMovedAndIsExplained() {
    assertThat(value(16, "(joint)", "score_change", "baseline")).isCloseTo(0, within(0.05));
    Row unexplained = metric(16, "(joint)", "score_change_unexplained", "baseline");
    assertThat(unexplained.<Double>getAs("value")).isNotNull();
  }

  @Test
  void rowsThatAreThereTwiceAreCounted() {
    assertThat(value(15, "(ids)", "duplicate_rate", "none")).isZero();
    assertThat(value(16, "(ids)", "duplicate_rate", "none")).isEqualTo(0.5);
    assertThat(value(16, "(ids)", "distinct", "none")).isEqualTo(ROWS);
  }

  @Test
  void aDayOfTwiceTheRowsIsHeldAgainstTheOthers() {
    assertThat(value(15, "", "volume_ratio", "baseline")).isEqualTo(1);
    assertThat(value(16, "", "volume_ratio", "baseline")).isEqualTo(2);
    assertThat(metric(16, "", "volume_ratio", "baseline").<Double>getAs("numerator"))
        .isEqualTo(2.0 * ROWS);
  }
}
