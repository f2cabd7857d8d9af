package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Period;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.StoredProfile;
import io.leeway.testing.LocalSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seed of all rows: 11. */
class ProfileScanTest {
  private static final List<Row> ROWS = Applications.rows(1500, 11);
  private static final List<Window> WINDOWS =
      List.of(
          new Window(Applications.START, Applications.START.plus(20, ChronoUnit.HOURS)),
          new Window(
              Applications.START.plus(20, ChronoUnit.HOURS),
              Applications.START.plus(30, ChronoUnit.HOURS)),
          // A gap of two hours, and rows after the last window.
          new Window(
              Applications.START.plus(32, ChronoUnit.HOURS),
              Applications.START.plus(44, ChronoUnit.HOURS)));
  private static final List<Slice> SLICES =
      List.of(
          Slice.OVERALL,
          Slice.of("state"),
          Slice.of("age"),
          Slice.of("state", "age"),
          Slice.of("town"));
  private static final Map<String, String> SLICE_COLUMNS =
      Map.of("state", "state", "age", "age", "town", "home.post.town");
  private static final List<String> NUMBERS =
      List.of("b", "s", "i", "l", "f", "d", "dec", "big", "day", "at", "plain");

  @TempDir private static Path directory;
  private static Dataset<Row> table;

  @BeforeAll
  static void write() {
    table = Applications.table(LocalSpark.compiling(), ROWS, 2, directory.resolve("rows"));
  }

  private static NumericGrid grid(ColumnKind kind, double scale, int exactLimit) {
    double[] edges = IntStream.rangeClosed(-9, 9).mapToDouble(i -> i * scale / 9).toArray();
    int[] coarse = IntStream.rangeClosed(0, edges.length).map(bin -> bin / 4).toArray();
    int exponent = 40 - Math.getExponent(scale);
    return new NumericGrid(
        kind, edges, new double[] {0}, coarse, scale / 3, exponent, 2 * exponent - 40, exactLimit);
  }

  private static double scale(String column) {
    return switch (column) {
      case "b", "f" -> 5;
      case "s", "dec" -> 1000;
      case "i" -> 1e5;
      case "l", "big" -> 1e15;
      case "day" -> 2e4;
      case "at", "plain" -> 2e9;
      default -> 1;
    };
  }

