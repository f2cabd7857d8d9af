package io.leeway.serving;

import io.leeway.config.CircuitConfig;
import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.ScoringConfig;
import io.leeway.config.TableRef;
import io.leeway.domain.UserException;
import io.leeway.registry.ActKind;
import io.leeway.registry.Approval;
import io.leeway.registry.Contest;
import io.leeway.registry.Details;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A model of credit with a feature table (pid, customer, income, at), whose version n gives the
 * score n + income / 1000, which no probability is, but tells who answered.
 */
public final class ServedModel {
  public static final String NAME = "credit";

  private final Path directory;
  private final SparkSession spark = LocalSpark.session();
  private final LeewayConfig config;
  private final Set<Integer> broken = new TreeSet<>();

  public ServedModel(Path directory) {
    this.directory = directory;
    this.config =
        ConfigLoader.load(
            """
            leeway {
              store.path = "results"
              models.credit {
                task = binary
                predictions { table = "in/predictions", id = pid, time = at, version = v, score = p,
                              decision = d }
                labels { table = "in/outcomes", id = pid, label = bad, time = seen_at }
                reference { from = 2026-01-01, until = 2026-04-01 }
                operations { latency = ms }
              }
            }
            """,
            directory);
  }

  public ModelConfig config() {
    return config.model(NAME);
  }

  public Store store() {
    return Store.open(spark, config.store());
  }

  public Registry registry() {
    return new Registry(store());
  }

  public TableRef table(String name) {
    return new TableRef(directory.resolve("in").resolve(name).toString(), true);
  }

  public ScoringConfig scoring() {
    return new ScoringConfig(
        table("features"), Optional.of("customer"), Optional.of(table("shadow")), Optional.empty());
  }

  /** Rows as of ids from one number to another one, a minute apart. */
  public void features(int from, int until, Instant start) {
    append(
        "features",
        spark
            .range(from, until)
            .coalesce(1)
            .selectExpr(
                "concat('p', id) AS pid",
                "concat('c', id) AS customer",
                "CAST(id AS DOUBLE) AS income",
                SqlText.timestamp(start)
                    + " + make_interval(0, 0, 0, 0, 0, CAST(id AS INT), 0) AS at"));
  }

  public void append(String table, Dataset<Row> rows) {
    rows.write().format("delta").mode("append").save(table(table).text());
  }

  public Dataset<Row> read(String table) {
    return spark.read().format("delta").load(table(table).text());
  }

  public ScoreJob job() {
    return job(this::scorer);
  }

  public ScoreJob job(Function<Version, Scorer> loader) {
    return new ScoreJob(spark, registry(), loader);
  }

  public ScoreReport score() {
    return score(CircuitConfig.defaults());
  }

  public ScoreReport score(CircuitConfig circuit) {
    return job().run(config(), scoring(), circuit, Instant.now());
  }

  /** A version that cannot be loaded from now on. */
  public void breaks(int version) {
    broken.add(version);
  }

  /** All can be loaded again. */
  public void mends() {
    broken.clear();
  }

  public Scorer scorer(Version version) {
    if (broken.contains(version.number())) {
      throw new UserException("Version " + version.number() + " is not as it was written.");
    }
    return scorer(version.number() + " + income / 1000");
  }

  public static Scorer scorer(String score) {
    return rows ->
        rows.withColumn(Scorer.SCORE, functions.expr("CAST(" + score + " AS DOUBLE)"))
            .withColumn(Scorer.CLASS_SCORES, functions.expr("CAST(NULL AS ARRAY<DOUBLE>)"))
            .withColumn(Scorer.DECISION, functions.expr("IF(" + score + " >= 0.5, '1', '0')"));
  }

  public ModelState state() {
    return registry().state(NAME);
  }

  /** Adds and approves the next version. */
  public int trains() {
    Registry registry = registry();
    int number = state().nextVersion(0);
    Instant now = Instant.now();
    registry.act(
        NAME,
        state ->
            NewEntry.of(
                ActKind.VERSION_ADDED,
                number,
                "tess",
                "trained",
                Details.of(
                    "verdict",
                    "BLESSED",
                    "uri",
                    "models/credit/v=" + number,
                    "digest",
                    "d" + number,
                    "evidence",
                    "e" + number,
                    "approvers",
                    1,
                    "expires",
                    now.plus(Duration.ofDays(3)))));
    registry.act(NAME, state -> Approval.approve(state, number, "ann", "looks right", now));
    return number;
  }

  /** The next version becomes champion. */
  public int crowns() {
    int number = trains();
    registry()
        .act(NAME, state -> Promotion.promote(state, number, false, "olga", "the best we have"));
    return number;
  }

  /** The next version challenges on a share; 0 is the shadow. */
  public int challenges(int basisPoints, String salt) {
    int number = trains();
    registry()
        .act(
            NAME,
            state -> Contest.begin(state, number, basisPoints, salt, "olga", "to see how it does"));
    return number;
  }
}
