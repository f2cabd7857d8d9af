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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of daily files, of which most are the reference and the last five days are published. */
class OnlyNewDayTest {
  private static final int ROWS_PER_DAY = 10;
  private static final int YEAR = 365;

  private static final SmallModel MODEL =
      new SmallModel(
          "m",
          YEAR - 5,
          """
          features { numeric = [age] }
          windows { base = 1 day, roll-up = [7 days] }
          """);

  private final SparkSession spark = LocalSpark.session();
  private final List<String> said = new ArrayList<>();

  @TempDir private Path folder;

  /** Files that are gone cannot be read: whoever still opened one of them would fail. */
  @Test
  void runReadsTheFilesOfTheDayThatIsDueAndNoOthers() throws IOException {
    append(SmallModel.predictions(spark, 1, YEAR, ROWS_PER_DAY));
    assertThat(spark.read().format("delta").load(table().toString()).inputFiles()).hasSize(YEAR);
    assertThat(run(SmallModel.due()).windows()).hasSize(5);
    takeDataFilesAway();
    Dataset<Row> newDay = SmallModel.predictions(spark, YEAR + 1, YEAR + 1, ROWS_PER_DAY);
    append(newDay);

    ModelReport added = run(SmallModel.due());

    assertThat(added.result()).isEqualTo(Result.DONE);
    assertThat(added.windows()).containsExactly(day(YEAR + 1));
    assertThat(added.rows()).isEqualTo(ROWS_PER_DAY);
    assertThatThrownBy(() -> run(SmallModel.again(YEAR)))
        .as("a day whose file is gone")
        .hasStackTraceContaining("does not exist");

    // Late rows of the day, in a file of their own: the run after it needs that day's files alone.
    append(
        newDay
            .limit(3)
            .selectExpr(
                "id + 1000000 AS id", "at", "version", "amount", "age", "product", "region", "p"));
    ModelReport late = run(SmallModel.due());

    assertThat(late.plan()).extracting(PlannedWindows::reason).containsExactly("LATE_ROWS");
    assertThat(late.windows()).containsExactly(day(YEAR + 1));
    assertThat(late.rows()).isEqualTo(ROWS_PER_DAY + 3);

    takeDataFilesAway();
    said.clear();
    ModelReport nothing = run(SmallModel.due());

    assertThat(nothing.result()).isEqualTo(Result.NOTHING_DUE);
    assertThat(nothing.windows()).isEmpty();
    assertThat(nothing.rows()).isZero();
    assertThat(said).containsExactly("Model m: 0 of its windows are due.");
  }

  private static Window day(int day) {
    return new Window(SmallModel.start(day), SmallModel.start(day + 1));
  }

  /** One file a day: the rows come in the order of their times. */
  private void append(Dataset<Row> rows) {
    rows.coalesce(1)
        .write()
        .option("maxRecordsPerFile", ROWS_PER_DAY)
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