  private static Double number(Object value) {
    if (value instanceof LocalDate date) {
      return (double) date.toEpochDay();
    } else if (value instanceof Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant) / 1e6;
    } else if (value instanceof LocalDateTime time) {
      return number(time.toInstant(ZoneOffset.UTC));
    } else if (value instanceof BigDecimal decimal) {
      return decimal.doubleValue();
    }
    return value == null ? null : ((Number) value).doubleValue();
  }

  /** A version without a name is none. */
  private static String named(String version) {
    return "".equals(version) ? null : version;
  }

  private static List<BruteForce.Expected<Row>> columns() {
    List<BruteForce.Expected<Row>> columns = new ArrayList<>();
    for (String name : NUMBERS) {
      NumericGrid grid = grid(ColumnKind.NUMERIC, scale(name), 12);
      columns.add(
          new BruteForce.Expected<>(
              MonitoredColumn.numeric(name, name, grid),
              row -> number(Applications.value(row, name))));
    }
    columns.add(
        new BruteForce.Expected<>(
            MonitoredColumn.numeric("score", "score", grid(ColumnKind.SCORE, 1, 40)),
            row -> number(Applications.value(row, "score"))));
    columns.add(
        new BruteForce.Expected<>(
            MonitoredColumn.numeric("size", "home.size", grid(ColumnKind.NUMERIC, 1, 12)),
            row -> field(row, r -> r.getDouble(0))));
    for (String name : List.of("flag", "text", "code")) {
      columns.add(
          new BruteForce.Expected<>(
              MonitoredColumn.categorical(
                  name, name, new Categories(List.of("true", "t3", "t5", "-2", "gone"), 100)),
              row -> text(Applications.value(row, name))));
    }
    columns.add(
        new BruteForce.Expected<>(
            MonitoredColumn.categorical("town", "home.post.town", new Categories(List.of(), 9)),
            ProfileScanTest::town));
    return columns;
  }

  private static Object field(Row row, Function<Row, Object> field) {
    Row home = (Row) Applications.value(row, "home");
    return home == null ? null : field.apply(home);
  }

  private static String town(Row row) {
    return (String) field(row, home -> home.isNullAt(1) ? null : home.getStruct(1).get(0));
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static ScanSpec spec(List<Slice> slices, List<Window> windows, long stateMemory) {
    return new ScanSpec(
        "ts",
        Optional.of("version"),
        Optional.of("decision"),
        "approve",
        slices,
        SLICE_COLUMNS,
        columns().stream().map(BruteForce.Expected::column).toList(),
        windows,
        Set.of(),
        1000,
        stateMemory);
  }

  private static Map<String, StoredProfile> bruteForce(
      List<Row> rows, List<Slice> slices, List<Window> windows) {
    return new BruteForce<Row>(
            row -> (Instant) Applications.value(row, "ts"),
            row -> named((String) Applications.value(row, "version")),
            row -> "approve".equals(Applications.value(row, "decision")),
            Map.of(
                "state",
                row -> marked((String) Applications.value(row, "state")),
                "age",
                row -> text(Applications.value(row, "age")),
                "town",
                ProfileScanTest::town),
            columns())
        .profiles(rows, slices, windows);
  }

  /** A value that reads like the mark of folded segments bears one backslash more. */
  private static String marked(String state) {
    return "(other)".equals(state) || "\\(other)".equals(state) ? "\\" + state : state;
  }

  private static Map<String, StoredProfile> found(Dataset<Row> rows, ScanSpec spec) {
    Map<String, StoredProfile> found = new TreeMap<>();
    FoundProfile.of(ProfileScan.of(rows, spec))
        .forEach((name, profile) -> found.put(name, profile.profile()));
    return found;
  }

  private static void assertSame(
      Map<String, StoredProfile> found, Map<String, StoredProfile> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, profile) -> assertThat(found.get(name)).as(name).isEqualTo(profile));
  }

  @Test
  void everyTypeSliceVersionAndWindowIsCountedAsByHandFromBatches() {
    ScanSpec spec = spec(SLICES, WINDOWS, 1L << 28);

    assertThat(ProfileScan.of(table, spec).isColumnar()).isTrue();
    assertSame(found(table, spec), bruteForce(ROWS, SLICES, WINDOWS));
  }

  @Test
  void rowsGiveWhatBatchesGive() {
    Dataset<Row> rows = table.where("state is null or state is not null");
    ScanSpec spec = spec(SLICES, WINDOWS, 1L << 28);

    assertThat(ProfileScan.of(rows, spec).isColumnar()).isFalse();
    assertSame(found(rows, spec), bruteForce(ROWS, SLICES, WINDOWS));
  }

  @ParameterizedTest(name = "{0} files")
  @ValueSource(ints = {1, 7})
  void filesAndFlushesAfterEveryBlockChangeNothing(int files) {
    Dataset<Row> cut =
        Applications.table(LocalSpark.compiling(), ROWS, files, directory.resolve("cut" + files));
    SparkSession fine = LocalSpark.compiling().newSession();
    fine.conf().set("spark.sql.files.maxPartitionBytes", "20000");
    fine.conf().set("spark.sql.files.openCostInBytes", "20000");
    fine.conf().set("spark.sql.parquet.columnarReaderBatchSize", "50");
    Dataset<Row> inFine =
        fine.read().format("delta").load(directory.resolve("cut" + files).toString());

    Map<String, StoredProfile> expected = found(cut, spec(SLICES, WINDOWS, 1L << 28));
    assertSame(found(inFine, spec(SLICES, WINDOWS, 1)), expected);
    assertSame(expected, bruteForce(ROWS, SLICES, WINDOWS));
  }

  @Test
  void daysAreCutWhereTheLocalClockHasTwentyThreeAndTwentyFiveHours() {
    // Lord Howe moves its clock by half an hour, Melbourne by a whole one: 2026-04-05, 03:00.
    ZoneId zone = ZoneId.of("Australia/Melbourne");
    Period day = Period.parse("1 day");
    Window long1 = day.windowOf(Instant.parse("2026-04-05T00:00:00Z"), zone);
    List<Window> windows = List.of(day.before(long1, zone), long1, day.after(long1, zone));
    assertThat(ChronoUnit.HOURS.between(long1.start(), long1.end())).isEqualTo(25);
    List<Row> rows = new ArrayList<>();
    for (int halfHours = 0; halfHours < 200; halfHours++) {
      Object[] values = new Object[Applications.SCHEMA.size()];
      values[0] = windows.get(0).start().minus(1, ChronoUnit.HOURS).plusSeconds(1800L * halfHours);
      values[1] = "v1";
      rows.add(org.apache.spark.sql.RowFactory.create(values));
    }
    Dataset<Row> clock =
        Applications.table(LocalSpark.compiling(), rows, 1, directory.resolve("clock"));

    Map<String, StoredProfile> found =
        found(clock, spec(List.of(Slice.OVERALL), windows, 1L << 28));

    assertSame(found, bruteForce(rows, List.of(Slice.OVERALL), windows));
    assertThat(found.get("v1 | 1 | [][] | b").rows).isEqualTo(50);
    assertThat(found.get("v1 | 2 | [][] | b").rows).isEqualTo(48);
  }

  @Test
  void moreThanAHundredColumnsStillComeInBatches() {
    Column120 wide = Column120.of(LocalSpark.compiling(), directory.resolve("wide"));
    ProfileScan scan = ProfileScan.of(wide.table, wide.spec);

    assertThat(scan.isColumnar()).isTrue();
    Map<String, FoundProfile> found = FoundProfile.of(scan);
    assertThat(found).hasSize(120);
    for (int i = 0; i < 120; i++) {
      // Column i holds i, i + 1 … i + 9.
      StoredProfile profile = found.get("null | 0 | [][] | x" + i).profile();
      assertThat(profile.values[0]).isEqualTo(i);
      assertThat(profile.values).hasSize(10);
    }
  }

  private record Column120(Dataset<Row> table, ScanSpec spec) {
    static Column120 of(SparkSession spark, Path directory) {
      Dataset<Row> rows = spark.range(10).toDF();
      List<MonitoredColumn> columns = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        rows = rows.withColumn("x" + i, functions.col("id").plus(i).cast(DataTypes.DoubleType));
        columns.add(MonitoredColumn.numeric("x" + i, "x" + i, grid(ColumnKind.NUMERIC, 100, 512)));
      }
      rows = rows.withColumn("ts", functions.lit(Applications.START));
      rows.write().format("delta").save(directory.toString());
      ScanSpec spec =
          new ScanSpec(
              "ts",
              Optional.empty(),
              Optional.empty(),
              "",
              List.of(Slice.OVERALL),
              Map.of(),
              columns,
              WINDOWS,
              Set.of(),
              10,
              1L << 28);
      return new Column120(spark.read().format("delta").load(directory.toString()), spec);
    }
  }

  @Test
  void allProfilesComeOutOfOneJobThatReadsTheTableOnce() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    AtomicInteger readers = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }

          @Override
          public void onStageCompleted(SparkListenerStageCompleted stage) {
            boolean reads = stage.stageInfo().taskMetrics().inputMetrics().recordsRead() > 0;
            readers.addAndGet(reads ? 1 : 0);
          }
        };
    ProfileScan scan = ProfileScan.of(table, spec(SLICES, WINDOWS, 1L << 28));
    var context = LocalSpark.compiling().sparkContext();
    context.listenerBus().waitUntilEmpty(60_000);
    context.addSparkListener(listener);
    try {
      assertThat(scan.profiles().count()).isPositive();
      context.listenerBus().waitUntilEmpty(60_000);
    } finally {
      context.removeSparkListener(listener);
    }
    assertThat(jobs).hasValue(1);
    assertThat(readers).hasValue(1);
  }

  @Test
  void noRowsInTheWindowsGiveNoProfiles() {
    Window later =
        new Window(Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2030-01-02T00:00:00Z"));

    assertThat(found(table, spec(SLICES, List.of(later), 1L << 28))).isEmpty();
  }
}
