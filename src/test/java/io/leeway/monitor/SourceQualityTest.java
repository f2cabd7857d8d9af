package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files are committed now, so days are told from today: the reference ends eight days ago; later
 * there are rows of noon five days ago, of yesterday and of the day after tomorrow, a commit each.
 */
class SourceQualityTest {
  @TempDir private static Path folder;
  private static Instant today;
  private static MonitoredTable table;
  private static ModelConfig model;
  private static ModelReport first;

  @BeforeAll
  static void publish() {
    today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    table = new MonitoredTable(folder);
    for (int day = -12; day < -8; day++) {
      append(day);
    }
    for (int day : new int[] {-5, -1, 2}) {
      append(day);
    }
    model =
        table.model(
            "windows { base = 1 day }",
            "reference { from = \"%s\", until = \"%s\" }".formatted(noon(-13), noon(-8)));
    first = new Monitor(table.store(), line -> {}).run(model, MonitorRequest.due(noon(9)));
  }

  private static Instant noon(int day) {
    return today.plus(Duration.ofDays(day)).plus(Duration.ofHours(12));
  }

  private static Dataset<Row> rows(int day) {
    return LocalSpark.session()
        .sql(
            "SELECT id + %d AS id, timestamp'%s' AS at, 'v1' AS version, pmod(hash(id), 101) / 101.0D AS p, pmod(hash(id), 97) / 10.0D AS x FROM range(12)"
                .formatted(1_000 * (day + 20), noon(day)));
  }

  private static void append(int day) {
    rows(day).coalesce(1).write().format("delta").mode("append").save(table.predictions());
  }

  /** What the writer put into a commit's own file. */
  private static double committedAt(int version) {
    return LocalSpark.session()
            .read()
            .json(folder.resolve("predictions/_delta_log/%020d.json".formatted(version)).toString())
            .where("commitInfo IS NOT NULL")
            .select("commitInfo.timestamp")
            .first()
            .getLong(0)
        / 1_000.0;
  }

  private static Row metric(String metric, int day, String runId) {
    List<Row> rows =
        table.metrics(
            "metric = '%s' AND window_start = timestamp'%s' AND run_id = '%s'"
                .formatted(metric, noon(day).minus(Duration.ofHours(12)), runId));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static Double value(String metric, int day) {
    Row row = metric(metric, day, first.runId().orElseThrow());
    return row.isNullAt(row.fieldIndex("value")) ? null : row.getAs("value");
  }

  private static ModelReport again(int day) {
    return new Monitor(table.store(), line -> {})
        .run(
            model,
            MonitorRequest.asked(
                Optional.of(noon(day).minus(Duration.ofHours(12))),
                Optional.of(noon(day).plus(Duration.ofHours(12))),
                noon(9)));
  }

  @Test
  void delayIsFromTheRowsTimeToTheCommitOfItsFile() {
    assertThat(value("arrival_delay_mean", -5))
        .isEqualTo(committedAt(4) - noon(-5).getEpochSecond());
    assertThat(value("arrival_delay_mean", 2)).isEqualTo(committedAt(6) - noon(2).getEpochSecond());
    assertThat(value("arrival_delay_mean", -4)).isNull();
  }

  /** Of five days ago: the day after it was over long before. The day after yesterday is today. */
  @Test
  void rowsAreLateOnceTheNextDayIsOver() {
    assertThat(value("late_rate", -5)).isEqualTo(1.0);
    assertThat(value("late_rate", -1)).isEqualTo(0.0);
  }

  @Test
  void rowsOfTheDayAfterTomorrowLieInTheFuture() {
    assertThat(value("future_rate", -1)).isEqualTo(0.0);
    assertThat(value("future_rate", 2)).isEqualTo(1.0);
    assertThat(value("freshness_seconds", 2)).isEqualTo(committedAt(6) - noon(-1).getEpochSecond());
  }

  /** The log knows of OPTIMIZE's file that its rows were there before, but not from when on. */
  @Test
  void whatTheLogNoLongerTellsIsUndefinedAndWhatHasChangedIsNamed() {
    LocalSpark.session().sql("OPTIMIZE delta.`" + table.predictions() + "`");
    LocalSpark.session()
        .sql("ALTER TABLE delta.`" + table.predictions() + "` ADD COLUMN extra STRING");
    ModelReport report = again(-5);
    Row late = metric("late_rate", -5, report.runId().orElseThrow());
    assertThat(late.<String>getAs("status")).isEqualTo("UNDEFINED");
    assertThat(late.<String>getAs("reason")).contains("OPTIMIZE has put them into other files");
    String change = "column 'extra' of type STRING is new and not monitored";
    assertThat(report.notes()).anyMatch(note -> note.contains(change));
    assertThat(table.metrics("metric = 'schema_change' AND column_name = 'extra'"))
        .extracting(row -> row.<String>getAs("reason"))
        .contains("Since the baseline: " + change + ".");

    LocalSpark.session()
        .read()
        .format("delta")
        .load(table.predictions())
        .selectExpr("id", "at", "version", "p", "cast(x AS STRING) AS x")
        .localCheckpoint()
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(table.predictions());
    assertThatThrownBy(() -> again(-1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column 'x' was of type DOUBLE and is of type STRING")
        .hasMessageContaining("monitors it as a number")
        .hasMessageContaining("baseline --force");
  }
}
