package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ModelConfig;
import io.leeway.store.CommittedRun;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Version v1 is watched from day 5 on; from day 9 on v2 serves half of the rows, its feature moved,
 * and the model gets a second baseline with the references of both.
 */
class RefinedBaselineTest {
  private static final int ROWS = 600;
  private static final String NOISE = "(pmod(hash(id, 'x'), 100003) / 1000.0D)";
  private static final String ROW =
      "CASE WHEN day >= 9 AND id %% 2 = 1 THEN 'v2' ELSE 'v1' END AS version, "
          + "pmod(hash(id, 'p'), 1009) / 1009.0D AS p, "
          + "%s + CASE WHEN day >= 9 AND id %% 2 = 1 THEN 30 WHEN day < 5 THEN 1 ELSE 4 END AS x, "
          + "CASE WHEN day >= 9 AND id %% 10 = 1 THEN 'new' ELSE concat('t', id %% 3) END AS town";

  @TempDir static Path folder;
  private static MonitoredTable table;
  private static ModelConfig second;

  /** A short horizon leaves the windows on the first grid as they are. */
  private static ModelConfig model(String reference) {
    return table.model(
        "restate-horizon = 1 hour",
        "features { numeric = [x], categorical = [town] }",
        "slices = [[town]]",
        "windows { base = 1 day, roll-up = [3 days] }",
        "exact-values = 8",
        "reference { where = \"" + reference + "\" }");
  }

  @BeforeAll
  static void watchBeforeAndAfterTheSecondBaseline() {
    table = new MonitoredTable(folder);
    table.append(1, 8, ROWS, ROW.formatted(NOISE));
    table.monitor(model("at < timestamp'2026-01-05T00:00:00Z'"));
    table.append(9, 12, ROWS, ROW.formatted(NOISE));
    second =
        model(
            "at < timestamp'2026-01-05T00:00:00Z' OR "
                + "(version = 'v2' AND at < timestamp'2026-01-11T00:00:00Z')");
    table.monitor(second);
  }

  private static List<CommittedRun> baselines() {
    return new RunLedger(table.store())
        .committed("m").stream().filter(run -> run.run().command().equals("baseline")).toList();
  }

  private static Set<Object> cells(CommittedRun baseline, String column, String cell) {
    Row row =
        table
            .store()
            .read(ResultTable.BASELINES)
            .where("attempt_id = '" + baseline.run().attemptId() + "'")
            .where("column_name = '" + column + "'")
            .first();
    return new HashSet<>(row.getList(row.fieldIndex(cell)));
  }

  @Test
  void theNewGridContainsTheOldOne() {
    CommittedRun before = baselines().get(0);
    CommittedRun after = baselines().get(1);
    assertThat(after.run().binsId()).isNotEqualTo(before.run().binsId());
    for (String column : List.of("x", "p")) {
      Set<Object> edges = cells(after, column, "edges");
      assertThat(edges)
          .containsAll(cells(before, column, "edges"))
          .containsAll(cells(after, column, "deciles"));
    }
    assertThat(cells(after, "x", "edges")).hasSizeGreaterThan(cells(before, "x", "edges").size());
    assertThat(cells(before, "town", "dictionary")).containsOnly("t0", "t1", "t2");
    assertThat(cells(after, "town", "dictionary")).containsOnly("t0", "t1", "t2", "new");
  }

  @Test
  void makingTheSameBaselineAgainLeavesTheGrid() {
    ModelReport report = new BaselineJob(table.store(), line -> {}).run(second, true);
    assertThat(report.result()).isEqualTo(ModelReport.Result.DONE);
    List<CommittedRun> all = baselines();
    assertThat(all.get(all.size() - 1).run().binsId()).isEqualTo(all.get(1).run().binsId());
  }

  private static Row metric(String metric, String comparison, String granularity, String rest) {
    List<Row> found =
        table.metrics(
            "metric = '%s' AND comparison = '%s' AND granularity = '%s' AND %s"
                .formatted(metric, comparison, granularity, rest));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static double value(Row row) {
    return row.getAs("value");
  }

  private static double[] rows(int firstDay, int lastDay, String version) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .load(table.predictions())
        .where("day(at) BETWEEN " + firstDay + " AND " + lastDay)
        .where("version = '" + version + "'")
        .select("x")
        .collectAsList()
        .stream()
        .mapToDouble(row -> row.getDouble(0))
        .sorted()
        .toArray();
  }

