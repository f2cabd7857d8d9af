package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.HashOrder;
import io.leeway.profile.NumericGrid;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables of every layout. Row {@code i} of 1 000 has {@code x = i}, {@code y = i mod 4}, a state by
 * {@code i mod 3}, and a time {@code i} minutes from the start.
 */
class SourceLayoutTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final SparkSession SPARK = LocalSpark.compiling();

  @TempDir private Path directory;

  private static Dataset<Row> rows() {
    return SPARK.sql(
        "select cast(id as double) as x, cast(id % 4 as double) as y,"
            + " case id % 3 when 0 then 'VIC' when 1 then 'NSW' end as state,"
            + " timestamp_seconds("
            + START.getEpochSecond()
            + " + 60 * id) as ts, cast(id as string) as digits from range(1000)");
  }

  private Dataset<Row> delta(DataFrameWriter<Row> writer) {
    writer.format("delta").save(path());
    return SPARK.read().format("delta").load(path());
  }

  private String path() {
    return directory.resolve("table").toString();
  }

  /** One window that holds rows 100 to 899. */
  private static ScanSpec spec(String state) {
    NumericGrid grid =
        new NumericGrid(
            ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, 0, 20, 20, 2000);
    return new ScanSpec(
        "ts",
        Optional.empty(),
        Optional.empty(),
        "",
        List.of(Slice.OVERALL, Slice.of("state")),
        Map.of("state", state),
        List.of(MonitoredColumn.numeric("x", "x", grid), MonitoredColumn.numeric("y", "y", grid)),
        List.of(new Window(START.plusSeconds(6_000), START.plusSeconds(54_000))),
        Set.of(),
        10,
        1 << 20);
  }

  private static void assertCounts(ProfileScan scan, int[] ids) {
    Map<String, FoundProfile> found = FoundProfile.of(scan);
    assertThat(found.get("null | 0 | [][] | x").profile().values)
        .containsExactly(Arrays.stream(ids).asDoubleStream().toArray());
    TreeMap<Double, Long> y = new TreeMap<>();
    Arrays.stream(ids).forEach(i -> y.merge((double) (i % 4), 1L, Long::sum));
    assertThat(found.get("null | 0 | [][] | y").profile().valueCounts)
        .containsExactly(y.values().stream().mapToLong(n -> n).toArray());
    String[] states = {"VIC", "NSW", null};
    for (int rest = 0; rest < 3; rest++) {
      int state = rest;
      assertThat(found.get("null | 0 | [state][" + states[rest] + "] | x").profile().values)
          .containsExactly(
              Arrays.stream(ids).filter(i -> i % 3 == state).asDoubleStream().toArray());
    }
    assertThat(found).hasSize(8);
  }

  private static int[] window() {
    return IntStream.range(100, 900).toArray();
  }

  @Test
  void theTimeRangeAloneLeavesBatches() {
    ProfileScan scan = ProfileScan.of(delta(rows().write()), spec("state"));

    assertThat(scan.isColumnar()).isTrue();
    assertCounts(scan, window());
  }

  @Test
  void deletedRowsAreNotCounted() {
    delta(rows().write().option("delta.enableDeletionVectors", "true"));
    SPARK.sql("delete from delta.`" + path() + "` where x % 5 = 0");
    assertThat(SPARK.sql("describe history delta.`" + path() + "`").selectExpr("operationMetrics"))
        .satisfies(
            history ->
                assertThat(history.first().getJavaMap(0).get("numDeletionVectorsAdded"))
                    .isNotEqualTo("0"));
    ProfileScan scan = ProfileScan.of(SPARK.read().format("delta").load(path()), spec("state"));

    assertThat(scan.isColumnar()).isFalse();
    assertCounts(scan, IntStream.range(100, 900).filter(i -> i % 5 != 0).toArray());
  }

  @Test
  void aUsersConditionIsKept() {
    ProfileScan scan = ProfileScan.of(delta(rows().write()).where("y <> 1"), spec("state"));

    assertThat(scan.isColumnar()).isFalse();
    assertCounts(scan, IntStream.range(100, 900).filter(i -> i % 4 != 1).toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ts >= '2026-03-01 05:00:00'",
        "'2026-03-01 05:00:00' <= ts",
        "ts > '2026-03-01 04:59:00'"
      })
  void aUsersConditionOnTheTimeIsKeptToo(String condition) {
    ProfileScan scan = ProfileScan.of(delta(rows().write()).where(condition), spec("state"));

    assertThat(scan.isColumnar()).isFalse();
    assertCounts(scan, IntStream.range(300, 900).toArray());
  }

  @Test
  void aConditionThatOnlyWidensTheRangeLeavesBatches() {
    Dataset<Row> table =
        delta(rows().write()).where("ts >= '2026-03-01 01:00:00' and ts < '2026-03-09'");
    ProfileScan scan = ProfileScan.of(table, spec("state"));

    assertThat(scan.isColumnar()).isTrue();
    assertCounts(scan, window());
  }

  @Test
  void partitionedTablesComeInBatches() {
    ProfileScan scan =
        ProfileScan.of(delta(rows().write().partitionBy("y", "state")), spec("state"));

    assertThat(scan.isColumnar()).isTrue();
    assertCounts(scan, window());
  }

  @Test
  void tablesWithMappedColumnsComeInBatches() {
    delta(
        rows()
            .withColumnRenamed("x", "old")
            .write()
            .option("delta.columnMapping.mode", "name")
            .option("delta.minReaderVersion", "2")
            .option("delta.minWriterVersion", "5"));
    SPARK.sql("alter table delta.`" + path() + "` rename column old to x");
    ProfileScan scan = ProfileScan.of(SPARK.read().format("delta").load(path()), spec("state"));

    assertThat(scan.isColumnar()).isTrue();
    assertCounts(scan, window());
  }

  @Test
  void sliceExpressionsLeaveTheOtherColumnsInBatches() {
    ProfileScan scan =
        ProfileScan.of(
            delta(rows().write()),
            spec("case when x % 3 = 0 then 'VIC' when x % 3 = 1 then concat('N', 'SW') end"));

    assertThat(scan.isColumnar()).isTrue();
    assertCounts(scan, window());
  }

  @Test
  void expressionsAreNotAskedOfRowsOutsideTheWindows() {
    Dataset<Row> table =
        delta(
            rows()
                .withColumn(
                    "digits",
                    org.apache.spark.sql.functions.expr("if(x < 100, 'not a number', digits)"))
                .write());
    // In ANSI mode, the cast fails on the rows before the window.
    ProfileScan scan =
        ProfileScan.of(
            table, spec("case cast(digits as int) % 3 when 0 then 'VIC' when 1 then 'NSW' end"));

    assertThat(scan.isColumnar()).isTrue();
    assertCounts(scan, window());
  }

  @Test
  void viewsUnionsAndJoinsAreReadAsRows() {
    Dataset<Row> table = delta(rows().write());
    Dataset<Row> union = table.where("x < 500").union(table.where("x >= 500"));
    Dataset<Row> joined =
        table.join(
            SPARK.range(100_000).selectExpr("cast(id as double) as other"),
            org.apache.spark.sql.functions.expr("x = other"));

    for (Dataset<Row> rows : List.of(union, joined)) {
      ProfileScan scan = ProfileScan.of(rows, spec("state"));
      assertThat(scan.isColumnar()).isFalse();
      assertCounts(scan, window());
    }
  }

  @ParameterizedTest(name = "{0} files")
  @ValueSource(ints = {1, 2, 7})
  void foldedSegmentsAreTheSameForEveryPartitioning(int files) {
    NumericGrid grid =
        new NumericGrid(
            ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, 0, 20, 20, 2000);
    ScanSpec spec =
        new ScanSpec(
            "ts",
            Optional.empty(),
            Optional.empty(),
            "",
            List.of(Slice.OVERALL, Slice.of("digits"), Slice.of("state", "digits")),
            Map.of("digits", "digits", "state", "state"),
            List.of(MonitoredColumn.numeric("y", "y", grid)),
            List.of(new Window(START, START.plusSeconds(60_000))),
            Set.of(new Segment(Slice.of("digits"), List.of("7"))),
            5,
            1);
    Map<String, FoundProfile> found =
        FoundProfile.of(ProfileScan.of(delta(rows().repartition(files).write()), spec));

    FoundProfile other = found.get("null | 0 | [digits][(other)] | y");
    // 1 000 values, of which five stay and one was admitted.
    assertThat(other.folded()).isEqualTo(new FoldedCount(994, 0));
    assertThat(other.profile().rows).isEqualTo(994);
    assertThat(found.get("null | 0 | [digits][7] | y").profile().values).containsExactly(3);
    Set<String> kept =
        IntStream.range(0, 1000)
            .filter(i -> i != 7)
            .mapToObj(i -> "digits=" + i)
            .sorted(HashOrder.INSTANCE)
            .limit(5)
            .map(text -> text.substring("digits=".length()))
            .collect(Collectors.toSet());
    assertThat(kept)
        .allSatisfy(
            digits ->
                assertThat(found.get("null | 0 | [digits][" + digits + "] | y").profile().rows)
                    .isEqualTo(1));
    long pairs =
        found.entrySet().stream()
            .filter(entry -> entry.getKey().contains("[state, digits]"))
            .mapToLong(entry -> Math.max(1, entry.getValue().folded().segments()))
            .sum();
    assertThat(pairs).isEqualTo(1000);
  }

  @Test
  void numbersAndTimesBehindADictionaryAreReadAsTheyAre() {
    // Four doubles, ten floats, 20 whole numbers and 30 times on 1 000 rows: all
    // dictionary-encoded.
    Dataset<Row> table =
        delta(
            rows()
                .selectExpr(
                    "if(x % 11 = 0, null, y) as d",
                    "cast(x % 10 as float) as f",
                    "cast(x % 20 as int) as i",
                    "cast(x % 20 as bigint) as l",
                    "cast(x % 20 as decimal(9, 1)) as dec",
                    "timestamp_seconds(" + START.getEpochSecond() + " + cast(x % 30 as int)) as ts")
                .write());
    NumericGrid grid =
        new NumericGrid(
            ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, 0, 20, 20, 2000);
    ScanSpec spec =
        new ScanSpec(
            "ts",
            Optional.empty(),
            Optional.empty(),
            "",
            List.of(Slice.OVERALL),
            Map.of(),
            List.of("d", "f", "i", "l", "dec").stream()
                .map(name -> MonitoredColumn.numeric(name, name, grid))
                .toList(),
            List.of(new Window(START, START.plusSeconds(15))),
            Set.of(),
            10,
            1 << 20);
    ProfileScan scan = ProfileScan.of(table, spec);

    assertThat(scan.isColumnar()).isTrue();
    Map<String, FoundProfile> found = FoundProfile.of(scan);
    int[] ids = IntStream.range(0, 1000).filter(i -> i % 30 < 15).toArray();
    assertCounts(found, "d", Arrays.stream(ids).filter(i -> i % 11 != 0).map(i -> i % 4));
    assertCounts(found, "f", Arrays.stream(ids).map(i -> i % 10));
    for (String name : List.of("i", "l", "dec")) {
      assertCounts(found, name, Arrays.stream(ids).map(i -> i % 20));
    }
  }

  private static void assertCounts(Map<String, FoundProfile> found, String column, IntStream all) {
    TreeMap<Double, Long> counts = new TreeMap<>();
    all.forEach(value -> counts.merge((double) value, 1L, Long::sum));
    var profile = found.get("null | 0 | [][] | " + column).profile();
    assertThat(profile.values)
        .containsExactly(counts.keySet().stream().mapToDouble(v -> v).toArray());
    assertThat(profile.valueCounts)
        .containsExactly(counts.values().stream().mapToLong(n -> n).toArray());
  }
}
