package io.leeway.simulate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.unix_micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.Window;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedTablesTest {

  private static final Simulation SMALL =
      Simulation.defaults()
          .withRowsPerDay(40)
          .withDays(5)
          .withEvents(
              new Event.MissingDay(2),
              new Event.NullBurst("income", 0.5, 3, 3),
              new Event.StuckSensor("credit_score", 500, 4, 4));

  private final SparkSession spark = LocalSpark.compiling();

  @TempDir private Path directory;

  @Test
  void writtenPredictionsAreThoseOfPlainJava() {
    SimulatedTables.write(SimulatedTables.predictions(spark, SMALL), path("predictions"));

    Dataset<Row> table = read("predictions").withColumn("scored_at", unix_micros(col("scored_at")));
    Map<String, Row> rows =
        table.collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getAs("prediction_id"), row -> row));
    assertThat(rows).hasSize(160);
    days()
        .flatMap(day -> Rows.predictions(day).stream())
        .forEach(
            prediction -> {
              Map<String, Object> expected = Rows.columns(prediction);
              expected.put("scored_at", micros(prediction.scoredAt()));
              Row row = rows.get(prediction.predictionId());
              assertThat(table.columns()).containsExactlyInAnyOrderElementsOf(expected.keySet());
              expected.forEach(
                  (column, value) ->
                      assertThat(row.<Object>getAs(column)).as(column).isEqualTo(value));
            });
  }

  @Test
  void writtenOutcomesAreThoseOfPlainJava() {
    SimulatedTables.write(SimulatedTables.outcomes(spark, SMALL), path("outcomes"));

    assertThat(outcomes(read("outcomes")))
        .containsExactlyInAnyOrderElementsOf(
            days().flatMap(SimulatedTablesTest::outcomes).toList());
  }

  // A reader that skips files by the table log's statistics must find each week in one file: days 1
  // to 7, 8 to 14 and 15. Day 2 is missing.
  @Test
  void filesShareNoDay() {
    Simulation fifteenDays = SMALL.withDays(15);
    SimulatedTables.write(SimulatedTables.predictions(spark, fifteenDays), path("predictions"));
    SimulatedTables.write(SimulatedTables.outcomes(spark, fifteenDays), path("outcomes"));

    assertThat(rangesOfFiles("predictions", "scored_at", fifteenDays))
        .containsExactlyInAnyOrder("1..7", "8..14", "15..15");
    assertThat(rangesOfFiles("outcomes", "prediction_time", fifteenDays))
        .containsExactlyInAnyOrder("1..7", "8..14", "15..15");
  }

  @Test
  void partitionsAreNeitherTooManyNorTooLarge() {
    assertThat(partitions(SMALL.withRowsPerDay(3_000))).as("four days, then one").isEqualTo(2);
    assertThat(partitions(SMALL.withRowsPerDay(10_000))).as("a day each").isEqualTo(5);
    assertThat(partitions(SMALL.withRowsPerDay(1_000_001))).as("three a day").isEqualTo(15);
    assertThat(partitions(SMALL.withRowsPerDay(0))).as("an empty one").isEqualTo(1);
  }

  @Test
  void daysAppendedLaterMakeTheSameTable() {
    SimulatedTables.append(SimulatedTables.predictions(spark, SMALL, 1, 3), path("live"));
    SimulatedTables.append(SimulatedTables.predictions(spark, SMALL, 4, 5), path("live"));

    assertThat(read("live").collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            SimulatedTables.predictions(spark, SMALL).collectAsList());
  }

  @Test
  void outcomesComeInOnTheDayTheyBecomeKnown() {
    Simulation longer = SMALL.withDays(40);
    Window days = new Window(longer.day(34).window().start(), longer.day(36).window().end());
    List<Outcome> expected =
        IntStream.rangeClosed(1, 40)
            .mapToObj(longer::day)
            .flatMap(SimulatedTablesTest::outcomes)
            .filter(outcome -> days.contains(outcome.observedAt()))
            .toList();
    assertThat(expected).isNotEmpty();
    assertThat(outcomes(SimulatedTables.outcomesObserved(spark, longer, 34, 36)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aDayAloneIsTheSameAsAmongOthers() {
    assertThat(SimulatedTables.predictions(spark, SMALL).collectAsList())
        .hasSize(160)
        .containsAll(SimulatedTables.predictions(spark, SMALL, 3, 3).collectAsList());
  }

  @Test
  void anEmptyHistoryIsAnEmptyTable() {
    SimulatedTables.write(
        SimulatedTables.predictions(spark, SMALL.withRowsPerDay(0)), path("none"));
    assertThat(read("none").isEmpty()).isTrue();
    assertThat(read("none").columns()).contains("scored_at", "income", "probability");
  }

  @Test
  void aTableIsNotWrittenOver() {
    SimulatedTables.write(SimulatedTables.outcomes(spark, SMALL), path("outcomes"));
    assertThatThrownBy(
            () -> SimulatedTables.write(SimulatedTables.outcomes(spark, SMALL), path("outcomes")))
        .hasMessageContaining("DELTA_PATH_EXISTS");
  }

  @Test
  void refusesDaysOutsideTheHistory() {
    assertThatThrownBy(() -> SimulatedTables.predictions(spark, SMALL, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> SimulatedTables.outcomesObserved(spark, SMALL, 1, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Of each file, the days of the least and the greatest time by the table's log. */
  private List<String> rangesOfFiles(String table, String time, Simulation simulation) {
    return spark
        .read()
        .json(path(table) + "/_delta_log/*.json")
        .select(
            get_json_object(col("add.stats"), "$.minValues." + time),
            get_json_object(col("add.stats"), "$.maxValues." + time))
        .na()
        .drop()
        .collectAsList()
        .stream()
        .map(
            row -> dayOf(row.getString(0), simulation) + ".." + dayOf(row.getString(1), simulation))
        .toList();
  }

  private static long dayOf(String time, Simulation simulation) {
    return ChronoUnit.DAYS.between(
            simulation.firstDay(), Instant.parse(time).atZone(simulation.zone()).toLocalDate())
        + 1;
  }

  private int partitions(Simulation simulation) {
    return SimulatedTables.predictions(spark, simulation.withEvents()).rdd().getNumPartitions();
  }

  private static Stream<SimulatedDay> days() {
    return IntStream.rangeClosed(1, SMALL.days()).mapToObj(SMALL::day);
  }

  private static Stream<Outcome> outcomes(SimulatedDay day) {
    return Rows.outcomes(day).stream().flatMap(Optional::stream);
  }

  private static List<Outcome> outcomes(Dataset<Row> table) {
    return table
        .select(
            col("prediction_id"),
            col("defaulted"),
            unix_micros(col("observed_at")),
            unix_micros(col("prediction_time")))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Outcome(
                    row.getString(0),
                    row.getInt(1),
                    instant(row.getLong(2)),
                    instant(row.getLong(3))))
        .toList();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private Dataset<Row> read(String table) {
    return spark.read().format("delta").load(path(table));
  }

  private String path(String table) {
    return directory.resolve(table).toUri().toString();
  }
}
