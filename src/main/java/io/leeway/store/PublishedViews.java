package io.leeway.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The views of what is published, as SQL over the result tables.
 *
 * <ul>
 *   <li>{@code published_parts}: what ever showed of each part, from when until when
 *   <li>{@code runs_committed}: one row per run
 *   <li>{@code latest_metrics}, {@code latest_profiles}: what shows now
 *   <li>{@code metrics_as_published}: what showed when; filter {@code published_at <= t and
 *       (superseded_at is null or superseded_at > t)}
 *   <li>{@code reference_profiles}: the reference's profiles by {@code baseline_id}
 *   <li>{@code profile_bins}: one row per bin or category, so that profiles add up by {@code
 *       sum(n)}
 *   <li>{@code feature_drift}: the drift metrics of a column side by side
 * </ul>
 */
final class PublishedViews {
  private static final String PART =
      "model, model_version, granularity, window_start, window_end, part";

  private static final List<String> DRIFT =
      List.of(
          "psi",
          "js_distance",
          "js_divergence",
          "ks_statistic",
          "ks_pvalue",
          "wasserstein",
          "chi2",
          "chi2_pvalue",
          "cramers_v",
          "total_variation",
          "l_infinity");

  private final UnaryOperator<String> named;
  private final SmallCells cells;
  private final List<String> superseded;

  private PublishedViews(UnaryOperator<String> named, SmallCells cells, List<String> superseded) {
    this.named = named;
    this.cells = cells;
    this.superseded = superseded;
  }

  /**
   * By name, in an order in which each needs only those before it.
   *
   * @param superseded attempts whose files are to be left unread, since nothing of them shows
   */
  static Map<String, String> queries(
      UnaryOperator<String> named, SmallCells cells, List<String> superseded) {
    return new PublishedViews(named, cells, superseded).queries();
  }

