package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.NumericGrid;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Made-up rows over two days; each day is a window, and rows are of versions v1, v2, "" or none.
 */
class FingerprintScanTest {
  private static final SparkSession SPARK = LocalSpark.compiling();
  private static final long AMPLE = 1 << 26;
  private static final long DAY_SECONDS = 86_400;
  private static final NumericGrid GRID =
      new NumericGrid(
          ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, 0, 20, 20, 64);
  private static final Categories NONE = new Categories(List.of(), Categories.UNSEEN_LIMIT);

  private static ScanSpec spec(long stateMemory, String... numbers) {
    List<MonitoredColumn> columns =
        new ArrayList<>(
            List.of(
                MonitoredColumn.categorical("text", "text", NONE),
                MonitoredColumn.categorical("flag", "flag", NONE)));
    for (String number : numbers) {
      columns.add(MonitoredColumn.numeric(number, number, GRID));
    }
    return new ScanSpec(
        "ts",
        Optional.of("version"),
        Optional.of("decision"),
        "approve",
        List.of(Slice.OVERALL, Slice.of("state")),
        Map.of("state", "state"),
        columns,
        List.of(
            new Window(Applications.START, Applications.START.plusSeconds(DAY_SECONDS)),
            new Window(
                Applications.START.plusSeconds(DAY_SECONDS),
                Applications.START.plusSeconds(2 * DAY_SECONDS))),
        Set.of(),
        10,
        stateMemory);
  }

  /** Rows and fingerprint by window and version, summed over tasks as a plan sums them. */
  private static Map<String, List<Long>> sums(Dataset<Row> table, ScanSpec spec) {
    return sums(FingerprintScan.of(table, spec));
  }

