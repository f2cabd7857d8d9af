package io.leeway.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.RunIdentity;
import io.leeway.store.CommitResult;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.RunRecord;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestMetricsTest {
  private static final String MORE = "features { numeric = [age] }";
  private static final SmallModel WATCHED = new SmallModel("watched", 2, MORE);
  private static final SmallModel OTHER = new SmallModel("other", 2, MORE);

  private final SparkSession spark = LocalSpark.session();
  private String table;
  private String store;

  @BeforeEach
  void publishDayByDay(@TempDir Path folder) {
    table = folder.resolve("predictions").toString();
    store = folder.resolve("store").toString();
    for (int lastDay = 3; lastDay <= 5; lastDay++) {
      SmallModel.predictions(spark, lastDay == 3 ? 1 : lastDay, lastDay, 20)
          .coalesce(1)
          .write()
          .format("delta")
          .mode("append")
          .save(table);
      WATCHED.run(spark, table, store, SmallModel.due());
    }
    OTHER.run(spark, table, store, SmallModel.due());
  }

  @Test
  void queryOfOneModelAndWindowOpensTheFilesOfItsRunAloneHoweverManyRunsWereSuperseded() {
    Dataset<Row> before = ofDayFour();
    List<String> opened = opened(before);
    long rows = before.count();

    assertThat(rows).isPositive();
    assertThat(scan(before))
        .containsPattern("PartitionFilters: \\[[^\\]]*model#\\d+ = watched")
        .containsPattern("PushedFilters: \\[[^\\]]*EqualTo\\(window_start");
    assertThat(opened).allMatch(file -> file.contains("model=watched"));
    assertThat(opened.size()).isLessThan(all().size());

    for (int i = 0; i < 11; i++) {
      supersedeDayFour();
    }

    Dataset<Row> after = ofDayFour();
    assertThat(after.count()).isEqualTo(rows);
    assertThat(opened(after)).hasSameSizeAs(opened).doesNotContainAnyElementsOf(opened);
  }

  /** Publishes the same rows anew, as a forced run over the day does. */
  private void supersedeDayFour() {
    Store opened = Store.open(spark, WATCHED.config(table, store).store());
    RunLedger ledger = new RunLedger(opened);
    RunRecord first = ledger.committed(WATCHED.name()).get(2).run();
    String attempt = RunIdentity.attempt();
    opened.append(
        ResultTable.METRICS,
        opened
            .read(ResultTable.METRICS)
            .where(col("attempt_id").equalTo(first.attemptId()))
            .withColumn("attempt_id", lit(attempt)));
    RunRecord again =
        new RunRecord(
            first.model(),
            "again-" + attempt,
            attempt,
            first.command(),
            first.configHash(),
            first.codeVersion(),
            first.sources(),
            first.incremental(),
            first.binsId(),
            first.baselineId(),
            first.startedAt(),
            first.plannedAfter(),
            first.parts(),
            first.summary());
    assertThat(ledger.commit(again))
        .isInstanceOfSatisfying(CommitResult.Won.class, won -> assertThat(won.leftOut()).isEmpty());
  }

  private Dataset<Row> ofDayFour() {
    Views.createTemporary(Store.open(spark, WATCHED.config(table, store).store()), 1);
    return spark.sql(
        "SELECT * FROM latest_metrics WHERE model = 'watched' AND window_start = timestamp'"
            + SmallModel.start(4)
            + "'");
  }

  private List<String> all() {
    return opened(spark.table("metrics"));
  }

  private static List<String> opened(Dataset<Row> rows) {
    return Arrays.stream(rows.inputFiles()).filter(file -> file.contains("/metrics/")).toList();
  }

  /** What the executed plan says of how it reads the table {@code metrics}. */
  private static String scan(Dataset<Row> rows) {
    return rows.queryExecution()
        .executedPlan()
        .toString()
        .lines()
        .filter(line -> line.contains("FileScan") && line.contains("/metrics]"))
        .findFirst()
        .orElseThrow();
  }
}
