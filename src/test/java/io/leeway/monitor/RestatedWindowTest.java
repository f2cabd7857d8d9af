package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ModelConfig;
import io.leeway.monitor.ModelReport.Result;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days 1 to 4 are the reference of v1 and v2; v1 serves day 5 and what follows. */
class RestatedWindowTest {
  private static final int ROWS = 40;
  private static final String NUMBERS =
      " AS version, pmod(hash(id, 'p'), 1009) / 1009.0D AS p, pmod(hash(id, 'x'), 997) / 10.0D AS x";

  @TempDir private Path folder;
  private MonitoredTable table;

  /** What shows after the last run; null while nobody has asked. */
  private List<Row> showing;

  @BeforeEach
  void appendReference() {
    table = new MonitoredTable(folder);
    table.append(1, 4, ROWS, "IF(id % 2 = 0, 'v1', 'v2')" + NUMBERS);
  }

  private void append(int firstDay, int lastDay, String version) {
    table.append(firstDay, lastDay, ROWS, "'" + version + "'" + NUMBERS);
  }

  private void delete(int firstDay, int lastDay) {
    LocalSpark.session()
        .sql(
            "DELETE FROM delta.`%s` WHERE day(at) BETWEEN %s AND %s"
                .formatted(table.predictions(), firstDay, lastDay));
  }

  private ModelConfig model(String... more) {
    String[] lines = {
      "features { numeric = [x], categorical = [] }",
      "windows { base = 1 day, roll-up = [3 days] }",
      "reference { from = 2026-01-01, until = 2026-01-05 }",
      String.join("\n", more)
    };
    return table.model(lines);
  }

  private static MonitorRequest ask(int firstDay, int lastDay) {
    return MonitorRequest.asked(
        Optional.of(start(firstDay)), Optional.of(start(lastDay + 1)), Instant.now());
  }

  private static Instant start(int day) {
    return Instant.parse(String.format(Locale.ROOT, "2026-01-%02dT00:00:00Z", day));
  }

  private ModelReport monitor(MonitorRequest request) {
    showing = null;
    return new Monitor(table.store(), line -> {}).run(model(), request);
  }

  private ModelReport monitor(ModelConfig model) {
    showing = null;
    return table.monitor(model);
  }

  /** What shows of a metric in the overall slice, as {@code version value status reason}. */
  private List<String> shown(
      String granularity, int firstDay, String metric, Predicate<Row> others) {
    if (showing == null) {
      Views.createTemporary(table.store(), 1);
      showing =
          LocalSpark.session()
              .sql(
                  "SELECT granularity, window_start, metric, model_version, column_name, comparison,"
                      + " value, concat_ws(' ', model_version, CAST(value AS INT), status, reason)"
                      + " AS shown FROM latest_metrics WHERE slice = '[]'")
              .collectAsList();
    }
    return showing.stream()
        .filter(row -> row.getString(0).equals(granularity))
        .filter(row -> row.getTimestamp(1).toInstant().equals(start(firstDay)))
        .filter(row -> row.getString(2).equals(metric))
        .filter(others)
        .map(row -> row.getString(7))
        .sorted()
        .toList();
  }

  private static Predicate<Row> ofX(String comparison) {
    return row -> row.getString(4).equals("x") && row.getString(5).equals(comparison);
  }

  private List<String> rows(String granularity, int firstDay) {
    return shown(granularity, firstDay, "n", row -> true);
  }

