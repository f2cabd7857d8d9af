package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.LeewayConfig;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyNewDayTest {
  private static final int ROWS_PER_DAY = 10;

  private static final SmallModel MODEL =
      new SmallModel(
          "m",
          60,
          """
          features { numeric = [age] }
          windows { base = 1 day, roll-up = [7 days] }
          """);

  private final SparkSession spark = LocalSpark.session();
  private final List<String> said = new ArrayList<>();

  @TempDir private Path folder;

  /** Files that are gone cannot be read: whoever still opened one of them would fail. */
  @Test
  void dayAddedToNinetyIsReadAloneAndThenNothingMore() throws IOException {
    append(1, 90);
    assertThat(run(SmallModel.due()).windows()).hasSize(30);
    takeDataFilesAway();
    append(91, 91);

    ModelReport added = run(SmallModel.due());

    assertThat(added.result()).isEqualTo(Result.DONE);
    assertThat(added.windows())
        .containsExactly(new Window(SmallModel.start(91), SmallModel.start(92)));
    assertThat(added.rows()).isEqualTo(ROWS_PER_DAY);
    assertThatThrownBy(() -> run(SmallModel.again(90)))
        .as("a day whose file is gone")
        .hasStackTraceContaining("does not exist");

    takeDataFilesAway();
    said.clear();
    ModelReport nothing = run(SmallModel.due());

    assertThat(nothing.result()).isEqualTo(Result.NOTHING_DUE);
    assertThat(nothing.windows()).isEmpty();
    assertThat(nothing.rows()).isZero();
    assertThat(said).containsExactly("Model m: 0 of its windows are due.");
  }

  private void append(int firstDay, int lastDay) {
    SmallModel.predictions(spark, firstDay, lastDay, ROWS_PER_DAY)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(table().toString());
  }

  private Path table() {
    return folder.resolve("predictions");
  }

  private void takeDataFilesAway() throws IOException {
    try (Stream<Path> files = Files.list(table())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private ModelReport run(MonitorRequest request) {
    LeewayConfig config = MODEL.config(table().toString(), folder.resolve("store").toString());
    Store store = Store.open(spark, config.store());
    return new Monitor(store, said::add).run(config.models().get(0), request);
  }
}
