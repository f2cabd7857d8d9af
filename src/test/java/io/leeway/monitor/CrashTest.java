package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.PublishedPart;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /** One store sees a process die before each of the commits that a run takes, one by one. */
  @Test
  void runAfterADeathBetweenAnyTwoCommitsLeavesWhatARunThatNeverDiedLeaves() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(run(whole.toString()).result()).isEqualTo(Result.DONE);
    List<String> published = published(whole);
    List<PublishedPart> parts = parts(whole);

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

    Path died = folder.resolve("died");
    String address = StoppingFileSystem.address(died);
    int deaths = 0;
    int counting = 0;
    long tables = 0;
    long commits = 0;
    while (counting < parts.size()) {
      StoppingFileSystem.allow(died, commits);
      if (outcome(address).equals(Optional.of(Result.DONE))) {
        break;
      }
      deaths++;
      List<PublishedPart> now = parts(died);
      assertThat(now)
          .as("what counts after %d deaths", deaths)
          .isEqualTo(parts.subList(0, now.size()));
      // Another death at the same place once the tables are there, then one commit later, and anew
      // from the first commit of the next run once one of the runs counts.
      boolean made = StoppingFileSystem.tables(died) > tables;
      commits = now.size() > counting ? 0 : made ? commits : commits + 1;
      tables = StoppingFileSystem.tables(died);
      counting = now.size();
    }

    // Before each of the commits that the run took that never died, and once more for each table.
    assertThat(deaths).isGreaterThanOrEqualTo((int) StoppingFileSystem.commits(whole));
    assertThat(published(died)).isEqualTo(published);
    assertThat(parts(died)).isEqualTo(parts);
    assertThat(run(died.toString()).result()).isEqualTo(Result.NOTHING_DUE);
  }

  /** How a run ended; empty if it died. */
  private Optional<Result> outcome(String store) {
    try {
      return Optional.of(run(store).result());
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("The process stopped");
      return Optional.empty();
    }
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