  private static Map<String, List<Long>> sums(List<FingerprintScan.Found> all) {
    Map<String, List<Long>> sums = new TreeMap<>();
    for (FingerprintScan.Found found : all) {
      sums.merge(
          found.window() + " " + found.version(),
          List.of(found.rows(), found.fingerprint()),
          (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1)));
    }
    return sums;
  }

  @Test
  void layoutBatchesAndMemoryMakeNoDifference(@TempDir Path folder) {
    List<Row> rows = Applications.rows(3_000, 11);
    ScanSpec spec = spec(AMPLE, "d", "f", "score", "dec");
    Dataset<Row> one = Applications.table(SPARK, rows, 1, folder.resolve("one"));
    Dataset<Row> seven = Applications.table(SPARK, rows, 7, folder.resolve("seven"));
    // A condition that holds for every row leaves no batches.
    Dataset<Row> asRows = one.where("score >= 0");
    assertThat(ProfileScan.of(one, spec).isColumnar()).isTrue();
    assertThat(ProfileScan.of(asRows, spec).isColumnar()).isFalse();

    Map<String, List<Long>> sums = sums(one, spec);

    // Counted by hand: rows with a time, by day and version.
    Map<String, Long> expected = new TreeMap<>();
    for (Row row : rows) {
      if (row.get(0) != null) {
        Instant time = (Instant) row.get(0);
        long day = (time.getEpochSecond() - Applications.START.getEpochSecond()) / DAY_SECONDS;
        // An empty version is none.
        Object version = "".equals(row.get(1)) ? null : row.get(1);
        expected.merge(day + " " + version, 1L, Long::sum);
      }
    }
    assertThat(sums.keySet()).isEqualTo(expected.keySet());
    sums.forEach((of, found) -> assertThat(found.get(0)).as(of).isEqualTo(expected.get(of)));
    assertThat(sums(asRows, spec)).isEqualTo(sums);
    assertThat(sums(seven, spec)).isEqualTo(sums);
    assertThat(sums(seven, spec(1, "d", "f", "score", "dec"))).isEqualTo(sums);
    assertThat(sums(asRows, spec(1, "d", "f", "score", "dec"))).isEqualTo(sums);
  }

  /**
   * Where a plan compares, it compares what this scan finds with what that of profiles published.
   */
  @Test
  void isWhatTheScanOfProfilesSaysOfTheSameRows(@TempDir Path folder) {
    Dataset<Row> table =
        Applications.table(SPARK, Applications.rows(2_000, 12), 3, folder.resolve("t"));
    ScanSpec spec = spec(AMPLE, "d", "score");
    List<FingerprintScan.Found> published =
        ProfileScan.of(table, spec)
            .profiles()
            .filter(of -> of.segment().slice().isOverall() && of.column().equals("text"))
            .map(
                of ->
                    new FingerprintScan.Found(
                        of.version(), of.window(), of.profile().rows, of.fingerprint()))
            .collect();
    assertThat(sums(table, spec)).isEqualTo(sums(published));
  }

  private static final String PLAIN =
      "timestamp_seconds(%d) AS ts, 'v1' AS version, 'approve' AS decision, 'VIC' AS state,"
              .formatted(Applications.START.getEpochSecond())
          + " 't' AS text, true AS flag, 0.5D AS score, 2.5D AS d";

  private static long fingerprint(String... rows) {
    Dataset<Row> table = null;
    for (String row : rows) {
      Dataset<Row> one = SPARK.sql("SELECT " + row);
      table = table == null ? one : table.union(one);
    }
    Map<String, List<Long>> sums = sums(table, spec(AMPLE, "score", "d"));
    assertThat(sums).hasSize(1);
    return sums.values().iterator().next().get(1);
  }

  private static String with(String old, String other) {
    assertThat(PLAIN).contains(old);
    return PLAIN.replace(old, other);
  }

  @Test
  void everyValueThatIsReadCounts() {
    long plain = fingerprint(PLAIN);
    assertThat(
            List.of(
                fingerprint(with("2.5D", "2.5000000000000004D")),
                fingerprint(with("2.5D", "cast(null as double)")),
                fingerprint(with("2.5D", "double('NaN')")),
                fingerprint(with("2.5D", "double('Infinity')")),
                fingerprint(with("2.5D", "double('-Infinity')")),
                fingerprint(with("2.5D", "-2.5D")),
                fingerprint(with("0.5D AS score, 2.5D AS d", "2.5D AS score, 0.5D AS d")),
                fingerprint(with("'t'", "'T'")),
                fingerprint(with("'t'", "''")),
                fingerprint(with("'t'", "cast(null as string)")),
                fingerprint(with("true", "false")),
                fingerprint(with("'approve'", "'decline'")),
                fingerprint(with("'VIC'", "'NSW'")),
                fingerprint(with("AS ts", "+ interval 1 microsecond AS ts"))))
        .doesNotContain(plain)
        .doesNotHaveDuplicates();
  }

  /** Two zeros are one value to every metric, and so is any NaN. */
  @Test
  void zerosAreOneValueAndSoAreNaNs() {
    assertThat(fingerprint(with("2.5D", "-0.0D"))).isEqualTo(fingerprint(with("2.5D", "0.0D")));
    assertThat(fingerprint(with("2.5D", "double('NaN')")))
        .isEqualTo(fingerprint(with("2.5D", "sqrt(-1.0D)")));
  }

  /** A sum that forgot what stands beside what would not see values that change places. */
  @Test
  void rowsThatSwapAValueAreOtherRows() {
    String other = with("2.5D", "7.5D").replace("'t'", "'u'");
    String swapped = with("2.5D", "7.5D");
    String swappedOther = with("'t'", "'u'");
    assertThat(fingerprint(PLAIN, other)).isNotEqualTo(fingerprint(swapped, swappedOther));
    assertThat(fingerprint(PLAIN, other)).isEqualTo(fingerprint(other, PLAIN));
    assertThat(fingerprint(PLAIN, PLAIN)).isEqualTo(2 * fingerprint(PLAIN));
  }

  /** What no scan reads, nothing is said of. */
  @Test
  void columnsThatAreNotReadDoNotCount() {
    assertThat(fingerprint(PLAIN + ", 1 AS unread"))
        .isEqualTo(fingerprint(PLAIN + ", 2 AS unread"));
  }
}
