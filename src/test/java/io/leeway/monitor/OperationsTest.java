package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two days of rows by host, the first one the reference; expected values by plain loops over the
 * rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {
  private static final int ROWS_PER_DAY = 3_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final StructType SCHEMA =
      new StructType()
          .add("at", DataTypes.TimestampType)
          .add("id", DataTypes.LongType)
          .add("host", DataTypes.StringType)
          .add("p", DataTypes.DoubleType)
          .add("took", DataTypes.DoubleType)
          .add("cost", DataTypes.createDecimalType(10, 4))
          .add("status", DataTypes.StringType)
          .add("cpu", DataTypes.DoubleType)
          .add("revenue", DataTypes.DoubleType);

  /**
   * A row of the table.
   *
   * @param took heavy-tailed over four powers of ten
   * @param cost {@code null} of every tenth row, below 0 of every 50th
   * @param status {@code null} of every 15th
   */
  private record Reading(
      int day, Instant at, String host, double took, Double cost, String status, double cpu) {

    static Reading of(int number) {
      int day = number / ROWS_PER_DAY;
      double u = (number * 0.6180339887498949) % 1;
      // Three rows in four lie in the first half of their day, and every 100th in one minute.
      long second =
          number % 100 == 0 ? 36_000 : (number % 4 == 0 ? 43_200 : 0) + number * 7919L % 43_200;
      return new Reading(
          day,
          START.plusSeconds(day * 86_400L + second),
          "h" + number % 3,
          (1 + day) * Math.pow(1 - u, -0.9),
          number % 10 == 3 ? null : number % 50 == 0 ? -1.25 : (number % 97) / 16.0,
          number % 15 == 4 ? null : number % (day == 0 ? 40 : 20) == 0 ? "timeout" : "ok",
          number % 101 / 100.0);
    }

    double revenue() {
      return took > 500 ? 1e6 : took;
    }

    /** What the margin is of; a few large sums would leave it without an error to speak of. */
    double income() {
      return Math.min(revenue(), 100);
    }

    Row row(long id) {
      return RowFactory.create(
          java.sql.Timestamp.from(at),
          id,
          host,
          0.5 + 0.4 * Math.sin((double) id),
          took,
          cost == null ? null : java.math.BigDecimal.valueOf(cost),
          status,
          cpu,
          revenue());
    }
  }

  private static final List<Reading> READINGS =
      IntStream.range(0, 2 * ROWS_PER_DAY).mapToObj(Reading::of).toList();

  @TempDir private static Path folder;

  @BeforeAll
  static void monitor() {
    List<Row> rows =
        IntStream.range(0, READINGS.size()).mapToObj(i -> READINGS.get(i).row(i)).toList();
    Dataset<Row> table = LocalSpark.session().createDataFrame(rows, SCHEMA).coalesce(1);
    table.write().format("delta").save(folder.resolve("rows").toString());
    table
        .where("at < timestamp'2026-01-02T00:00:00Z'")
        .select("at", "id", "host", "p")
        .write()
        .format("delta")
        .save(folder.resolve("reference").toString());
    LeewayConfig config = config();
    Store store = Store.open(LocalSpark.session(), config.store());
    for (String model : List.of("served", "machines", "apart")) {
      new Monitor(store, line -> {})
          .run(config.model(model), MonitorRequest.due(Instant.parse("2026-02-01T00:00:00Z")));
    }
  }

  private static LeewayConfig config() {
    return ConfigLoader.load(
        """
        leeway {
          store.path = "results"
          defaults { exact-values = 64, windows { base = 1 day, roll-up = [2 days] } }
          models.served {
            task = binary
            predictions { table = "./rows", id = id, time = at, score = p }
            features = [status]
            slices = [[host]]
            reference.where = "at < timestamp'2026-01-02T00:00:00Z'"
            operations { latency = took, cost = cost, failed = "status <> 'ok'" }
            business {
              revenue = "revenue * 2"
              margin { numerator = "least(revenue, 100) - cost", denominator = "least(revenue, 100)" }
              nothing { numerator = "cost", denominator = "0 * cost" }
            }
          }
          models.machines {
            task = telemetry
            predictions { table = "./rows", time = at }
            slices = [[host]]
            reference { from = 2026-01-01, until = 2026-01-02 }
            operations { gauges = [cpu, took] }
          }
          models.apart {
            task = binary
            predictions { table = "./rows", id = id, time = at, score = p }
            features = [host]
            reference { table = "./reference" }
            operations { latency = took, failed = "status <> 'ok'" }
            business {
              revenue = "revenue"
              margin { numerator = "least(revenue, 100) - cost", denominator = "least(revenue, 100)" }
            }
          }
        }
        """,
        folder);
  }

  private static Row metric(String model, String column, String metric, String host, String more) {
    Store store = Store.open(LocalSpark.session(), config().store());
    List<Row> rows =
        store
            .read(ResultTable.METRICS)
            .where(
                "model = '%s' AND column_name = '%s' AND metric = '%s' AND slice = '%s'"
                    .formatted(model, column, metric, host.isEmpty() ? "[]" : "[host]"))
            .where(host.isEmpty() ? "true" : "segment = 'host=" + host + "'")
            .where(more)
            .collectAsList();
    assertThat(rows).as(model + " " + column + " " + metric + " " + more).hasSize(1);
    return rows.get(0);
  }

  private static final String DAY_2 =
      "granularity = '1 day' AND window_start = timestamp'2026-01-02T00:00:00Z'"
          + " AND comparison = 'none'";
  private static final String BOTH_DAYS = "granularity = '2 days' AND comparison = 'none'";

  private static double number(Row row, String column) {
    return row.<Number>getAs(column).doubleValue();
  }

  private static DoubleStream took(List<Reading> of) {
    return of.stream().mapToDouble(Reading::took);
  }

  private static List<Reading> day2(String host) {
    return READINGS.stream()
        .filter(reading -> reading.day() == 1)
        .filter(reading -> host.isEmpty() || reading.host().equals(host))
        .toList();
  }

  private static double quantile(DoubleStream of, double q) {
    double[] sorted = of.sorted().toArray();
    double position = (sorted.length - 1) * q;
    int below = (int) position;
    return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
  }

  @Test
  void latencyQuantilesAreWithinOnePercent() {
    for (String host : List.of("", "h1")) {
      double p99 = quantile(took(day2(host)), 0.99);
      Row row = metric("served", "operations.latency", "p99", host, DAY_2);
      assertThat(number(row, "value") / p99).isCloseTo(1, within(0.01));
      assertThat(number(row, "error_bound")).isLessThan(0.01 * p99);
      double p95 = quantile(took(day2(host)), 0.95);
      row = metric("served", "operations.latency", "p95", host, DAY_2);
      assertThat(number(row, "value") / p95).isCloseTo(1, within(0.01));
      assertThat(number(row, "ci_low")).isLessThan(p95);
      assertThat(number(row, "ci_high")).isGreaterThan(p95);
      assertThat(number(row, "reference_n")).isEqualTo(host.isEmpty() ? 3_000 : 1_000);
    }
    Row both = metric("served", "operations.latency", "median", "h2", BOTH_DAYS);
    DoubleStream ofHost = took(READINGS.stream().filter(it -> it.host().equals("h2")).toList());
    assertThat(number(both, "value") / quantile(ofHost, 0.5)).isCloseTo(1, within(0.01));
  }

  @Test
  void latencyThatDoublesIsADistance() {
    String where = DAY_2.replace("none", "baseline");
    // Twice a Pareto variable of index 10/9: the distance functions differ most at 2, by 1 −
    // 2^(−10/9).
    assertThat(number(metric("served", "operations.latency", "ks_statistic", "", where), "value"))
        .isCloseTo(1 - Math.pow(2, -10 / 9.0), within(0.01));
  }

  @Test
  void costsAddUpAndNegativeOnesAreCounted() {
    List<Double> costs =
        day2("").stream().map(Reading::cost).filter(java.util.Objects::nonNull).toList();
    double sum = costs.stream().mapToDouble(Double::doubleValue).sum();

    Row total = metric("served", "operations.cost", "cost_total", "", DAY_2);
    Row each = metric("served", "operations.cost", "cost_per_prediction", "", DAY_2);
    Row negative = metric("served", "operations.cost", "negative_rate", "", DAY_2);

    assertThat(number(total, "value")).isCloseTo(sum, within(1e-9));
    assertThat(number(each, "value")).isCloseTo(sum / costs.size(), within(1e-12));
    assertThat(number(negative, "numerator"))
        .isEqualTo((double) costs.stream().filter(cost -> cost < 0).count())
        .isPositive();
    assertThat(number(metric("served", "operations.cost", "null_rate", "", DAY_2), "numerator"))
        .isEqualTo(ROWS_PER_DAY - costs.size());
  }

  @Test
  void failuresAreAShareOfThoseKnown() {
    for (String host : List.of("", "h0")) {
      long failed = day2(host).stream().filter(it -> "timeout".equals(it.status())).count();
      long known = day2(host).stream().filter(it -> it.status() != null).count();
      Row row = metric("served", "operations.failed", "failure_rate", host, DAY_2);
      assertThat(number(row, "numerator")).isEqualTo((double) failed).isPositive();
      assertThat(number(row, "denominator")).isEqualTo((double) known);
      assertThat(number(row, "value")).isEqualTo((double) failed / known);
    }
  }

  @Test
  void theBusiestMinuteIsFoundInDaysAndInRollUps() {
    Row day = metric("served", "operations.throughput", "throughput_peak_per_minute", "", DAY_2);
    Row both =
        metric("served", "operations.throughput", "throughput_peak_per_minute", "", BOTH_DAYS);

    assertThat(number(day, "value")).isEqualTo(busiest(day2("")));
    assertThat(number(both, "value")).isEqualTo(busiest(READINGS));
    assertThat(
            number(
                metric("served", "operations.throughput", "throughput_mean_per_minute", "", DAY_2),
                "value"))
        .isEqualTo(3_000 / 1_440.0);
  }

  private static double busiest(List<Reading> of) {
    long[] minutes = new long[2 * 1_440];
    of.forEach(it -> minutes[(int) ((it.at().getEpochSecond() - START.getEpochSecond()) / 60)]++);
    return Arrays.stream(minutes).max().orElseThrow();
  }

  @Test
  void businessMeansHaveACappedOneBesideThem() {
    double[] revenue = day2("").stream().mapToDouble(reading -> 2 * reading.revenue()).toArray();
    Row mean = metric("served", "business.revenue", "business_mean", "", DAY_2);
    assertThat(number(mean, "value") / Arrays.stream(revenue).average().orElseThrow())
        .isCloseTo(1, within(1e-9));
    double[] reference =
        READINGS.stream().filter(it -> it.day() == 0).mapToDouble(it -> 2 * it.revenue()).toArray();
    double cap = quantile(Arrays.stream(reference), 0.99);
    double capped =
        Arrays.stream(revenue).map(value -> Math.min(value, cap)).average().orElseThrow();

    Row row = metric("served", "business.revenue.capped", "business_mean_capped", "", DAY_2);

    // The cap is the reference's 99th percentile to within one of its 1,024 parts.
    assertThat(number(row, "value") / capped).isCloseTo(1, within(0.01));
    assertThat(number(row, "value")).isLessThan(0.5 * number(mean, "value"));
  }

  /** Residuals row by row: the squares, about a ratio of the sums, over the mean below the line. */
  @Test
  void aBusinessRatioIsThatOfTheSumsOfRowsWithBoth() {
    for (String host : List.of("", "h2")) {
      List<Reading> with = day2(host).stream().filter(it -> it.cost() != null).toList();
      double below = with.stream().mapToDouble(Reading::income).sum();
      double above = with.stream().mapToDouble(it -> it.income() - it.cost()).sum();
      double ratio = above / below;
      double squares =
          with.stream()
              .mapToDouble(it -> it.income() - it.cost() - ratio * it.income())
              .map(residual -> residual * residual)
              .sum();
      int n = with.size();
      double error = Math.sqrt(squares / (n - 1) / n) / (below / n);

      Row row = metric("served", "business.margin", "business_ratio", host, DAY_2);

      assertThat(number(row, "value")).isCloseTo(ratio, within(1e-9));
      assertThat(number(row, "std_error")).isCloseTo(error, within(1e-6 * error));
      assertThat(number(row, "n")).isEqualTo(n);
      assertThat(number(row, "numerator") / above).isCloseTo(1, within(1e-9));
      assertThat(number(row, "denominator") / below).isCloseTo(1, within(1e-9));
      assertThat(number(row, "reference_value")).isCloseTo(margin(0, host), within(1e-9));
    }
    Row both = metric("served", "business.margin", "business_ratio", "", BOTH_DAYS);
    List<Reading> all = READINGS.stream().filter(it -> it.cost() != null).toList();
    double costs = all.stream().mapToDouble(Reading::cost).sum();
    assertThat(number(both, "value"))
        .isCloseTo(1 - costs / all.stream().mapToDouble(Reading::income).sum(), within(1e-9));
    Row part = metric("served", "business.margin.denominator", "null_rate", "", DAY_2);
    assertThat(number(part, "value")).isZero();
  }

  private static double margin(int day, String host) {
    List<Reading> of =
        READINGS.stream()
            .filter(it -> it.day() == day && it.cost() != null)
            .filter(it -> host.isEmpty() || it.host().equals(host))
            .toList();
    double costs = of.stream().mapToDouble(Reading::cost).sum();
    return 1 - costs / of.stream().mapToDouble(Reading::income).sum();
  }

  @Test
  void aRatioOverNothingIsUndefined() {
    Row row = metric("served", "business.nothing", "business_ratio", "", DAY_2);
    assertThat(row.<Double>getAs("value")).isNull();
    assertThat(row.<String>getAs("reason")).isEqualTo("The denominator of the ratio is 0.");
  }

  @Test
  void telemetryNeedsNoPredictions() {
    double[] cpu = day2("h1").stream().mapToDouble(Reading::cpu).toArray();
    Row mean = metric("machines", "operations.gauges.cpu", "mean", "h1", DAY_2);
    assertThat(number(mean, "value"))
        .isCloseTo(Arrays.stream(cpu).average().orElseThrow(), within(1e-9));
    double p95 = quantile(took(day2("h1")), 0.95);
    Row row = metric("machines", "operations.gauges.took", "p95", "h1", DAY_2);
    assertThat(number(row, "value") / p95).isCloseTo(1, within(0.01));
    Row n = metric("machines", "", "n", "h1", DAY_2);
    assertThat(number(n, "value")).isEqualTo(1_000);
  }

  @Test
  void whatTheReferenceLacksIsMonitoredWithoutIt() {
    double p95 = quantile(took(day2("")), 0.95);
    Row row = metric("apart", "operations.latency", "p95", "", DAY_2);
    assertThat(number(row, "value") / p95).isCloseTo(1, within(0.01));
    assertThat(row.<Double>getAs("reference_value")).isNull();
    Row psi = metric("apart", "operations.latency", "psi", "", DAY_2.replace("none", "baseline"));
    assertThat(psi.<String>getAs("reason")).startsWith("NO_REFERENCE");
    Row margin = metric("apart", "business.margin", "business_ratio", "", DAY_2);
    assertThat(number(margin, "value")).isCloseTo(margin(1, ""), within(1e-6));
    assertThat(margin.<Double>getAs("reference_value")).isNull();
    Row failed = metric("apart", "operations.failed", "failure_rate", "", DAY_2);
    assertThat(number(failed, "value")).isPositive();
  }
}
