package io.leeway.store;

import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.LeewayException;
import io.leeway.testing.LocalSpark;
import io.leeway.testing.SparkJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read here is what Spark reads: the same rows of the same table, as text. */
class SmallTableTest {
  @TempDir private Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.atPath(LocalSpark.session(), directory.toString());
  }

  private void commit(String model, int number) {
    new RunLedger(store)
        .commit(
            run(
                model,
                "run-" + number,
                "attempt-" + number,
                sources(number, null),
                published(inputs(number), number, null),
                published(inputs(number + 1), number, 5L)));
  }

  private List<String> bySpark(ResultTable table, String model) {
    return texts(store.read(table).where(col("model").equalTo(model)).collectAsList());
  }

  private List<String> here(ResultTable table, String model) {
    return texts(store.few(table, model));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::json).sorted().toList();
  }

  @Test
  void theLedgerReadsAsSparkReadsIt() {
    for (int number = 1; number <= 3; number++) {
      commit("m", number);
      commit("it's another", number);
    }
    assertThat(here(ResultTable.RUNS, "m")).isEqualTo(bySpark(ResultTable.RUNS, "m")).hasSize(3);
    assertThat(here(ResultTable.RUNS, "it's another"))
        .isEqualTo(bySpark(ResultTable.RUNS, "it's another"))
        .hasSize(3);
    assertThat(here(ResultTable.RUNS, "none")).isEmpty();
    commit("m", 4);
    assertThat(here(ResultTable.RUNS, "m")).isEqualTo(bySpark(ResultTable.RUNS, "m")).hasSize(4);
  }

  /** A table with a checkpoint, whose files were put together: other files hold the same rows. */
  @Test
  void filesThatWerePutTogetherAreReadOnce() {
    for (int number = 1; number <= 3; number++) {
      commit("m", number);
    }
    List<String> before = here(ResultTable.RUNS, "m");
    LocalSpark.session()
        .sql(
            "ALTER TABLE %s SET TBLPROPERTIES ('delta.checkpointInterval' = '1')"
                .formatted(store.sqlName(ResultTable.RUNS)));
    LocalSpark.session().sql("OPTIMIZE " + store.sqlName(ResultTable.RUNS));
    commit("m", 4);
    assertThat(here(ResultTable.RUNS, "m"))
        .isEqualTo(bySpark(ResultTable.RUNS, "m"))
        .containsAll(before)
        .hasSize(4);
    assertThat(directory.resolve("runs/_delta_log"))
        .isDirectoryContaining(file -> file.toString().contains(".checkpoint"));
  }

  @Test
  void everyKindOfColumnOfABaselineIsRead() {
    LocalSpark.session().sql(ResultTable.BASELINES.ddl(store.sqlName(ResultTable.BASELINES)));
    LocalSpark.session()
        .sql(
            """
            INSERT INTO %s (model, bins_id, baseline_id, column_name, format, edges, coarse, center,
                dictionary, monitored, segments, reference_from, reference_rows, run_id, attempt_id)
              VALUES
                ('m', 'b', 'l', 'x', 1, array(-0.0D, 1.5D), array(0, 1, 1), 0.1D,
                  NULL, true, NULL, NULL, NULL, 'r', 'a'),
                ('m', 'b', 'l', '', NULL, NULL, NULL, NULL,
                  array('ä', NULL, ''), NULL,
                  array(named_struct('slice', '[s]', 'columns', array('s'), 'values', array(NULL))),
                  timestamp'1969-12-31T23:59:59.999999Z', 9223372036854775807, 'r', 'a')
            """
                .formatted(store.sqlName(ResultTable.BASELINES)));
    assertThat(here(ResultTable.BASELINES, "m"))
        .isEqualTo(bySpark(ResultTable.BASELINES, "m"))
        .hasSize(2);
  }

  @Test
  void nothingIsReadTwiceAndNothingBySpark() throws Exception {
    commit("m", 1);
    List<Row> rows = store.few(ResultTable.RUNS, "m");
    assertThat(SparkJobs.during(() -> assertThat(store.few(ResultTable.RUNS, "m")).isSameAs(rows)))
        .isZero();
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    commit("m", 1);
    Path damaged;
    try (Stream<Path> files = Files.walk(directory)) {
      damaged = files.filter(it -> it.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    Files.delete(damaged);
    open();
    assertThatThrownBy(() -> store.few(ResultTable.RUNS, "m"))
        .isInstanceOf(LeewayException.class)
        .hasMessageContaining("Result table '" + directory + "/runs'")
        .hasMessageContaining(damaged.getFileName().toString());
  }
}
