package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.testing.LocalSpark;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model's own views over tables of the real jobs, beside plain SQL over the source tables. */
class LenderInDatabricksFormTest {
  private static final SparkSession SPARK = LocalSpark.another();

  /** The tenth of January in Melbourne, the day before it, and the eight days of the reference. */
  private static final String DAY = period("2026-01-09T13:00:00Z", "2026-01-10T13:00:00Z");

  private static final String DAY_BEFORE = period("2026-01-08T13:00:00Z", "2026-01-09T13:00:00Z");
  private static final String REFERENCE = period("2025-12-31T13:00:00Z", "2026-01-08T13:00:00Z");

  private static String period(String from, String until) {
    return "scored_at >= timestamp'%s' AND scored_at < timestamp'%s'".formatted(from, until);
  }

  @BeforeAll
  static void makesTheViews() {
    for (String table : List.of("predictions", "outcomes")) {
      SPARK
          .read()
          .format("delta")
          .load(MonitoredLender.folder().resolve(table).toString())
          .createOrReplaceTempView("source_" + table);
    }
    CommandRun.of("views", "--ddl", "--config", MonitoredLender.configuration())
        .statements()
        .forEach(SPARK::sql);
  }

  private static Row only(String sql) {
    List<Row> rows = SPARK.sql(sql).collectAsList();
    assertThat(rows).as(sql).hasSize(1);
    return rows.get(0);
  }

  private static String profile(String what, String where) {
    return "SELECT "
        + what
        + " FROM credit_risk_profile_metrics WHERE granularity = '1 day' AND log_type = 'INPUT' "
        + "AND window.start = timestamp'2026-01-09T13:00:00Z' AND "
        + where;
  }

  private static void assertSame(Row shown, Row expected) {
    assertThat(shown.size()).isEqualTo(expected.size());
    for (int of = 0; of < shown.size(); of++) {
      if (shown.get(of) instanceof Double number) {
        // Sums in another order.
        assertThat(number)
            .as("column " + of)
            .isCloseTo(expected.getDouble(of), within(1e-9 * Math.abs(number) + 1e-12));
      } else {
        assertThat(shown.get(of)).as("column " + of).isEqualTo(expected.get(of));
      }
    }
  }

  @Test
  void aNumberIsDescribedAsInItsRows() {
    for (String slice :
        List.of("slice_key IS NULL", "slice_key = 'state' AND slice_value = 'NSW'")) {
      String rows = slice.contains("NSW") ? DAY + " AND state = 'NSW'" : DAY;
      assertSame(
          only(
              profile(
                  "model_version, count, data_type, num_nulls, percent_null, avg, `min`, `max`, "
                      + "stddev, median, num_zeros, percent_zeros, distinct_count, "
                      + "percent_distinct",
                  "column_name = 'existing_debt' AND " + slice)),
          only(
              "SELECT any_value(model_version), count(*), 'double', count_if(existing_debt IS NULL)"
                  + ", 100D * count_if(existing_debt IS NULL) / count(*), avg(existing_debt), "
                  + "min(existing_debt), max(existing_debt), stddev_samp(existing_debt), "
                  + "percentile(existing_debt, 0.5), count_if(existing_debt = 0), "
                  + "100D * count_if(existing_debt = 0) / count(*), count(DISTINCT existing_debt), "
                  + "100D * count(DISTINCT existing_debt) / count(*) FROM source_predictions WHERE "
                  + rows));
    }
  }

  @Test
  void aTextNamesItsMostFrequentValues() {
    assertSame(
        only(profile("frequent_items", "column_name = 'channel' AND slice_key IS NULL")),
        only(
            "SELECT collect_list(named_struct('item', channel, 'count', n)) FROM (SELECT channel, "
                + "count(*) AS n FROM source_predictions WHERE "
                + DAY
                + " GROUP BY channel HAVING n >= 10 ORDER BY n DESC, channel)"));
  }

  @Test
  void theWholeTableTellsHowGoodThePredictionsWere() {
    String judged =
        " FROM source_predictions p JOIN (SELECT prediction_id, max_by(defaulted, observed_at) AS y"
            + " FROM source_outcomes GROUP BY prediction_id) o ON p.prediction_id = o.prediction_id"
            + " WHERE y IS NOT NULL AND "
            + DAY;
    assertSame(
        only(
            profile(
                "accuracy_score, confusion_matrix[0].count, confusion_matrix[1].count, "
                    + "confusion_matrix[2].count, confusion_matrix[3].count, "
                    + "precision.one_vs_all['1'], recall.one_vs_all['0'], size(non_null_columns)",
                "column_name = ':table' AND slice_key IS NULL")),
        only(
            "SELECT avg(if(CAST(decision AS STRING) = CAST(y AS STRING), 1D, 0D)), "
                + "count_if(decision = 1 AND y = 1), count_if(decision = 1 AND y = 0), "
                + "count_if(decision = 0 AND y = 1), count_if(decision = 0 AND y = 0), "
                + "count_if(decision = 1 AND y = 1) / count_if(decision = 1), "
                // Fifteen features, score and decision, latency, cost and failures.
                + "count_if(decision = 0 AND y = 0) / count_if(y = 0), 20"
                + judged));
  }

  @Test
  void differencesAreThoseOfTheRows() {
    for (String type : List.of("CONSECUTIVE", "BASELINE")) {
      String other = type.equals("BASELINE") ? REFERENCE : DAY_BEFORE;
      assertSame(
          only(
              "SELECT count_delta, avg_delta, percent_null_delta, window_cmp.start FROM "
                  + "credit_risk_drift_metrics WHERE granularity = '1 day' AND column_name = "
                  + "'utilisation' AND slice_key IS NULL AND window.start = "
                  + "timestamp'2026-01-09T13:00:00Z' AND drift_type = '"
                  + type
                  + "'"),
          only(
              "SELECT a.n - b.n, a.mean - b.mean, a.missing - b.missing, timestamp'"
                  + (type.equals("BASELINE") ? "2025-12-31T13:00:00Z" : "2026-01-08T13:00:00Z")
                  + "' FROM "
                  + side(DAY)
                  + " a CROSS JOIN "
                  + side(other)
                  + " b"));
    }
  }

  private static String side(String rows) {
    return "(SELECT count(*) AS n, avg(utilisation) AS mean, 100D * count_if(utilisation IS NULL) "
        + "/ count(*) AS missing FROM source_predictions WHERE "
        + rows
        + ")";
  }

  @Test
  void distancesAreThoseOfTheMetrics() {
    assertSame(
        only(
            "SELECT count(*), count(population_stability_index), sum(population_stability_index), "
                + "sum(ks_test.statistic), sum(ks_test.pvalue) FROM credit_risk_drift_metrics "
                + "WHERE slice_key IS NULL AND drift_type = 'BASELINE' AND column_name IN "
                + "('income', 'purpose')"),
        only(
            "SELECT 8L, count_if(metric = 'psi'), sum(value) FILTER (WHERE metric = 'psi'), "
                + "sum(value) FILTER (WHERE metric = 'ks_statistic'), "
                + "sum(value) FILTER (WHERE metric = 'ks_pvalue') FROM metrics WHERE slice = '[]' "
                + "AND comparison = 'baseline' AND granularity = '1 day' AND column_name IN "
                + "('income', 'purpose')"));
  }
}
