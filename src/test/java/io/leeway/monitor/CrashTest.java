package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.PublishedPart;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final SmallModel MODEL =
      new SmallModel(
          "m",
          2,
          """
          features { numeric = [age] }
          windows { base = 1 day, roll-up = [2 days] }
          """);

  @TempDir private Path folder;
  private SparkSession spark;
  private String table;

  @BeforeEach
  void writePredictions() {
    spark = StoppingFileSystem.session();
    table = folder.resolve("predictions").toString();
    SmallModel.predictions(spark, 1, 5, 20).coalesce(1).write().format("delta").save(table);
  }

  @Test
  void runAfterADeathBetweenAnyTwoCommitsLeavesWhatARunThatNeverDiedLeaves() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(run(whole.toString()).result()).isEqualTo(Result.DONE);
    List<String> published = published(whole);
    List<PublishedPart> parts = parts(whole);
    int commits = (int) StoppingFileSystem.commits(whole);

    assertThat(published).isNotEmpty();
    assertThat(doubled()).isEmpty();
    assertThat(parts).extracting(PublishedPart::part).doesNotHaveDuplicates();
    for (int day = 3; day <= 5; day++) {
      int wanted = day;
      assertThat(parts)
          .filteredOn(part -> part.part().granularity().equals("1 day"))
          .filteredOn(part -> part.part().window().start().equals(SmallModel.start(wanted)))
          .as("parts of day %d, one for each version", day)
          .hasSize(2);
    }

    for (int taken = 0; taken < commits; taken++) {
      Path died = StoppingFileSystem.folder(folder, taken);
      String address = StoppingFileSystem.address(died);
      assertThatThrownBy(() -> run(address)).hasStackTraceContaining("The process stopped");

      assertThat(run(died.toString()).result()).isEqualTo(Result.DONE);

      assertThat(published(died)).as("after %d commits", taken).isEqualTo(published);
      assertThat(parts(died)).as("after %d commits", taken).isEqualTo(parts);
    }
    String lived = StoppingFileSystem.address(StoppingFileSystem.folder(folder, commits));
    assertThat(run(lived).result()).isEqualTo(Result.DONE);
  }

  private ModelReport run(String store) {
    return MODEL.run(spark, table, store, SmallModel.due());
  }

  private List<String> published(Path store) {
    return MODEL.published(spark, store.toString(), SmallModel.OF_AN_ATTEMPT);
  }

  /** In the order of their commits. */
  private List<PublishedPart> parts(Path store) {
    Store opened = Store.open(spark, MODEL.config(table, store.toString()).store());
    return new RunLedger(opened)
        .committed(MODEL.name()).stream().flatMap(run -> run.run().parts().stream()).toList();
  }

  /** Subjects and metrics that more than one row tells of the store that was looked at last. */
  private List<Row> doubled() {
    return spark
        .sql(
            """
            SELECT model_version, granularity, window_start, slice, segment, column_name,
              class_label, metric, comparison
            FROM latest_metrics GROUP BY ALL HAVING count(*) > 1""")
        .collectAsList();
  }
}
