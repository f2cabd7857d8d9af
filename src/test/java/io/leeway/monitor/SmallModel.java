package io.leeway.monitor;

import static org.apache.spark.sql.functions.col;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.store.Store;
import io.leeway.store.Views;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A model of few rows a day from 2026-01-01 on, whose first days are the reference.
 *
 * @param name as the store knows it
 * @param referenceDays how many days are the reference
 * @param more further lines of its configuration
 */
record SmallModel(String name, int referenceDays, String more) {
  /** A store's columns that differ between two attempts at one run. */
  static final Set<String> OF_AN_ATTEMPT =
      Set.of("attempt_id", "computed_at", "published_at", "committed_at", "started_at");

  private static final Instant DAY_1 = Instant.parse("2026-01-01T00:00:00Z");
  private static final long DAY_SECONDS = 86_400;

  private static final List<String> VIEWS =
      List.of(
          "latest_metrics",
          "latest_profiles",
          "reference_profiles",
          "metrics_as_published",
          "published_parts",
          "profile_bins",
          "feature_drift");

  private static final List<String> SHOWING =
      List.of("latest_metrics", "latest_profiles", "reference_profiles", "feature_drift");

  /** A run of whatever is due long after the last day. */
  static MonitorRequest due() {
    return asking(Optional.empty(), Optional.empty(), false);
  }

  /** A run of its own over one day, published or not. */
  static MonitorRequest again(int day) {
    return asking(Optional.of(start(day)), Optional.of(start(day + 1)), true);
  }

  private static MonitorRequest asking(
      Optional<Instant> from, Optional<Instant> until, boolean force) {
    MonitorRequest asked = MonitorRequest.asked(from, until, Instant.parse("2030-01-01T00:00:00Z"));
    return force ? asked.forced() : asked;
  }

  /** Midnight before a day; 1 is the first. */
  static Instant start(int day) {
    return DAY_1.plusSeconds(DAY_SECONDS * (day - 1));
  }

  /**
   * The predictions of some days, both ends included. Every value follows from the row's number
   * alone, however the rows are cut. Amounts span twelve powers of ten and have gaps, infinities
   * and zeros of both signs among them, so that a sum that leans on its order shows it.
   */
  static Dataset<Row> predictions(SparkSession spark, int firstDay, int lastDay, int rowsPerDay) {
    return spark
        .range((long) (firstDay - 1) * rowsPerDay, (long) lastDay * rowsPerDay)
        .selectExpr(
            "id",
            String.format(
                Locale.ROOT,
                "timestamp_seconds(%d + cast(id * %d / %d as bigint)) AS at",
                DAY_1.getEpochSecond(),
                DAY_SECONDS,
                rowsPerDay),
            "CASE WHEN pmod(id, 5) = 0 THEN 'v2' ELSE 'v1' END AS version",
            "CASE pmod(id, 41) WHEN 1 THEN NULL WHEN 2 THEN double('NaN') "
                + "WHEN 3 THEN double('Infinity') WHEN 4 THEN -0.0D WHEN 5 THEN 0.0D "
                + "ELSE pow(10, pmod(xxhash64(id, 'power'), 13) - 6) * "
                + share("amount")
                + " END AS amount",
            "cast(18 + 60 * " + share("age") + " AS int) AS age",
            "concat('p', pmod(xxhash64(id, 'product'), 7)) AS product",
            "CASE WHEN pmod(id, 23) = 0 THEN NULL "
                + "ELSE concat('r', pmod(xxhash64(id, 'region'), 12)) END AS region",
            share("p") + " AS p");
  }

  /** A number from 0 on below 1. */
  private static String share(String salt) {
    return "(pmod(xxhash64(id, '" + salt + "'), 1000003) / 1000003.0D)";
  }

  /** The configuration over a table and a store, each a path or an address. */
  LeewayConfig config(String table, String store) {
    return ConfigLoader.load(text(table, store), Path.of("/"));
  }

  /** The same as it stands in a file. */
  String text(String table, String store) {
    return """
        leeway {
          store.path = "%s"
          models.%s {
            task = binary
            predictions { table = "%s", id = id, time = at, version = version, score = p }
            reference { from = "%s", until = "%s" }
            %s
          }
        }
        """
        .formatted(store, name, table, DAY_1, start(referenceDays + 1), more);
  }

  /** Brings the results up to date, in a process that knows nothing of those before it. */
  ModelReport run(SparkSession spark, String table, String store, MonitorRequest request) {
    LeewayConfig config = config(table, store);
    ModelConfig model = config.models().get(0);
    return new Monitor(Store.open(spark, config.store()), line -> {}).run(model, request);
  }

  /**
   * Every row of every view as text, in an order of its own: equal texts are equal numbers to the
   * last bit, for the shortest text of a double names that double alone.
   */
  List<String> published(SparkSession spark, String store, Set<String> leftOut) {
    return texts(spark, store, VIEWS, leftOut);
  }

  /**
   * The same of what shows now, whichever runs have made it. A baseline bears the version of the
   * table in its name, also where its rows are the same.
   */
  List<String> showing(SparkSession spark, String store) {
    Set<String> leftOut = new HashSet<>(OF_AN_ATTEMPT);
    leftOut.addAll(List.of("run_id", "baseline_id"));
    return texts(spark, store, SHOWING, leftOut);
  }

  private List<String> texts(
      SparkSession spark, String store, List<String> views, Set<String> leftOut) {
    Views.createTemporary(Store.open(spark, config("/none", store).store()), 1);
    return views.stream()
        .map(view -> texts(spark, view, leftOut))
        .reduce(Dataset::union)
        .orElseThrow()
        .sort("value")
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  private static Dataset<Row> texts(SparkSession spark, String view, Set<String> leftOut) {
    Dataset<Row> rows = spark.table(view);
    Column[] kept =
        Stream.of(rows.columns())
            .filter(column -> !leftOut.contains(column))
            .map(column -> col("`" + column + "`"))
            .toArray(Column[]::new);
    return rows.select(kept).selectExpr("concat('" + view + " ', to_json(struct(*))) AS value");
  }
}
