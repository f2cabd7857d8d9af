package io.leeway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.CircuitConfig;
import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.config.TableRef;
import io.leeway.store.SourceTable;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring after scoring dies, each at the first point at which none has died before. */
class ScoreCrashTest {
  private static final Instant JANUARY = Instant.parse("2026-01-05T00:00:00Z");
  private static final String ANSWERS = "SELECT pid, customer, income, at, v, p, d, status FROM ";

  private final SparkSession spark = StoppingFileSystem.session();

  @TempDir private Path folder;

  @Test
  void aScoringAfterDeathsAnywhereLeavesWhatOneThatNeverDiedLeaves() throws IOException {
    ServedModel model = new ServedModel(folder);
    model.crowns();
    model.challenges(3_000, "salt");
    Path died = folder.resolve("died");
    Path whole = folder.resolve("whole");
    List<String> deaths = new ArrayList<>();
    for (int from = 0; from < 90; from += 30) {
      model.features(from, from + 30, JANUARY);
      score(model, whole.toString());
      while (dies(model, died)) {
        assertThat(ids(died)).as("no row twice").doesNotHaveDuplicates();
      }
      deaths.addAll(StoppingFileSystem.forget(died));

      assertThat(answers(died)).isEqualTo(answers(whole)).hasSize(from + 30);
    }

    assertThat(deaths)
        .hasSizeGreaterThanOrEqualTo(10)
        .contains(
            "before the first commit of predictions",
            "after the first commit of predictions",
            "before rows of predictions",
            "before a commit of predictions",
            "after a commit of predictions");
  }

  private boolean dies(ServedModel model, Path in) throws IOException {
    StoppingFileSystem.start(in);
    try {
      score(model, StoppingFileSystem.address(in));
    } catch (Exception e) {
      assertThat(e).hasStackTraceContaining("The process stopped");
    }
    return StoppingFileSystem.isDead(in);
  }

  private void score(ServedModel model, String in) {
    ModelConfig config =
        ConfigLoader.load(
                """
                leeway {
                  store.path = "results"
                  models.credit {
                    task = binary
                    predictions { table = "%s/predictions", id = pid, time = at, version = v,
                                  score = p, decision = d }
                    labels { table = "in/outcomes", id = pid, label = bad, time = seen_at }
                    reference { from = 2026-01-01, until = 2026-04-01 }
                    operations { latency = ms }
                  }
                }
                """
                    .formatted(in),
                folder)
            .model(ServedModel.NAME);
    new ScoreJob(spark, model.registry(), model::scorer)
        .run(config, model.scoring(), CircuitConfig.defaults(), JANUARY.plusSeconds(86_400));
  }

  private List<Row> answers(Path in) {
    return spark
        .sql(ANSWERS + "delta.`" + in.resolve("predictions") + "` ORDER BY pid")
        .collectAsList();
  }

  private List<String> ids(Path in) {
    if (!SourceTable.exists(spark, new TableRef(in.resolve("predictions").toString(), true))) {
      return List.of();
    }
    return answers(in).stream().map(row -> row.getString(0)).toList();
  }
}
