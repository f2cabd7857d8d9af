package io.leeway.store;

import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.testing.FailingFileSystem;
import io.leeway.testing.FailingFileSystem.Trouble;
import io.leeway.testing.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreTest {

  @TempDir private Path directory;

  private Store store() {
    return Store.atPath(LocalSpark.session(), directory.toUri().toString());
  }

  private static void write(Store store, String attemptId) {
    Attempts.write(store, metric("m", attemptId, inputs(0), "psi", 0.5));
  }

  @Test
  void aTableThatNobodyWroteReadsAsEmptyAndIsNotMade() {
    Dataset<Row> metrics = store().read(ResultTable.METRICS);

    assertThat(metrics.count()).isZero();
    assertThat(metrics.schema()).isEqualTo(ResultTable.METRICS.schema());
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(ResultTable.class)
  void aTableIsMadeAsDeclaredAndReadableByAnyDeltaReader(ResultTable table) {
    Store store = store();

    store.create(table);

    Row detail = store.spark().sql("DESCRIBE DETAIL " + store.sqlName(table)).first();
    assertThat(store.read(table).schema().asNullable()).isEqualTo(table.schema().asNullable());
    assertThat(detail.<String>getList(detail.fieldIndex("partitionColumns")))
        .containsExactly("model");
    assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
    assertThat(detail.<String, String>getJavaMap(detail.fieldIndex("properties")))
        .containsEntry("leeway.format", "3")
        .containsEntry("delta.enableDeletionVectors", "false")
        .doesNotContainKey("delta.setTransactionRetentionDuration");
  }

  @Test
  void writersThatMeetAtATableNotYetThereAllGetTheirRowsIn() throws Exception {
    List<Callable<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String attemptId = "attempt-" + i;
      writers.add(
          () -> {
            write(store(), attemptId);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(5);
    try {
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(store().read(ResultTable.METRICS).select("attempt_id").distinct().count())
        .isEqualTo(5);
    assertThat(store().read(ResultTable.METRICS).count()).isEqualTo(5);
  }

  @Test
  void aFrameStaysAsItWasWhenItWasRead() {
    Store store = store();
    write(store, "a");
    Dataset<Row> before = store.read(ResultTable.METRICS);

    write(store, "b");

    assertThat(before.count()).isEqualTo(1);
    assertThat(store.read(ResultTable.METRICS).count()).isEqualTo(2);
  }

  @Test
  void aNewerStoreIsRefusedForReadingAndWriting() {
    write(store(), "a");
    format("4");

    assertThatThrownBy(() -> store().read(ResultTable.METRICS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("format 4")
        .hasMessageContaining("Upgrade Leeway");
    assertThatThrownBy(() -> write(store(), "b"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Upgrade Leeway");
  }

  @Test
  void anOlderStoreSaysHowToUpgradeIt() {
    write(store(), "a");
    format("0");

    assertThatThrownBy(() -> store().read(ResultTable.METRICS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("leeway maintain --upgrade");
  }

  @Test
  void aTableOfSomebodyElseIsRefused() {
    LocalSpark.session()
        .range(3)
        .write()
        .format("delta")
        .save(directory.resolve("metrics").toUri().toString());

    assertThatThrownBy(() -> store().read(ResultTable.METRICS))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no table of Leeway");
  }

  private void format(String format) {
    LocalSpark.session()
        .sql(
            "ALTER TABLE "
                + store().sqlName(ResultTable.METRICS)
                + " SET TBLPROPERTIES ('leeway.format' = '"
                + format
                + "')");
  }

  @Test
  void rowsWithOtherColumnsAreABug() {
    Dataset<Row> rows = LocalSpark.session().range(1).toDF("x");

    assertThatThrownBy(() -> store().append(ResultTable.METRICS, rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[x]");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aSessionThatWouldDropRowsIsRefused() {
    SparkSession spark = LocalSpark.session().newSession();
    spark.conf().set("spark.databricks.delta.write.txnAppId", "mine");

    assertThatThrownBy(() -> Store.atPath(spark, directory.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("silently drop rows");
  }

  @Test
  void tablesOfACatalogSchemaDoTheSame() {
    SparkSession spark = LocalSpark.session();
    spark.sql("CREATE SCHEMA IF NOT EXISTS `store_test`");
    try {
      Store store = Store.inSchema(spark, "spark_catalog", "store_test");
      assertThat(store.read(ResultTable.METRICS).count()).isZero();

      write(store, "a");
      RunLedger ledger = new RunLedger(store);
      RunRecord run = Attempts.run("m", "r", "a", Attempts.sources(1, null));

      assertThat(ledger.commit(run)).isInstanceOf(CommitResult.Won.class);
      assertThat(ledger.commit(Attempts.run("m", "r", "b", Attempts.sources(1, null))))
          .isInstanceOf(CommitResult.Lost.class);
      assertThat(store.read(ResultTable.METRICS).count()).isEqualTo(1);
      assertThat(store.location()).isEqualTo("spark_catalog.store_test");

      ShownModel shown =
          new ShownModel("m-1", Optional.of("release"), Optional.of("yes"), Optional.of("no"));
      Views.ddl(store, 10, List.of(shown)).forEach(spark::sql);
      assertThat(spark.table("store_test.feature_drift").count()).isZero();
      assertThat(spark.table("store_test.runs_committed").count()).isEqualTo(1);
      assertThat(spark.table("store_test.score_distribution").count()).isZero();
      assertThat(spark.table("store_test.open_incidents").count()).isZero();
      for (String view : List.of("m_1_profile_metrics", "m_1_drift_metrics")) {
        assertThat(spark.table("store_test." + view).columns()).as(view).contains("release");
        assertThat(spark.table("store_test." + view).count()).as(view).isZero();
      }
    } finally {
      spark.sql("DROP SCHEMA `store_test` CASCADE");
    }
  }

  @Test
  void aSchemaThatIsNotThereIsNamed() {
    Store store = Store.inSchema(LocalSpark.session(), "spark_catalog", "no_such_schema");

    assertThatThrownBy(() -> write(store, "a"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no_such_schema")
        .hasMessageContaining("Create it");
  }

  @Test
  void aFullStorageIsTheEnvironmentsFault() {
    write(store(), "a");
    Store full = failing(Trouble.FULL);

    assertThatThrownBy(() -> write(full, "b"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("metrics")
        .hasMessageContaining("storage is full")
        .hasMessageContaining("No space left on device");
    assertThat(store().read(ResultTable.METRICS).count()).isEqualTo(1);
  }

  @Test
  void aStorageThatRefusesToMakeTheTableIsTheEnvironmentsFault() {
    Store denied = failing(Trouble.DENIED);

    assertThatThrownBy(() -> write(denied, "a"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("refuses access")
        .hasMessageContaining("metrics");
  }

  @Test
  void aStorageThatDoesNotAnswerIsTheEnvironmentsFault() {
    Store unreachable = failing(Trouble.UNREACHABLE);

    assertThatThrownBy(() -> unreachable.read(ResultTable.METRICS))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void aFolderOfOtherFilesIsNotTakenOver() throws Exception {
    Files.createDirectories(directory.resolve("metrics"));
    Files.writeString(directory.resolve("metrics").resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> write(store(), "a"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Choose another store.path");
  }

  private Store failing(Trouble trouble) {
    return Store.atPath(FailingFileSystem.session(), FailingFileSystem.address(trouble, directory));
  }
}
