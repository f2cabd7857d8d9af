package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadByVersionTest {
  /**
   * In the reference v1 holds the same values every day, v2 swings from day to day; on day 15 there
   * is a v3 which has no reference of its own.
   */
  @Test
  void aVersionTakesTheOverdispersionOfItsOwnReference(@TempDir Path folder) {
    MonitoredTable table = new MonitoredTable(folder);
    String rest = "(id % 9) / 9.0D AS p, ";
    String steady = "CAST(id DIV 2 % 10 AS DOUBLE)";
    String swings = "CAST(day % 2 * 5 + id DIV 2 % 5 AS DOUBLE)";
    table.append(
        1,
        14,
        200,
        rest
            + "IF(id % 2 = 0, 'v1', 'v2') AS version, "
            + ("IF(id % 2 = 0, " + steady + ", " + swings + ") AS x"));
    table.append(15, 15, 300, rest + "concat('v', 1 + id % 3) AS version, " + steady + " AS x");
    table.monitor(
        table.model(
            "features { numeric = [x] }",
            "windows { base = 1 day, roll-up = [] }",
            "reference { from = 2026-01-01, until = 2026-01-15, new-version = inherit }"));

    double v1 = factor(table, "v1");
    double v2 = factor(table, "v2");
    assertThat(v1).isEqualTo(1);
    // Of ten equal bins five are full by turns: chi-square 100 a window, phi 14 * 100 / (13 * 9).
    assertThat(v2).isGreaterThan(5);
    assertThat(drift(table, "v1")).containsOnly(v1);
    assertThat(drift(table, "v2")).containsOnly(v2);
    assertThat(drift(table, "v3")).containsOnly(v2);
  }

  private static double factor(MonitoredTable table, String version) {
    List<Row> found =
        table.metrics(
            "metric = 'overdispersion' AND column_name = 'x' AND model_version = '"
                + version
                + "'");
    assertThat(found).hasSize(1);
    return found.get(0).<Double>getAs("value");
  }

  private static Stream<Double> drift(MonitoredTable table, String version) {
    List<Row> found =
        table.metrics(
            "metric = 'psi_corrected' AND comparison = 'baseline' AND column_name = 'x' "
                + "AND model_version = '"
                + version
                + "'");
    assertThat(found).hasSize(1);
    return found.stream().map(row -> row.<Double>getAs("phi"));
  }
}
