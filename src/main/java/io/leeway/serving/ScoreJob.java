package io.leeway.serving;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.CircuitConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.ScoringConfig;
import io.leeway.config.TableRef;
import io.leeway.domain.UserException;
import io.leeway.registry.AuditChain;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.serving.Routes.Route;
import io.leeway.serving.ScoreReport.Fed;
import io.leeway.serving.ScoreReport.Part;
import io.leeway.store.MarkedTable;
import io.leeway.store.SourceTable;
import io.leeway.store.StorageErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores the rows that came into a feature table since the last scoring, each exactly once.
 *
 * <p>How far it has come is a mark in the log of the very table that takes the answers, committed
 * with them: {@code leeway/score/<model>/<id of the feature table>}, the feature table's version
 * plus 1. A scoring that dies before the commit leaves nothing, one that dies after it has left
 * everything, and of two at once one commits and the other one is told. An identifier that the
 * table has already, from an earlier scoring, a time before there was a mark or from somebody else,
 * is left out, whatever time its row bears now; with {@code max-age}, if the answered row is not
 * older than twice that.
 */
public final class ScoreJob {
  /** Which route a row takes. */
  static final String ROUTE = "leeway_route";

  private static final double MILLIS = 1e-6;

  private final SparkSession spark;
  private final Registry registry;
  private final Function<Version, Scorer> loader;

  /**
   * A job.
   *
   * @param loader loads a version and checks it; a {@link io.leeway.domain.LeewayException} of it
   *     says that the version cannot answer
   */
  public ScoreJob(SparkSession spark, Registry registry, Function<Version, Scorer> loader) {
    this.spark = spark;
    this.registry = registry;
    this.loader = loader;
  }

  /**
   * Scores what is new.
   *
   * @throws UserException if tables or configuration do not fit; nothing was scored then
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public ScoreReport run(
      ModelConfig model, ScoringConfig scoring, CircuitConfig circuit, Instant now) {
    SourceTable features = SourceTable.open(spark, scoring.table(), OptionalLong.empty());
    ServedColumns columns = ServedColumns.of(model, scoring.table(), features.schema());
    String unit = SqlText.quoted(scoring.unit().orElse(columns.id()));
    requireUnit(scoring, features);
    AuditChain chain = registry.chain(model.name());
    ModelState state = ModelState.of(model.name(), chain);
    Routes routes = new Routes(model, state, loader);
    List<Route> ofPredictions = routes.predictions(circuit, chain, unit, features.read(), now);
    Feeding feeding = new Feeding(model, scoring, features, columns, now, routes.notes());

    Fed predictions = feeding.feed(model.predictions().table(), "", ofPredictions, "true");
    Optional<Fed> shadow =
        routes.shadow().flatMap(route -> shadow(feeding, scoring, columns, route, routes.notes()));
    return new ScoreReport(features.version(), predictions, shadow, routes.notes(), routes.fault());
  }

  /**
   * Whether the feature table and the configuration fit, without scoring anything.
   *
   * @throws UserException if they do not
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public static void check(
      SparkSession spark, ModelConfig model, ScoringConfig scoring, CircuitConfig circuit) {
    SourceTable features = SourceTable.open(spark, scoring.table(), OptionalLong.empty());
    ServedColumns.of(model, scoring.table(), features.schema());
    requireUnit(scoring, features);
    if (circuit.fallback().sql().isPresent()) {
      FallbackRule.of(model, circuit.fallback(), features.read());
    }
  }

  private static void requireUnit(ScoringConfig scoring, SourceTable features) {
    scoring
        .unit()
        .filter(unit -> features.schema().getFieldIndex(unit).isEmpty())
        .ifPresent(
            unit -> {
              throw new UserException(
                  "Feature table '"
                      + scoring.table()
                      + "' has no column '"
                      + unit
                      + "', which retrain.scoring.unit names. Correct the name, or leave it out.");
            });
  }

  /** All rows, beside those of other versions that the table may hold. */
  private Optional<Fed> shadow(
      Feeding feeding,
      ScoringConfig scoring,
      ServedColumns columns,
      Route route,
      List<String> notes) {
    if (scoring.shadowTable().isEmpty()) {
      notes.add(
          "Version "
              + route.version()
              + " is in the shadow, but there is no table for its answers. Name one: "
              + "retrain.scoring.shadow-table.");
      return Optional.empty();
    }
    String same =
        "CAST("
            + SqlText.quoted(columns.version())
            + " AS STRING) = "
            + SqlText.literal(route.version());
    return Optional.of(
        feeding.feed(
            scoring.shadowTable().get(), "/shadow/" + route.version(), List.of(route), same));
  }

  /** One scoring of one feature table. */
  private final class Feeding {
    private final ModelConfig model;
    private final ScoringConfig scoring;
    private final SourceTable features;
    private final ServedColumns columns;
    private final Instant now;
    private final List<String> notes;

