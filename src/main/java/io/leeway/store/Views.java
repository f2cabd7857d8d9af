package io.leeway.store;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The views that analysts query, as SQL over the result tables. They show committed rows alone, and
 * of each part the winner's.
 *
 * <ul>
 *   <li>those of {@link PublishedViews} and, of what labels tell, of {@link OutcomeViews}; of what
 *       rules say, of {@link PolicyViews}
 *   <li>those of versions and what was done with them: {@link RegistryViews}
 *   <li>{@code score_distribution}: {@link ScoreDistribution}
 *   <li>{@code profile_metrics}, {@code drift_metrics}: {@link ProfileMetricsView}, {@link
 *       DriftMetricsView}, and of each model its own: {@link ModelViews}
 * </ul>
 *
 * <p>What rests on fewer than {@code minCell} rows is not shown, in any of them: {@link
 * SmallCells}.
 */
public final class Views {
  /** More of them would cost the planning of a query more than their files cost its reading. */
  private static final int MOST_LEFT_UNREAD = 200;

  private final UnaryOperator<String> named;
  private final SmallCells cells;
  private final List<ShownModel> models;
  private final List<String> superseded;

  /**
   * Of attempts that are known to show nothing any more, so that their files are left unread.
   *
   * @param superseded their ids; any others stay unseen, too, but are read
   */
  private Views(
      UnaryOperator<String> named, int minCell, List<ShownModel> models, List<String> superseded) {
    this.named = named;
    this.cells = new SmallCells(minCell);
    this.models = models;
    this.superseded = superseded;
  }

  /**
   * The same as {@link #createTemporary(Store, int, List)} where no configuration names the models:
   * those that have runs.
   */
  public static void createTemporary(Store store, int minCell) {
    Dataset<Row> runs = store.read(ResultTable.RUNS);
    List<Row> rows = runs.collectAsList();
    List<ShownModel> models =
        rows.stream()
            .map(row -> row.<String>getAs("model"))
            .distinct()
            .sorted()
            .map(ShownModel::ofTables)
            .toList();
    createTemporary(store, minCell, models, runs, rows);
  }

  /**
   * Makes temporary views of the result tables, under their own names, and of all of the above.
   * Each table stays as it is at this moment, {@code runs} pinned first, so that every committed
   * row is there.
   */
  public static void createTemporary(Store store, int minCell, List<ShownModel> models) {
    Dataset<Row> runs = store.read(ResultTable.RUNS);
    createTemporary(store, minCell, models, runs, runs.collectAsList());
  }

  private static void createTemporary(
      Store store, int minCell, List<ShownModel> models, Dataset<Row> runs, List<Row> rows) {
    runs.createOrReplaceTempView(ResultTable.RUNS.tableName());
    for (ResultTable table : ResultTable.values()) {
      if (table != ResultTable.RUNS) {
        store.read(table).createOrReplaceTempView(table.tableName());
      }
    }
    SparkSession spark = store.spark();
    new Views(name -> name, minCell, models, superseded(rows))
        .queries()
        .forEach((name, query) -> spark.sql(query).createOrReplaceTempView(SqlName.quoted(name)));
  }

  /**
   * Statements that make the views: in the store's catalog schema, where the tables must be, or
   * temporary ones over the store's folder, for any session that has Delta.
   */
  public static List<String> ddl(Store store, int minCell, List<ShownModel> models) {
    return store.address(ResultTable.RUNS).isPath()
        ? temporary(store, minCell, models)
        : persistent(store, minCell, models);
  }

  private static List<String> persistent(Store store, int minCell, List<ShownModel> models) {
    String runs = store.sqlName(ResultTable.RUNS);
    String prefix = runs.substring(0, runs.length() - "`runs`".length());
    UnaryOperator<String> named = name -> prefix + SqlName.quoted(name);
    List<String> statements = new ArrayList<>();
    for (ResultTable table : ResultTable.values()) {
      // A store in which nothing has happened yet has no table of incidents.
      if (!store.exists(table)) {
        statements.add(table.ddl(store.sqlName(table)));
      }
    }
    new Views(named, minCell, models, List.of())
        .queries()
        .forEach(
            (name, query) ->
                statements.add("CREATE OR REPLACE VIEW " + named.apply(name) + " AS\n" + query));
    return statements;
  }

  private static List<String> temporary(Store store, int minCell, List<ShownModel> models) {
    Map<String, String> queries = new LinkedHashMap<>();
    for (ResultTable table : ResultTable.values()) {
      queries.put(
          table.tableName(),
          store.exists(table)
              ? "SELECT * FROM " + store.sqlName(table)
              : "SELECT " + noRow(table) + " WHERE false");
    }
    queries.putAll(new Views(SqlName::quoted, minCell, models, List.of()).queries());
    List<String> statements = new ArrayList<>();
    queries.forEach(
        (name, query) ->
            statements.add(
                "CREATE OR REPLACE TEMPORARY VIEW " + SqlName.quoted(name) + " AS\n" + query));
    return statements;
  }

  private static String noRow(ResultTable table) {
    return Arrays.stream(table.schema().fields())
        .map(of -> "CAST(NULL AS " + of.dataType().sql() + ") AS " + SqlName.quoted(of.name()))
        .collect(joining(", "));
  }

  /** The newest attempts none of whose parts shows any more. */
  private static List<String> superseded(List<Row> runs) {
    Map<String, List<CommittedRun>> lines =
        runs.stream().map(RunRows::run).collect(groupingBy(run -> run.run().model()));
    List<CommittedRun> superseded = new ArrayList<>();
    for (List<CommittedRun> line : lines.values()) {
      Set<String> shown = new HashSet<>();
      PublishedParts.of(line).winners().forEach(w -> shown.add(w.run().run().attemptId()));
      line.stream().filter(run -> !shown.contains(run.run().attemptId())).forEach(superseded::add);
    }
    return superseded.stream()
        .sorted(comparing(CommittedRun::committedAt).reversed())
        .limit(MOST_LEFT_UNREAD)
        .map(run -> run.run().attemptId())
        .toList();
  }

  /** In an order in which each needs only those before it. */
  private Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.putAll(PublishedViews.queries(named, cells, superseded));
    queries.putAll(OutcomeViews.queries(named));
    queries.putAll(new PolicyViews(named, cells.least()).queries());
    queries.putAll(new RegistryViews(named).queries());
    queries.put(
        ScoreDistribution.NAME,
        ScoreDistribution.query(named.apply("profile_bins"), named.apply("baselines")));
    queries.put(ProfileMetricsView.NAME, ProfileMetricsView.query(named));
    queries.put(
        DriftMetricsView.NAME,
        DriftMetricsView.query(
            named.apply(ProfileMetricsView.NAME), named.apply("latest_metrics")));
    queries.putAll(ModelViews.queries(named, models));
    return queries;
  }
}
