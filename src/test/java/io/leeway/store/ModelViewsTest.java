package io.leeway.store;

import static io.leeway.store.Attempts.day;
import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.outcomes;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelViewsTest {
  /** As listed in the notes on Databricks' tables, the version under the user's own name. */
  private static final String PROFILE_COLUMNS =
      "window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, log_type STRING, "
          + "logging_table_commit_version INT, monitor_version BIGINT, granularity STRING, "
          + "slice_key STRING, slice_value STRING, release STRING, column_name STRING, "
          + "count BIGINT, data_type STRING, num_nulls BIGINT, avg DOUBLE, "
          + "quantiles ARRAY<DOUBLE>, min DOUBLE, max DOUBLE, stddev DOUBLE, num_zeros BIGINT, "
          + "num_nan BIGINT, min_length DOUBLE, max_length DOUBLE, avg_length DOUBLE, "
          + "non_null_columns ARRAY<STRING>, "
          + "frequent_items ARRAY<STRUCT<item: STRING, count: BIGINT>>, median DOUBLE, "
          + "distinct_count BIGINT, percent_nan DOUBLE, percent_null DOUBLE, "
          + "percent_zeros DOUBLE, percent_distinct DOUBLE, accuracy_score DOUBLE, "
          + "confusion_matrix ARRAY<STRUCT<prediction: STRING, label: STRING, count: BIGINT>>, "
          + "precision STRUCT<one_vs_all: MAP<STRING, DOUBLE>, macro: DOUBLE, weighted: DOUBLE>, "
          + "recall STRUCT<one_vs_all: MAP<STRING, DOUBLE>, macro: DOUBLE, weighted: DOUBLE>, "
          + "f1_score STRUCT<one_vs_all: MAP<STRING, DOUBLE>, macro: DOUBLE, weighted: DOUBLE>, "
          + "log_loss DOUBLE, roc_auc_score DOUBLE, mean_squared_error DOUBLE, "
          + "root_mean_squared_error DOUBLE, r2_score DOUBLE, mean_average_error DOUBLE, "
          + "mean_absolute_percentage_error DOUBLE, predictive_parity MAP<STRING, DOUBLE>, "
          + "predictive_equality MAP<STRING, DOUBLE>, equal_opportunity MAP<STRING, DOUBLE>, "
          + "statistical_parity MAP<STRING, DOUBLE>";

  private static final String DRIFT_COLUMNS =
      "window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, granularity STRING, "
          + "monitor_version BIGINT, slice_key STRING, slice_value STRING, release STRING, "
          + "column_name STRING, data_type STRING, "
          + "window_cmp STRUCT<start: TIMESTAMP, end: TIMESTAMP>, drift_type STRING, "
          + "count_delta BIGINT, avg_delta DOUBLE, percent_null_delta DOUBLE, "
          + "percent_zeros_delta DOUBLE, percent_distinct_delta DOUBLE, "
          + "non_null_columns_delta STRUCT<added: INT, missing: INT>, js_distance DOUBLE, "
          + "ks_test STRUCT<statistic: DOUBLE, pvalue: DOUBLE>, wasserstein_distance DOUBLE, "
          + "population_stability_index DOUBLE, "
          + "chi_squared_test STRUCT<statistic: DOUBLE, pvalue: DOUBLE>, tv_distance DOUBLE, "
          + "l_infinity_distance DOUBLE";

  private static final Segment VIC = segment("state");
  private static final Segment CROSS = segment("state", "gender");

  @TempDir private Path directory;
  private final SparkSession spark = LocalSpark.session().newSession();
  private final List<Row> rows = new ArrayList<>();
  private Store store;

  @BeforeEach
  void open() {
    store = Store.atPath(spark, directory.toUri().toString());
  }

  private static Segment segment(String... columns) {
    return new Segment(Slice.of(columns), List.of("VIC", "f").subList(0, columns.length));
  }

  private static Measure.Builder of(String metric, double value, long n) {
    return Measure.of(metric, Comparison.NONE, value).n(n);
  }

  private void add(Part part, Segment segment, String column, Measure.Builder measure) {
    Subject subject =
        new Subject("m", part.modelVersion(), part.granularity(), part.window(), segment, column);
    Stamp stamp = new Stamp("bins", "baseline", "run", "a", Attempts.NOW);
    rows.add(MetricRows.row(subject, part.kind(), measure.build(), stamp));
  }

  /** So many rows, of which some have no income. */
  private void income(int day, Segment segment, long n, long nulls, double mean) {
    add(inputs(day), segment, "", of("n", (double) n, n));
    add(
        inputs(day),
        segment,
        "income",
        of("count", (double) (n - nulls), n).reference(900.0, 1000));
    double rate = (double) nulls / n;
    add(
        inputs(day),
        segment,
        "income",
        of("null_rate", rate, n).fraction((double) nulls, (double) n).reference(0.1, 1000));
    add(inputs(day), segment, "income", of("mean", mean, n - nulls).reference(50.0, 900));
  }

  private void publish() {
    Attempts.write(store, rows.toArray(Row[]::new));
    new RunLedger(store)
        .commit(
            Attempts.run(
                "m",
                "r",
                "a",
                sources(7, 3L),
                published(inputs(0), 7, null),
                published(inputs(1), 7, null),
                published(outcomes(0), 7, 3L)));
  }

  private List<Row> query(String sql, ShownModel model) {
    Views.createTemporary(store, 10, List.of(model));
    return spark.sql(sql).collectAsList();
  }

  private List<Row> query(String sql) {
    return query(sql, shown(Optional.of("release")));
  }

  private static ShownModel shown(Optional<String> version) {
    return new ShownModel("m", version, Optional.of("it's"), Optional.of("not"));
  }

  @Test
  void columnsHaveTheNamesOrderAndTypesOfDatabricks() {
    Views.createTemporary(store, 10, List.of(shown(Optional.of("release"))));

    assertThat(columns("m_profile_metrics"))
        .isEqualTo(columns(StructType.fromDDL(PROFILE_COLUMNS)));
    assertThat(columns("m_drift_metrics")).isEqualTo(columns(StructType.fromDDL(DRIFT_COLUMNS)));
  }

  private List<String> columns(String view) {
    return columns(spark.table(view).schema());
  }

  private static List<String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  @Test
  void withoutAVersionThereIsNoSuchColumnAndATakenNameIsNotUsed() {
    Views.createTemporary(store, 10, List.of(shown(Optional.empty())));
    assertThat(spark.table("m_drift_metrics").columns()).doesNotContain("release", "model_version");

    Views.createTemporary(store, 10, List.of(shown(Optional.of("Window"))));
    assertThat(spark.table("m_drift_metrics").columns())
        .contains("model_version")
        .doesNotContain("Window");
  }

  @Test
  void modelsWithoutAConfigurationAreThoseThatHaveRuns() {
    income(0, Segment.ALL, 100, 20, 60);
    publish();
    Views.createTemporary(store, 10);

    assertThat(spark.table("m_profile_metrics").columns()).contains("model_version");
  }

  @Test
  void aColumnStandsBesideItsWholeTable() {
    income(0, Segment.ALL, 100, 20, 60);
    publish();

    assertThat(
            query(
                "SELECT column_name, window.start, window.end, log_type, "
                    + "logging_table_commit_version, release, slice_key, count, num_nulls, "
                    + "percent_null, avg, non_null_columns FROM m_profile_metrics "
                    + "ORDER BY column_name"))
        .extracting(Row::toString)
        .containsExactly(
            "[:table,%s,%s,INPUT,7,v1,null,100,null,null,null,ArraySeq(income)]"
                .formatted(local(0), local(1)),
            "[income,%s,%s,INPUT,7,v1,null,100,20,20.0,60.0,null]".formatted(local(0), local(1)));
  }

  /** A timestamp as Java shows it, in whatever zone the tests run. */
  private static String local(int of) {
    return Timestamp.from(day(of).start()).toString();
  }

  @Test
  void slicesOfOneColumnHaveAKeyAndCrossesAreLeftOut() {
    income(0, VIC, 100, 20, 60);
    income(0, CROSS, 50, 10, 60);
    publish();

    assertThat(query("SELECT DISTINCT slice_key, slice_value, count FROM m_profile_metrics"))
        .extracting(Row::toString)
        .containsExactly("[state,VIC,100]");
  }

  /** 20 of 100 less 5 of 50, and less 100 of 1,000; 60 less 52, and less 50. */
  @Test
  void aWindowIsHeldAgainstTheOneBeforeAndTheReference() {
    income(0, VIC, 50, 5, 52);
    income(1, VIC, 100, 20, 60);
    add(
        inputs(1),
        VIC,
        "income",
        Measure.of("psi", Comparison.PREVIOUS, 0.3).n(80).reference(null, 45));
    add(
        inputs(1),
        VIC,
        "income",
        Measure.of("ks_statistic", Comparison.BASELINE, 0.2).n(80).reference(null, 900));
    add(
        inputs(1),
        VIC,
        "income",
        Measure.of("ks_pvalue", Comparison.BASELINE, 0.01).n(80).reference(null, 900));
    publish();

    assertThat(
            query(
                "SELECT drift_type, window_cmp.end, count_delta, avg_delta, percent_null_delta, "
                    + "population_stability_index, ks_test FROM m_drift_metrics WHERE "
                    + "column_name = 'income' AND window.start = timestamp'2026-01-02T00:00:00Z' "
                    + "ORDER BY drift_type"))
        .extracting(Row::toString)
        .containsExactly(
            "[BASELINE,null,-900,10.0,10.0,null,[0.2,0.01]]",
            "[CONSECUTIVE,%s,50,8.0,10.0,0.3,null]".formatted(local(1)));
    assertThat(
            query(
                "SELECT drift_type, count_delta, non_null_columns_delta FROM m_drift_metrics WHERE "
                    + "column_name = ':table' ORDER BY window, drift_type"))
        .extracting(Row::toString)
        .containsExactly(
            "[BASELINE,-950,[0,0]]", "[BASELINE,-900,[0,0]]", "[CONSECUTIVE,50,[0,0]]");
  }

  @Test
  void fewRowsAreNeitherShownNorCompared() {
    income(0, VIC, 9, 5, 52);
    income(1, VIC, 100, 20, 60);
    publish();

    assertThat(
            query(
                "SELECT count, num_nulls, percent_null, avg FROM m_profile_metrics WHERE "
                    + "window.start = timestamp'2026-01-01T00:00:00Z'"))
        .hasSize(2)
        .allMatch(row -> row.toString().equals("[null,null,null,null]"));
    assertThat(query("SELECT DISTINCT drift_type, window.start FROM m_drift_metrics"))
        .extracting(Row::toString)
        .containsExactly("[BASELINE,%s]".formatted(local(1)));
  }

  /** tp 6, fp 2, fn 3, tn 9: precision 6/8 and 9/12, recall 6/9 and 9/11, weights 9 and 11. */
  @Test
  void twoClassesFollowFromTheirCounts() {
    for (Measure.Builder count :
        List.of(of("tp", 6, 20), of("fp", 2, 20), of("fn", 3, 20), of("tn", 9, 20))) {
      add(outcomes(0), Segment.ALL, "", count);
    }
    add(outcomes(0), Segment.ALL, "", of("accuracy", 0.75, 20));
    publish();

    Row row =
        query(
                "SELECT accuracy_score, confusion_matrix, precision, recall, f1_score "
                    + "FROM m_profile_metrics")
            .get(0);

    assertThat(row.getDouble(0)).isEqualTo(0.75);
    assertThat(row.getList(1).toString())
        .isEqualTo("[[it's,it's,6], [it's,not,2], [not,it's,3], [not,not,9]]");
    assertRates(row.getStruct(2), 6 / 8.0, 9 / 12.0);
    assertRates(row.getStruct(3), 6 / 9.0, 9 / 11.0);
    assertRates(row.getStruct(4), 12 / 17.0, 18 / 23.0);
  }

  private static void assertRates(Row rates, double positive, double negative) {
    assertThat(rates.<String, Double>getJavaMap(0))
        .containsEntry("it's", positive)
        .containsEntry("not", negative);
    assertThat(rates.getDouble(1)).isCloseTo((positive + negative) / 2, rounding());
    assertThat(rates.getDouble(2)).isCloseTo((9 * positive + 11 * negative) / 20, rounding());
  }

  /** Sums of two rounded quotients. */
  private static Offset<Double> rounding() {
    return Offset.offset(1e-15);
  }

  @Test
  void severalClassesKeepTheirNamesAndWeights() {
    for (String label : List.of("cat", "dog")) {
      boolean cat = label.equals("cat");
      add(outcomes(0), Segment.ALL, "", of("precision", cat ? 0.5 : 1, 40).ofClass(label));
      add(outcomes(0), Segment.ALL, "", of("support", cat ? 30 : 10, 40).ofClass(label));
    }
    add(outcomes(0), Segment.ALL, "", of("precision", 0.5, 40));
    publish();

    assertThat(
            query(
                "SELECT precision.one_vs_all['cat'], precision.one_vs_all['dog'], precision.macro, "
                    + "precision.weighted, confusion_matrix FROM m_profile_metrics"))
        .containsExactly(RowFactory.create(0.5, 1.0, 0.75, 0.625, null));
  }

  @Test
  void aGroupStandsAgainstTheRest() {
    income(0, VIC, 100, 20, 60);
    add(outcomes(0), VIC, "state", of("demographic_parity_vs_rest", -0.25, 100));
    publish();

    assertThat(
            query(
                "SELECT slice_value, statistical_parity FROM m_profile_metrics WHERE column_name = "
                    + "':table'"))
        .extracting(Row::toString)
        .containsExactly("[VIC,Map(it's -> -0.25)]");
  }
}
