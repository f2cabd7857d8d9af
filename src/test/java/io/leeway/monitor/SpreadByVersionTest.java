package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadByVersionTest {
  private static final String REFERENCE = "granularity = 'reference' AND ";
  private static final String DAY = "granularity = '1 day' AND ";

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
    // The means swing between 2 and 7 about 4.5, s² = 8.25: phi 14 * 2.5² * 100 / 8.25 / 13.
    double mean = 14 * 2.5 * 2.5 * 100 / (8.25 * 1_400 / 1_399) / 13;
    for (Row row :
        List.of(
            one(table, REFERENCE + "metric = 'mean'", "v2"),
            one(table, DAY + "metric = 'mean'", "v2"),
            one(table, DAY + "metric = 'wasserstein' AND comparison = 'baseline'", "v2"))) {
      assertThat(row.<Double>getAs("phi")).isCloseTo(mean, within(1e-9 * mean));
      assertThat(row.<Double>getAs("phi_df")).isEqualTo(13);
      assertThat(row.getList(row.fieldIndex("flags"))).doesNotContain("INDEPENDENCE_ASSUMED");
    }
    Row ks = one(table, DAY + "metric = 'ks_statistic' AND comparison = 'baseline'", "v2");
    assertThat(ks.<Double>getAs("phi"))
        .isGreaterThan(2 * v2)
        .isEqualTo(one(table, "metric = 'overdispersion_ks'", "v2").<Double>getAs("value"));
    // No row of the reference is missing, so how missing ones come is not known.
    Row nulls = one(table, DAY + "metric = 'null_rate'", "v2");
    assertThat(nulls.<Double>getAs("phi_df")).isNull();
    assertThat(nulls.getList(nulls.fieldIndex("flags"))).contains("INDEPENDENCE_ASSUMED");
  }

  private static double factor(MonitoredTable table, String version) {
    return one(table, "metric = 'overdispersion'", version).<Double>getAs("value");
  }

  private static Stream<Double> drift(MonitoredTable table, String version) {
    Row found = one(table, "metric = 'psi_corrected' AND comparison = 'baseline'", version);
    return Stream.of(found.<Double>getAs("phi"));
  }

  private static Row one(MonitoredTable table, String which, String version) {
    List<Row> found =
        table.metrics(which + " AND column_name = 'x' AND model_version = '" + version + "'");
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