  private static double kolmogorovSmirnov(double[] one, double[] other) {
    double greatest = 0;
    for (double[] side : List.of(one, other)) {
      for (double value : side) {
        greatest = Math.max(greatest, Math.abs(upTo(one, value) - upTo(other, value)));
      }
    }
    return greatest;
  }

  private static double upTo(double[] rows, double value) {
    return (double) Arrays.stream(rows).filter(row -> row <= value).count() / rows.length;
  }

  private static void assertKolmogorovSmirnov(Row row, double[] reference, double[] window) {
    double bound = row.<Double>getAs("error_bound");
    assertThat(bound).isLessThan(0.05);
    assertThat(kolmogorovSmirnov(reference, window))
        .isBetween(value(row) - 1e-12, value(row) + bound + 1e-12);
  }

  private static final String X = "column_name = 'x' AND slice = '[]' AND model_version = '";
  private static final String FROM = "' AND window_start = timestamp'2026-01-%02dT00:00:00Z'";

  /** Days 7 and 8 were counted on the first grid, day 9 on the second one. */
  @Test
  void aRollUpOverBothGridsHoldsAllRows() {
    double[] window = rows(7, 9, "v1");
    assertThat(window).hasSize(2 * ROWS + ROWS / 2);
    String subject = X + "v1" + FROM.formatted(7);
    assertThat(value(metric("count", "none", "3 days", subject))).isEqualTo(window.length);
    double mean = Arrays.stream(window).average().orElseThrow();
    assertThat(value(metric("mean", "none", "3 days", subject))).isCloseTo(mean, within(1e-9));
    double square = Arrays.stream(window).map(x -> (x - mean) * (x - mean)).sum();
    assertThat(value(metric("std", "none", "3 days", subject)))
        .isCloseTo(Math.sqrt(square / (window.length - 1)), within(1e-9));
    assertThat(value(metric("min", "none", "3 days", subject))).isEqualTo(window[0]);
    Row ks = metric("ks_statistic", "baseline", "3 days", subject);
    assertKolmogorovSmirnov(ks, rows(1, 4, "v1"), window);
    // The old bins cannot be cut at the new deciles.
    Row psi = metric("psi", "baseline", "3 days", subject);
    assertThat(psi.<Double>getAs("value")).isNull();
    assertThat(psi.<String>getAs("reason")).contains("without an edge");
    String towns = subject.replace("'x'", "'town'");
    assertThat(value(metric("distinct", "none", "3 days", towns))).isEqualTo(3);
  }

  @Test
  void theFirstWindowOnTheNewGridIsComparedWithTheLastOnTheOld() {
    String subject = X + "v1" + FROM.formatted(9);
    double[] before = rows(8, 8, "v1");
    double[] window = rows(9, 9, "v1");
    assertKolmogorovSmirnov(metric("ks_statistic", "previous", "1 day", subject), before, window);
    assertThat(metric("psi", "previous", "1 day", subject).<Double>getAs("value")).isNotNull();
  }

  @Test
  void theNewVersionIsHeldAgainstItsOwnReference() {
    String subject = X + "v2" + FROM.formatted(12);
    Row ks = metric("ks_statistic", "baseline", "1 day", subject);
    assertKolmogorovSmirnov(ks, rows(9, 10, "v2"), rows(12, 12, "v2"));
    assertThat(ks.<Long>getAs("reference_n")).isEqualTo(ROWS);
    assertThat(metric("psi", "baseline", "1 day", subject).<Double>getAs("value")).isNotNull();
  }

  /** Of the reference in force, which both versions make up. */
  @Test
  void theRangeIsThatOfTheReference() {
    double least = rows(1, 4, "v1")[0];
    double[] ofNew = rows(9, 10, "v2");
    double greatest = ofNew[ofNew.length - 1];
    double[] window = rows(12, 12, "v2");
    long outside = Arrays.stream(window).filter(x -> x < least || x > greatest).count();
    String subject = X + "v2" + FROM.formatted(12);
    assertThat(value(metric("out_of_range_rate", "none", "1 day", subject)))
        .isEqualTo((double) outside / window.length);
  }
}
