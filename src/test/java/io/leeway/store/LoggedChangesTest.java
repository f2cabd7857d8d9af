package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.TableRef;
import io.leeway.domain.Window;
import io.leeway.store.SourceChanges.ChangedFile;
import io.leeway.store.SourceChanges.Kind;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every INSERT is one commit of one file; version 0 has no file. */
class LoggedChangesTest {
  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session();

  private TableRef address() {
    return new TableRef(directory.resolve("t").toUri().toString(), true);
  }

  private void sql(String statement) {
    spark.sql(statement.replace("TABLE_T", SqlName.of(address())));
  }

  /** Rows at noon of some days of January. */
  private void insert(int... days) {
    StringBuilder rows = new StringBuilder();
    for (int day : days) {
      rows.append(rows.isEmpty() ? "" : ", ").append("('").append(noon(day)).append("')");
    }
    sql(
        "INSERT INTO TABLE_T SELECT /*+ COALESCE(1) */ cast(v.at AS timestamp) AS at FROM VALUES "
            + rows
            + " AS v(at)");
  }

  private static Instant noon(int day) {
    return Instant.parse("2026-01-01T12:00:00Z").plusSeconds(86_400L * (day - 1));
  }

  private static Optional<Window> times(int firstDay, int lastDay) {
    return Optional.of(new Window(noon(firstDay), noon(lastDay).plusMillis(1)));
  }

  private SourceChanges since(long older, String column) {
    return SourceTable.open(spark, address(), OptionalLong.empty()).changesSince(older, column);
  }

  private SourceChanges since(long older, int mostLookedUp) {
    DeltaSnapshot newest = DeltaSnapshot.newest(spark, address()).orElseThrow();
    return new LoggedChanges(newest, "at", mostLookedUp).since(older);
  }

  @Test
  void appendsAndRewritesAreToldApartAndFilesMadeAnewAreLeftOut() {
    sql("CREATE TABLE TABLE_T (at TIMESTAMP) USING DELTA");
    insert(1, 3);
    insert(5);
    sql("OPTIMIZE TABLE_T");
    assertThat(since(2, "at")).isEqualTo(SourceChanges.none());
    assertThat(since(0, "at").files())
        .containsExactly(
            new ChangedFile(1, Kind.APPENDED, times(1, 3)),
            new ChangedFile(2, Kind.APPENDED, times(5, 5)));
    sql("DELETE FROM TABLE_T WHERE at = '" + noon(5) + "'");
    assertThat(since(3, "at").files())
        .containsExactlyInAnyOrder(
            new ChangedFile(4, Kind.REWRITTEN, times(1, 5)),
            new ChangedFile(4, Kind.REWRITTEN, times(1, 3)));
  }

  /** A removal says nothing of its file's times: they are those of the file when it was added. */
  @Test
  void timesOfRemovedFilesAreLookedUpUnlessTheyAreTooMany() {
    sql("CREATE TABLE TABLE_T (at TIMESTAMP) USING DELTA");
    insert(1);
    insert(5, 7);
    sql("DELETE FROM TABLE_T");
    SourceChanges told = since(2, 2);
    assertThat(told.untold()).isEmpty();
    assertThat(told.files())
        .containsExactlyInAnyOrder(
            new ChangedFile(3, Kind.REWRITTEN, times(1, 1)),
            new ChangedFile(3, Kind.REWRITTEN, times(5, 7)));
    assertThat(since(2, 1).untold())
        .hasValueSatisfying(why -> assertThat(why).contains("are gone or too many"));
  }

  /** Looked up are only files that were there before; these were added since. */
  @Test
  void filesThatCameAndWentSinceAreKnownFromWhenTheyCame() {
    sql("CREATE TABLE TABLE_T (at TIMESTAMP) USING DELTA");
    insert(4);
    sql("DELETE FROM TABLE_T");
    assertThat(since(0, "at").files())
        .containsExactly(
            new ChangedFile(1, Kind.APPENDED, times(4, 4)),
            new ChangedFile(2, Kind.REWRITTEN, times(4, 4)));
  }

  @Test
  void tablePartitionedByTheDayOfItsTimesTellsTheTimes() {
    sql(
        "CREATE TABLE TABLE_T (at TIMESTAMP, day DATE GENERATED ALWAYS AS (CAST(at AS DATE)))"
            + " USING DELTA PARTITIONED BY (day)");
    sql("INSERT INTO TABLE_T (at) VALUES (timestamp'" + noon(2) + "')");
    sql("INSERT INTO TABLE_T (at) VALUES (timestamp'" + noon(9) + "')");
    assertThat(since(1, "at").files())
        .containsExactly(new ChangedFile(2, Kind.APPENDED, times(9, 9)));
    // The whole partition goes without a look at its rows.
    sql("DELETE FROM TABLE_T WHERE day = '2026-01-02'");
    assertThat(since(2, "at").files())
        .containsExactly(new ChangedFile(3, Kind.REWRITTEN, times(2, 2)));
  }

  /** Then files have no statistics of the column, and removals need not be looked up. */
  @Test
  void tablePartitionedByTheTimeItselfTellsItByThePartition() {
    sql("CREATE TABLE TABLE_T (x INT, at DATE) USING DELTA PARTITIONED BY (at)");
    sql("INSERT INTO TABLE_T VALUES (1, DATE'2026-01-02')");
    sql("INSERT INTO TABLE_T VALUES (2, NULL)");
    sql("DELETE FROM TABLE_T WHERE at = '2026-01-02'");
    Instant midnight = Instant.parse("2026-01-02T00:00:00Z");
    Optional<Window> day = Optional.of(new Window(midnight, midnight.plusMillis(1)));
    assertThat(since(0, 0).files())
        .containsExactly(
            new ChangedFile(1, Kind.APPENDED, day),
            new ChangedFile(2, Kind.APPENDED, Optional.empty()),
            new ChangedFile(3, Kind.REWRITTEN, day));
  }

  @Test
  void timeBeyondTheColumnsWithStatisticsIsUntold() {
    sql(
        "CREATE TABLE TABLE_T (x INT, at TIMESTAMP) USING DELTA"
            + " TBLPROPERTIES ('delta.dataSkippingNumIndexedCols' = '1')");
    sql("INSERT INTO TABLE_T VALUES (1, timestamp'" + noon(2) + "')");
    assertThat(since(0, "at").untold())
        .hasValueSatisfying(why -> assertThat(why).contains("no statistics of column 'at'"));
    assertThat(since(0, "at").files()).isEmpty();
  }

  @Test
  void timeWithinAStructIsUntold() {
    sql("CREATE TABLE TABLE_T (meta STRUCT<at: TIMESTAMP>) USING DELTA");
    sql("INSERT INTO TABLE_T VALUES (named_struct('at', timestamp'" + noon(2) + "'))");
    assertThat(since(0, "meta.at").untold())
        .hasValueSatisfying(why -> assertThat(why).contains("nested columns"));
  }

  @Test
  void statisticsAreHeldOfTheOneColumnAlone() {
    assertThat(
            FileTimes.only(
                "{\"numRecords\":3,\"minValues\":{\"at\":\"a\",\"x\":1},"
                    + "\"maxValues\":{\"at\":\"b\",\"x\":9},\"nullCount\":{\"x\":0}}",
                "at"))
        .isEqualTo("{\"numRecords\":3,\"minValues\":{\"at\":\"a\"},\"maxValues\":{\"at\":\"b\"}}");
    assertThat(FileTimes.only(null, "at")).isNull();
    assertThat(FileTimes.only("no JSON", "at")).isNull();
  }
}
