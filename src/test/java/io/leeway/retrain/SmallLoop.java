package io.leeway.retrain;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.registry.Registry;
import io.leeway.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A model with two numbers, a category and a gender, 100 predictions a day from 2026-01-01 on, each
 * with a label an hour later. What serves, version 3, knows only half of what there is to know.
 */
public final class SmallLoop {
  public static final String MODEL = "m";
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** A day after the last prediction of 12 days. */
  public static final Instant NOW = Instant.parse("2026-01-14T00:00:00Z");

  private final SparkSession spark;
  private final Path folder;
  private final String retrain;

  /**
   * Over tables in a folder.
   *
   * @param retrain what the block says besides the algorithm, window and holdout
   */
  public SmallLoop(SparkSession spark, Path folder, String retrain) {
    this.spark = spark;
    this.folder = folder;
    this.retrain = retrain;
  }

  public String predictions() {
    return folder.resolve("predictions").toString();
  }

  public String labels() {
    return folder.resolve("labels").toString();
  }

  public String applications() {
    return folder.resolve("applications").toString();
  }

  /** Configured over a store at an address. */
  public LeewayConfig config(String store) {
    return ConfigLoader.load(
        """
        leeway {
          store.path = "%s"
          models.m {
            task = binary
            predictions { table = "%s", id = id, time = at, version = version, score = score, decision = decision }
            labels { table = "%s", id = id, label = y, time = known_at, prediction-time = at, mature-after = 1 day }
            features { numeric = [x, z], categorical = [c] }
            fairness.attributes = [gender]
            windows { base = 1 day, zone = UTC }
            reference { from = "2026-01-01", until = "2026-01-04" }
            operations { latency = latency_ms, failed = "status = 'failed'" }
            retrain {
              algorithm = logistic-regression, window = 12 days, holdout = 3 days
              gate { min-rows = 100, min-of-each-class = 20 }
              min-labelled = 100
              scoring.table = "%s"
              %s
            }
          }
        }
        """
            .formatted(store, predictions(), labels(), applications(), retrain),
        folder);
  }

  public ModelConfig model(String store) {
    return config(store).model(MODEL);
  }

  public RetrainConfig retrain(String store) {
    return model(store).retrain().orElseThrow();
  }

  public Store store(String store) {
    return Store.open(spark, config(store).store());
  }

  public Registry registry(String store) {
    return new Registry(store(store));
  }

  /** The job over a store, with the versions' files below it. */
  public RetrainJob job(String store) {
    return new RetrainJob(
        store(store),
        registry(store),
        retrain(store).modelsRoot(config(store).store()),
        line -> {});
  }

  /** Writes predictions and labels of 12 days. */
  public SmallLoop written() {
    Dataset<Row> all = answered(0, 1_200);
    all.select(
            "id",
            "at",
            "version",
            "x",
            "z",
            "c",
            "gender",
            "score",
            "decision",
            "latency_ms",
            "status")
        .write()
        .format("delta")
        .save(predictions());
    all.selectExpr("id", "y", "at + INTERVAL 1 HOUR AS known_at", "at")
        .write()
        .format("delta")
        .save(labels());
    return this;
  }

  /** Rows of some numbers as the lender's own service answers them, with what comes of them. */
  public Dataset<Row> answered(long from, long until) {
    return applied(from, until)
        .selectExpr(
            "*",
            "'3' AS version",
            "1 / (1 + exp(0.4 - 1.1 * x)) AS score",
            "CAST(1 / (1 + exp(0.4 - 1.1 * x)) >= 0.5 AS INT) AS decision",
            "5.0D AS latency_ms",
            "'ok' AS status",
            "CAST(u < 1 / (1 + exp(0.5 - 1.1 * x - 1.3 * z + if(c = 'b', 0.8, 0))) AS INT) AS y");
  }

  /** Rows that nobody has answered; {@code u} decides what comes of them. */
  public Dataset<Row> applied(long from, long until) {
    return spark
        .range(from, until, 1, 1)
        .selectExpr(
            "concat('p', lpad(id, 6, '0')) AS id",
            "timestampadd(SECOND, id * 864, TIMESTAMP '2026-01-01 00:00:00') AS at",
            "2 * (pmod(xxhash64('x', id), 100000) / 100000D + pmod(xxhash64('x2', id), 100000) / 100000D - 1) AS x",
            "2 * (pmod(xxhash64('z', id), 100000) / 100000D + pmod(xxhash64('z2', id), 100000) / 100000D - 1) AS z",
            "element_at(array('a', 'b', 'c'), CAST(1 + pmod(xxhash64('c', id), 3) AS INT)) AS c",
            "if(pmod(xxhash64('g', id), 2) = 0, 'f', 'm') AS gender",
            "pmod(xxhash64('u', id), 100000) / 100000D AS u");
  }
}