  private Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("published_parts", publishedParts());
    queries.put("runs_committed", runsCommitted());
    queries.put("latest_metrics", cells.metrics(latest("metrics")));
    queries.put("latest_profiles", cells.profiles(latest("profiles")));
    queries.put("reference_profiles", cells.profiles(reference()));
    queries.put("metrics_as_published", metricsAsPublished());
    queries.put("profile_bins", profileBins());
    queries.put("feature_drift", featureDrift());
    return queries;
  }

  /** The SQL of {@link PublishedParts}: a run shows if none before it in the line ranks higher. */
  private String publishedParts() {
    return """
        SELECT PART, n_rows, fingerprint, predictions_version, labels_version,
          run_id, attempt_id, sequence, generation, committed_at AS published_at,
          lead(committed_at) OVER (PARTITION BY PART ORDER BY sequence) AS superseded_at
        FROM (
          SELECT *, placing = max(placing) OVER (
            PARTITION BY PART ORDER BY sequence ROWS UNBOUNDED PRECEDING) AS showed
          FROM (
            SELECT r.model, p.model_version, p.granularity, p.window_start, p.window_end, p.part,
              p.`rows` AS n_rows, p.fingerprint, p.predictions_version, p.labels_version,
              r.run_id, r.attempt_id, r.sequence, r.generation, r.committed_at,
              struct(r.generation, p.predictions_version, coalesce(p.labels_version, -1L),
                r.sequence) AS placing
            FROM RUNS r LATERAL VIEW explode(r.parts) exploded AS p
            WHERE r.status = 'committed'))
        WHERE showed"""
        .replace("PART,", PART + ",")
        .replace("PARTITION BY PART", "PARTITION BY " + PART)
        .replace("RUNS", named.apply("runs"));
  }

  private String runsCommitted() {
    return """
        SELECT model, sequence, run_id, attempt_id, command, generation, config_hash, code_version,
          predictions_table_id, predictions_version, labels_table_id, labels_version, incremental,
          bins_id, baseline_id, started_at, committed_at, size(parts) AS n_parts, summary
        FROM RUNS
        WHERE status = 'committed'"""
        .replace("RUNS", named.apply("runs"));
  }

  /** A table's rows that show now; a filter on the rows' own columns reaches the table's files. */
  private String latest(String table) {
    StringBuilder query =
        new StringBuilder("SELECT t.* FROM ")
            .append(named.apply(table))
            .append(" t LEFT SEMI JOIN ")
            .append(named.apply("published_parts"))
            .append(" w ON w.superseded_at IS NULL AND ")
            .append(samePart())
            .append(" WHERE true");
    // One by one: Delta looks at NOT IN lists in no file's statistics.
    superseded.forEach(
        attempt -> query.append(" AND t.attempt_id <> '").append(attempt).append('\''));
    return query.toString();
  }

  private static String samePart() {
    return "t.model = w.model AND t.model_version <=> w.model_version AND t.granularity = "
        + "w.granularity AND t.window_start = w.window_start AND t.window_end = w.window_end AND "
        + "t.part = w.part AND t.attempt_id = w.attempt_id";
  }

  private String reference() {
    return "SELECT t.* FROM "
        + named.apply("profiles")
        + " t LEFT SEMI JOIN "
        + named.apply("runs_committed")
        + " r ON t.model = r.model AND t.attempt_id = r.attempt_id WHERE t.part = '"
        + ProfileRows.REFERENCE
        + "'";
  }

  private String metricsAsPublished() {
    String rows =
        "SELECT t.*, w.published_at, w.superseded_at FROM "
            + named.apply("metrics")
            + " t JOIN "
            + named.apply("published_parts")
            + " w ON "
            + samePart();
    return cells.metrics(rows, "published_at", "superseded_at");
  }

  /**
   * Exact values fall into the bins of their grid: bin = number of edges at or below the value. A
   * cell of few rows has no bins here.
   */
  private String profileBins() {
    String key = PART + ", slice, segment, segment_values, column_name, kind, bins_id";
    return """
        WITH shown AS (LATEST),
        grids AS (
          SELECT model, bins_id, column_name, any_value(edges) AS edges
          FROM BASELINES
          GROUP BY model, bins_id, column_name)
        SELECT KEY, b.bin, CAST(NULL AS STRING) AS category, b.n, b.decided, b.low, b.high
        FROM shown LATERAL VIEW explode(bins) exploded AS b
        WHERE kind <> 'JOINT'
        UNION ALL
        SELECT QUALIFIED,
          size(filter(g.edges, edge -> edge <= v.value)), CAST(NULL AS STRING), v.n, v.decided,
          CASE WHEN v.n >= MIN_CELL THEN v.value END, CASE WHEN v.n >= MIN_CELL THEN v.value END
        FROM (
          SELECT s.*, exploded.v FROM shown s LATERAL VIEW explode(`values`) exploded AS v
          WHERE s.kind <> 'IDS') x
        LEFT JOIN grids g
          ON x.model = g.model AND x.bins_id = g.bins_id AND x.column_name = g.column_name
        UNION ALL
        SELECT KEY, CAST(NULL AS INT), CASE WHEN c.n >= MIN_CELL THEN c.value ELSE '(unnamed)' END,
          c.n, CAST(NULL AS BIGINT), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE)
        FROM shown LATERAL VIEW explode(categories) exploded AS c
        UNION ALL
        SELECT KEY, CAST(NULL AS INT), '(other)',
          n_other, CAST(NULL AS BIGINT), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE)
        FROM shown WHERE n_other > 0"""
        .replace("QUALIFIED", "x." + key.replace(", ", ", x."))
        .replace("KEY", key)
        .replace("LATEST", cells.cells(latest("profiles")))
        .replace("BASELINES", named.apply("baselines"))
        .replace("MIN_CELL", Integer.toString(cells.least()));
  }

  private String featureDrift() {
    StringBuilder query = new StringBuilder("SELECT model, model_version, granularity, ");
    query
        .append("window_start, window_end, slice, segment, any_value(segment_values) ")
        .append("AS segment_values, column_name, comparison");
    for (String metric : DRIFT) {
      query.append(",\n  max(CASE WHEN metric = '").append(metric).append("' THEN value END) AS ");
      query.append(metric);
    }
    return query
        .append(",\n  max(n) AS n, max(reference_n) AS reference_n,\n")
        .append("  concat_ws(', ', sort_array(collect_set(status))) AS statuses\nFROM ")
        .append(named.apply("latest_metrics"))
        .append("\nWHERE metric IN ('")
        .append(String.join("', '", DRIFT))
        .append("') AND column_name <> ''\nGROUP BY model, model_version, granularity, ")
        .append("window_start, window_end, slice, segment, column_name, comparison")
        .toString();
  }
}
