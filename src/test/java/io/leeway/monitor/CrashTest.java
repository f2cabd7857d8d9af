package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.PublishedPart;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** A run writes rows to each of its tables once. */
  private static final List<String> OF_THE_BASELINE =
      List.of("baselines", "profiles", "metrics", "runs");

  private static final List<String> OF_THE_MONITOR = List.of("profiles", "metrics", "runs");

  @TempDir private Path folder;
  private SparkSession spark;
  private String table;

  @BeforeEach
  void writePredictions() {
    spark = StoppingFileSystem.session();
    table = folder.resolve("predictions").toString();
    SmallModel.predictions(spark, 1, 5, 20).coalesce(1).write().format("delta").save(table);
  }

  /** One store sees process after process die, each a little later than the one before it. */
  @Test
  void runAfterADeathAnywhereLeavesWhatARunThatNeverDiedLeaves() throws IOException {
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
    List<List<String>> deaths = new ArrayList<>();
    int counting = 0;
    while (dies(died)) {
      List<PublishedPart> now = parts(died);
      assertThat(now)
          .as("what counts after %s deaths", deaths)
          .isEqualTo(parts.subList(0, now.size()));
      if (now.size() > counting) {
        deaths.add(StoppingFileSystem.forget(died));
        counting = now.size();
      }
    }

    assertThat(deaths).hasSize(2);
    for (String of : OF_THE_BASELINE) {
      assertThat(deaths.get(0))
          .contains(
              "before the first commit of " + of,
              "after the first commit of " + of,
              "before rows of " + of,
              "before a commit of " + of,
              "after a commit of " + of);
    }
    for (String of : OF_THE_MONITOR) {
      assertThat(deaths.get(1))
          .contains("before rows of " + of, "before a commit of " + of, "after a commit of " + of);
    }
    assertThat(deaths.get(1)).anyMatch(point -> point.startsWith("before a rename to "));
    assertThat(published(died)).isEqualTo(published);
    assertThat(parts(died)).isEqualTo(parts);
    assertThat(run(died.toString()).result()).isEqualTo(Result.NOTHING_DUE);
  }

  /** Whether the next process dies; what it does else is told by what it leaves. */
  private boolean dies(Path store) throws IOException {
    StoppingFileSystem.start(store);
    try {
      run(StoppingFileSystem.address(store));
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("The process stopped");
    }
    return StoppingFileSystem.isDead(store);
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
