package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.RetentionConfig;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.Maintained;
import io.leeway.store.Maintenance;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovedSlicesTest {
  private static final SmallModel MODEL =
      new SmallModel(
          "m",
          2,
          """
          features { numeric = [age] }
          slices = [[product], [product, region]]
          windows { base = 1 day, roll-up = [2 days] }
          """);

  @TempDir private Path folder;

  private final SparkSession spark = LocalSpark.session();

  private List<String> told(String slice, int firstDay) {
    Views.createTemporary(store(), 1);
    return spark
        .table("latest_metrics")
        .where("granularity = '2 days' AND slice = '" + slice + "'")
        .where("window_start = timestamp'" + SmallModel.start(firstDay) + "'")
        .selectExpr(
            "to_json(struct(model_version, segment, column_name, metric, comparison, value, n)) AS t")
        .sort("t")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private Store store() {
    return Store.open(spark, MODEL.config("/none", folder.resolve("store").toString()).store());
  }

  private ModelReport run(MonitorRequest request) {
    return MODEL.run(
        spark,
        folder.resolve("predictions").toString(),
        folder.resolve("store").toString(),
        request);
  }

  /** Days 3 to 6 are monitored, and of day 3 the crosses are removed. */
  @Test
  void aRollUpOverADayWithoutCrossesTellsNoneAndTheRestAsBefore() {
    SmallModel.predictions(spark, 1, 6, 30)
        .coalesce(1)
        .write()
        .format("delta")
        .save(folder.resolve("predictions").toString());
    run(SmallModel.due());
    List<String> overall = told("[]", 3);
    List<String> slices = told("[product]", 3);
    List<String> whole = told("[product, region]", 5);
    assertThat(told("[product, region]", 3)).isNotEmpty();
    assertThat(whole).isNotEmpty();

    Maintained done =
        new Maintenance(
                store(),
                RetentionConfig.defaults(),
                SmallModel.start(4).plus(Duration.ofDays(90)),
                false)
            .run("m", Duration.ZERO);
    assertThat(done.removed())
        .extracting(Maintained.Removed::why)
        .containsOnly(Maintained.Why.RETENTION);
    assertThat(done.removed())
        .extracting(Maintained.Removed::table)
        .containsExactly("profiles", "metrics");
    assertThat(run(SmallModel.due()).result()).isEqualTo(Result.NOTHING_DUE);

    ModelReport again = run(SmallModel.again(4));

    assertThat(again.result()).isEqualTo(Result.DONE);
    assertThat(again.notes()).anyMatch(note -> note.contains("'leeway maintain' has removed"));
    assertThat(told("[product, region]", 3)).isEmpty();
    assertThat(told("[product]", 3)).isEqualTo(slices);
    assertThat(told("[]", 3)).isEqualTo(overall);
    // Days 5 and 6 are whole; crosses are not compared with the days before.
    assertThat(told("[product, region]", 5)).isEqualTo(whole);
  }
}
