package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leeway.config.TableRef;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.testing.FailingFileSystem;
import io.leeway.testing.FailingFileSystem.Trouble;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTableTest {
  private static final OptionalLong NEWEST = OptionalLong.empty();

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session();

  private TableRef address() {
    return new TableRef(directory.resolve("predictions").toUri().toString(), true);
  }

  /** One row an hour; one file. */
  private void hours(String from, int hours) {
    spark
        .range(hours)
        .selectExpr("id", "timestamp'" + from + "' + make_interval(0, 0, 0, 0, id) AS scored_at")
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(address().text());
  }

  @Test
  void laterAppendsAreNotSeen() {
    hours("2026-01-01T00:00:00Z", 5);
    SourceTable table = SourceTable.open(spark, address(), NEWEST);
    Dataset<Row> frame = table.read();

    hours("2026-01-02T00:00:00Z", 7);

    assertThat(frame.count()).isEqualTo(5);
    assertThat(table.read().count()).isEqualTo(5);
    assertThat(table.version()).isZero();
    assertThat(table.timeRange("scored_at").orElseThrow().end())
        .isBefore(Instant.parse("2026-01-02T00:00:00Z"));
    SourceTable now = SourceTable.open(spark, address(), NEWEST);
    assertThat(now.version()).isEqualTo(1);
    assertThat(now.read().count()).isEqualTo(12);
    assertThat(now.id()).isEqualTo(table.id());
  }

  @Test
  void aNestedTimeIsLookedUpInTheRows() {
    spark
        .sql("SELECT named_struct('at', timestamp'2026-01-01T05:00:00Z') AS meta")
        .write()
        .format("delta")
        .save(address().text());

    Window range = SourceTable.open(spark, address(), NEWEST).timeRange("meta.at").orElseThrow();

    assertThat(range.start()).isEqualTo(Instant.parse("2026-01-01T05:00:00Z"));
  }

  @Test
  void anOlderVersionIsReadAsItWas() {
    hours("2026-01-01T00:00:00Z", 5);
    hours("2026-01-02T00:00:00Z", 7);

    assertThat(SourceTable.open(spark, address(), OptionalLong.of(0)).read().count()).isEqualTo(5);
    assertThatThrownBy(() -> SourceTable.open(spark, address(), OptionalLong.of(2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no version 2")
        .hasMessageContaining("newest is 1");
  }

  @Test
  void theNewestVersionIsReadableHoweverOldItIs() throws IOException {
    hours("2026-01-01T00:00:00Z", 5);
    hours("2026-01-02T00:00:00Z", 7);
    monthsOld();
    SparkSession fresh = spark.newSession();

    SourceTable newest = SourceTable.open(fresh, address(), NEWEST);
    assertThat(newest.read().count()).isEqualTo(12);
    assertThat(SourceTable.open(fresh, address(), OptionalLong.of(1)).read().count()).isEqualTo(12);
    assertThatThrownBy(() -> SourceTable.open(fresh, address(), OptionalLong.of(0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("older than the table keeps deleted files");
  }

  /** Delta takes a commit's time from its file. */
  private void monthsOld() throws IOException {
    try (Stream<Path> commits = Files.list(directory.resolve("predictions/_delta_log"))) {
      for (Path commit : commits.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(commit, FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
      }
    }
    org.apache.spark.sql.delta.DeltaLog.clearCache();
  }

  @Test
  void aTableMadeAnewHasAnotherId() throws IOException {
    hours("2026-01-01T00:00:00Z", 5);
    String before = SourceTable.open(spark, address(), NEWEST).id();

    Files.move(directory.resolve("predictions"), directory.resolve("gone"));
    org.apache.spark.sql.delta.DeltaLog.clearCache();
    hours("2026-01-01T00:00:00Z", 5);
    assertThat(SourceTable.open(spark, address(), NEWEST).id()).isNotEqualTo(before);
  }

  @Test
  void theTimeRangeComesFromTheLogAndHoldsEveryValue() {
    hours("2026-01-01T00:00:00.000001Z", 5);
    hours("2026-03-01T00:00:00.999999Z", 2);
    SourceTable table = SourceTable.open(spark, address(), NEWEST);
    // With the data files gone only the log can answer.
    deleteDataFiles();

    Window range = table.timeRange("scored_at").orElseThrow();

    assertThat(range.start())
        .isBetween(
            Instant.parse("2026-01-01T00:00:00.000Z"),
            Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(range.end())
        .isBetween(
            Instant.parse("2026-03-01T01:00:01Z"), Instant.parse("2026-03-01T01:00:01.001Z"));
    assertThat(range.contains(Instant.parse("2026-03-01T01:00:00.999999Z"))).isTrue();
  }

  private void deleteDataFiles() {
    try (Stream<Path> files = Files.list(directory.resolve("predictions"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutStatisticsTheTimeRangeIsAskedOfTheRows() {
    SparkSession without = spark.newSession();
    without.conf().set("spark.databricks.delta.stats.collect", "false");
    without
        .sql("SELECT timestamp'2026-01-01T10:00:00Z' AS scored_at")
        .write()
        .format("delta")
        .save(address().text());

    assertThat(SourceTable.open(spark, address(), NEWEST).timeRange("scored_at"))
        .contains(
            new Window(
                Instant.parse("2026-01-01T10:00:00Z"),
                Instant.parse("2026-01-01T10:00:00.000001Z")));
  }

  @Test
  void aColumnWithoutValuesHasNoTimeRange() {
    spark
        .sql("SELECT CAST(NULL AS TIMESTAMP) AS scored_at")
        .write()
        .format("delta")
        .save(address().text());

    assertThat(SourceTable.open(spark, address(), NEWEST).timeRange("scored_at")).isEmpty();
  }

  @Test
  void aRenamedColumnIsFoundInTheStatistics() {
    hours("2026-01-01T00:00:00Z", 5);
    spark.sql(
        "ALTER TABLE "
            + SqlName.of(address())
            + " SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name', "
            + "'delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '5')");
    spark.sql("ALTER TABLE " + SqlName.of(address()) + " RENAME COLUMN scored_at TO `when`");
    SourceTable table = SourceTable.open(spark, address(), NEWEST);
    deleteDataFiles();

    assertThat(table.timeRange("when").orElseThrow().start())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void aLiteralRangeOpensOnlyTheFilesThatMayHoldIt() {
    for (int day = 1; day <= 4; day++) {
      hours("2026-01-0" + day + "T00:00:00Z", 24);
    }
    SourceTable table = SourceTable.open(spark, address(), NEWEST);

    assertThat(
            table.filesIn(
                "scored_at",
                Instant.parse("2026-01-02T00:00:00Z"),
                Instant.parse("2026-01-04T00:00:00Z")))
        .isEqualTo(2);
    assertThat(
            table.filesIn(
                "scored_at",
                Instant.parse("2027-01-02T00:00:00Z"),
                Instant.parse("2027-01-04T00:00:00Z")))
        .isZero();
  }

  @Test
  void whatIsNotThereOrNoDeltaTableIsNamed() throws IOException {
    assertThat(SourceTable.exists(spark, address())).isFalse();
    assertThatThrownBy(() -> SourceTable.open(spark, address(), NEWEST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no table at")
        .hasMessageContaining("predictions");

    Files.createDirectories(directory.resolve("predictions"));
    assertThatThrownBy(() -> SourceTable.open(spark, address(), NEWEST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no _delta_log");

    assertThatThrownBy(
            () -> SourceTable.open(spark, new TableRef("nobody.made_this", false), NEWEST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no table 'nobody.made_this'");
    assertThatThrownBy(() -> SourceTable.open(spark, new TableRef("a b", false), NEWEST))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not a table name");
  }

  @Test
  void aCatalogTableIsReadByName() {
    spark.range(3).write().format("delta").saveAsTable("source_by_name");
    spark.range(3).write().format("parquet").saveAsTable("source_of_parquet");
    try {
      SourceTable table =
          SourceTable.open(
              spark, new TableRef("spark_catalog.default.source_by_name", false), NEWEST);
      assertThat(table.read().count()).isEqualTo(3);
      assertThat(SourceTable.exists(spark, new TableRef("source_by_name", false))).isTrue();
      assertThatThrownBy(
              () -> SourceTable.open(spark, new TableRef("source_of_parquet", false), NEWEST))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("not a Delta table");
    } finally {
      spark.sql("DROP TABLE source_by_name");
      spark.sql("DROP TABLE source_of_parquet");
    }
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    hours("2026-01-01T00:00:00Z", 5);
    Path file;
    try (Stream<Path> files = Files.list(directory.resolve("predictions"))) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Files.writeString(file, "this is no Parquet file, and long enough to be looked at");
    Dataset<Row> rows = SourceTable.open(spark, address(), NEWEST).read();

    assertThat(explained(() -> rows.selectExpr("sum(id)").collectAsList()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("damaged");
  }

  @Test
  void anExpressionThatFailsIsToldInItsOwnWords() {
    hours("2026-01-01T00:00:00Z", 5);
    Dataset<Row> rows = SourceTable.open(spark, address(), NEWEST).read();

    assertThat(explained(() -> rows.where("id DIV (id - 3) > 0").collectAsList()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the expression \"id DIV (id - 3)\" fails")
        .hasMessageContaining("Division by zero");
    assertThat(explained(() -> rows.selectExpr("CAST('x' || id AS INT)").collectAsList()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the expression \"CAST('x' || id AS INT)\" fails")
        .hasMessageContaining("'x0'");
    assertThat(explained(() -> rows.where("idd < 3")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the expression \"idd\" fails")
        .hasMessageContaining("`id`");
  }

  private RuntimeException explained(ThrowingCallable work) {
    return StorageErrors.explain(catchThrowable(work), "Table " + address());
  }

  @Test
  void aStorageThatDoesNotAnswerIsTheEnvironmentsFault() {
    TableRef unreachable =
        new TableRef(FailingFileSystem.address(Trouble.UNREACHABLE, directory), true);

    assertThatThrownBy(() -> SourceTable.open(FailingFileSystem.session(), unreachable, NEWEST))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot be reached");
  }
}