    Feeding(
        ModelConfig model,
        ScoringConfig scoring,
        SourceTable features,
        ServedColumns columns,
        Instant now,
        List<String> notes) {
      this.model = model;
      this.scoring = scoring;
      this.features = features;
      this.columns = columns;
      this.now = now;
      this.notes = notes;
    }

    /**
     * Feeds one table.
     *
     * @param suffix of the mark's owner
     * @param alreadyThere SQL of which of the table's rows count as there
     */
    Fed feed(TableRef address, String suffix, List<Route> routes, String alreadyThere) {
      MarkedTable target = MarkedTable.findOrCreate(spark, address, columns.schema());
      columns.check(
          address,
          target.schema(),
          routes.stream().anyMatch(of -> of.version().equals(ServedColumns.FALLBACK)));
      String owner = "leeway/score/" + model.name() + "/" + features.id() + suffix;
      long mark = features.version() + 1;
      OptionalLong before = target.mark(owner);
      if (before.isPresent() && before.getAsLong() >= mark) {
        return Fed.NOTHING;
      }
      NewRows found =
          NewRows.of(
              new NewRows.Wanted(
                  features, target, columns, before, now, scoring.maxAge(), alreadyThere));
      found.all().ifPresent(notes::add);
      Dataset<Row> routed =
          found
              .rows()
              .withColumn(ROUTE, functions.expr(routeSql(routes)))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return write(target, owner, mark, found, routed, routes);
      } catch (Exception e) {
        throw StorageErrors.explain(e, "Scoring rows of table '" + features.address() + "'");
      } finally {
        routed.unpersist();
      }
    }

    private Fed write(
        MarkedTable target,
        String owner,
        long mark,
        NewRows found,
        Dataset<Row> routed,
        List<Route> routes) {
      long[] rows = new long[routes.size()];
      routed
          .groupBy(ROUTE)
          .count()
          .collectAsList()
          .forEach(of -> rows[of.getInt(0)] = of.getLong(1));
      Dataset<Row> scored = scored(target, routed, routes).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long start = System.nanoTime();
        List<Part> parts = parts(scored, routes);
        double millis = MILLIS * (System.nanoTime() - start);
        long written = parts.stream().mapToLong(Part::rows).sum();
        boolean done =
            target.append(
                finished(scored, target.schema(), millis / Math.max(1, written)), owner, mark);
        if (!done) {
          notes.add(
              "Somebody else has scored the new rows of table '"
                  + features.address()
                  + "' meanwhile; nothing was written into '"
                  + target.address()
                  + "'.");
        }
        long all = LongStream.of(rows).sum();
        return new Fed(
            found.came(),
            found.withoutIdOrTime(),
            found.tooOld(),
            found.came() - found.withoutIdOrTime() - found.tooOld() - all,
            all - written,
            parts,
            !done);
      } finally {
        scored.unpersist();
      }
    }

    private Dataset<Row> scored(MarkedTable target, Dataset<Row> routed, List<Route> routes) {
      Dataset<Row> all = spark.createDataFrame(List.<Row>of(), columns.fitted(target.schema()));
      for (int i = 0; i < routes.size(); i++) {
        Route route = routes.get(i);
        if (route.scorer().isPresent()) {
          Dataset<Row> answers =
              route.scorer().get().score(routed.where(col(ROUTE).equalTo(i)).drop(ROUTE));
          all =
              all.union(
                  columns
                      .fit(answers, target, route.version(), route.status())
                      .withColumn(ROUTE, lit(i)));
        }
      }
      return all;
    }

    /** Scores the rows, which stay in memory, and counts the answers. */
    private List<Part> parts(Dataset<Row> scored, List<Route> routes) {
      List<Part> parts = new ArrayList<>();
      for (Row of :
          scored
              .groupBy(ROUTE, ServedColumns.HOW)
              .count()
              .orderBy(ROUTE, ServedColumns.HOW)
              .collectAsList()) {
        Route route = routes.get(of.getInt(0));
        parts.add(new Part(route.version(), route.isChampions(), of.getString(1), of.getLong(2)));
      }
      return parts;
    }

    private Dataset<Row> finished(Dataset<Row> scored, StructType schema, double millisPerRow) {
      Dataset<Row> rows = scored.drop(ROUTE, ServedColumns.HOW);
      Optional<StructField> latency = columns.latency(schema);
      return latency.isEmpty()
          ? rows
          : rows.withColumn(latency.get().name(), lit(millisPerRow).cast(latency.get().dataType()));
    }
  }

  private static String routeSql(List<Route> routes) {
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i < routes.size(); i++) {
      sql.append(" WHEN ").append(routes.get(i).condition()).append(" THEN ").append(i);
    }
    return sql.append(" END").toString();
  }
}