  @Test
  void rowsOfAVersionThatIsGoneNoLongerShow() {
    append(5, 9, "v1");
    monitor(MonitorRequest.due(Instant.now()));
    assertThat(rows("1 day", 6)).containsExactly("v1 40 OK");
    assertThat(rows("3 days", 6)).containsExactly("v1 120 OK");
    delete(6, 8);
    append(6, 8, "v2");

    ModelReport report = monitor(ask(6, 8));

    assertThat(report.windows()).hasSize(4);
    assertThat(report.rows()).isEqualTo(4 * ROWS);
    assertThat(report.plan())
        .extracting(PlannedWindows::reason)
        .containsExactly("ASKED", "FOLLOWS");
    for (int day = 6; day <= 8; day++) {
      assertGone("1 day", day, "v1");
      assertThat(rows("1 day", day)).hasSize(2).contains("v2 40 OK");
    }
    assertThat(rows("1 day", 9)).containsExactly("v1 40 OK");
    assertGone("3 days", 6, "v1");
    assertThat(rows("3 days", 6)).hasSize(2).contains("v2 120 OK");
    assertThat(rows("3 days", 5)).containsExactly("v1 40 OK", "v2 80 OK");
    assertThat(rows("3 days", 7)).containsExactly("v1 40 OK", "v2 80 OK");
    // The day before day 9 has no rows of v1 any more.
    assertThat(shown("1 day", 9, "psi", ofX("previous")).toString()).contains("NO_PREVIOUS");
  }

  @Test
  void rowsThatWereDeletedAtTheEndOfTheDataNoLongerShow() {
    append(5, 8, "v1");
    monitor(MonitorRequest.due(Instant.now()));
    delete(8, 8);
    assertThat(monitor(MonitorRequest.due(Instant.now())).result()).isEqualTo(Result.NOTHING_DUE);
    assertThat(monitor(ask(8, 8)).result()).isEqualTo(Result.DONE);
    assertGone("1 day", 8, "v1");
    assertThat(rows("1 day", 8)).hasSize(1);
    assertThat(rows("3 days", 6)).containsExactly("v1 80 OK");
  }

  private void assertGone(String granularity, int firstDay, String version) {
    Predicate<Row> of = row -> version.equals(row.getString(3));
    assertThat(shown(granularity, firstDay, "n", of))
        .singleElement()
        .asString()
        .startsWith(version + " 0 NO_DATA");
    assertThat(shown(granularity, firstDay, "count", of.and(row -> row.getDouble(6) > 0)))
        .isEmpty();
  }

  @Test
  void configurationThatComesBackFindsItsReferenceAgain() {
    ModelConfig one = model("reference.new-version = inherit");
    ModelConfig other = model("reference.new-version = inherit", "exact-values = 8");
    assertThat(one.measureHash()).isNotEqualTo(other.measureHash());
    append(5, 5, "v1");
    monitor(one);
    append(6, 6, "v1");
    monitor(other);
    append(7, 7, "v3");
    append(9, 9, "v1");
    ModelReport back = monitor(one);
    assertThat(back.plan())
        .extracting(PlannedWindows::reason)
        .containsExactly("CONFIG", "NEW_ROWS");
    assertThat(back.windows()).hasSize(5);
    assertThat(shown("1 day", 7, "psi", ofX("baseline")))
        .singleElement()
        .asString()
        .startsWith("v3 ")
        .doesNotContain("NO_REFERENCE");
    assertThat(rows("1 day", 8)).singleElement().asString().contains("NO_DATA");
    assertThat(monitor(one).result()).isEqualTo(Result.NOTHING_DUE);
  }

  /** The second run begins while the first is at work, and reads a newer version of the table. */
  @Test
  void reportSaysWhatIsLeftOutSinceANewerRunWasFirst() {
    append(5, 6, "v1");
    monitor(MonitorRequest.due(Instant.now()));
    AtomicBoolean overtaken = new AtomicBoolean();
    Progress overtake =
        line -> {
          if (line.contains("scanning") && overtaken.compareAndSet(false, true)) {
            append(6, 6, "v1");
            assertThat(monitor(ask(6, 6)).notes()).noneMatch(note -> note.startsWith("Left out"));
          }
        };
    showing = null;
    ModelReport slow = new Monitor(table.store(), overtake).run(model(), ask(6, 6));
    assertThat(overtaken).isTrue();
    assertThat(slow.notes())
        .anyMatch(
            note ->
                note.startsWith("Left out: 1 day from 2026-01-06T00:00:00Z")
                    && note.contains("model version v1, 40 rows"));
    assertThat(rows("1 day", 6)).containsExactly("v1 80 OK");
  }
}
