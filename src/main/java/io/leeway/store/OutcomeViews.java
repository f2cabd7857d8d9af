package io.leeway.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The views of what labels tell, as SQL over {@code latest_metrics} and {@code profile_bins}.
 *
 * <ul>
 *   <li>{@code performance}: the usual metrics side by side
 *   <li>{@code calibration_curve}: what came of each tenth of the scores, beside what was promised
 *   <li>{@code fairness_gaps}: gaps between groups
 *   <li>{@code threshold_explorer}: the confusion counts at every threshold that a decision could
 *       be drawn at, and what follows from them; counts add up over windows and segments
 *   <li>{@code estimate_record}: how far off estimates before labels were
 * </ul>
 */
final class OutcomeViews {
  private static final List<String> PERFORMANCE =
      List.of(
          "label_coverage",
          "accuracy",
          "precision",
          "recall",
          "specificity",
          "f1",
          "balanced_accuracy",
          "mcc",
          "roc_auc",
          "pr_auc",
          "log_loss",
          "brier",
          "base_rate",
          "selection_rate",
          "ece",
          "calibration_in_the_large",
          "calibration_slope",
          "macro_f1",
          "mae",
          "rmse",
          "bias",
          "r2",
          "median_ae");

  private static final String KEY =
      "model, model_version, granularity, window_start, window_end, slice, segment";

  private OutcomeViews() {}

  /** By name, in an order in which each needs only those before it, and those of {@link Views}. */
  static Map<String, String> queries(UnaryOperator<String> named) {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("performance", performance(named.apply("latest_metrics")));
    queries.put("calibration_curve", calibrationCurve(named.apply("latest_metrics")));
    queries.put("fairness_gaps", fairnessGaps(named.apply("latest_metrics")));
    queries.put("estimate_record", estimateRecord(named.apply("latest_metrics")));
    queries.put(
        "threshold_explorer", thresholds(named.apply("profile_bins"), named.apply("baselines")));
    return queries;
  }

  private static String performance(String metrics) {
    StringBuilder query = new StringBuilder("SELECT ").append(KEY);
    query.append(", any_value(segment_values) AS segment_values");
    for (String metric : PERFORMANCE) {
      query.append(",\n  max(CASE WHEN metric = '").append(metric).append("' THEN value END) AS ");
      query.append(metric);
    }
    return query
        .append(",\n  max(n_labelled) AS n_labelled, max(maturity) AS maturity\nFROM ")
        .append(metrics)
        .append("\nWHERE part = 'outcomes' AND column_name = '' AND class_label IS NULL")
        .append(" AND comparison = 'none'\nGROUP BY ")
        .append(KEY)
        .toString();
  }

  private static String calibrationCurve(String metrics) {
    return """
        SELECT KEY, segment_values, CAST(substring_index(metric, '_', -1) AS INT) AS tenth,
          expected AS mean_score, value AS observed_rate, ci_low, ci_high, n, maturity
        FROM METRICS
        WHERE part = 'outcomes' AND metric LIKE 'reliability\\_%'"""
        .replace("KEY", KEY)
        .replace("METRICS", metrics);
  }

  private static String fairnessGaps(String metrics) {
    return """
        SELECT KEY, segment_values, column_name AS attribute, metric, value, ci_low, ci_high,
          expected AS expected_without_gap, reference_value, n, status, reason, maturity
        FROM METRICS
        WHERE part = 'outcomes' AND column_name <> ''
          AND (comparison = 'none' AND metric RLIKE '_(difference|ratio|gap)(_|$)'
            OR metric LIKE '%\\_supported\\_change' OR metric RLIKE '_vs_(rest|reference)$')"""
        .replace("KEY", KEY)
        .replace("METRICS", metrics);
  }

  private static String estimateRecord(String metrics) {
    return """
        SELECT model, model_version, granularity, slice, segment,
          any_value(segment_values) AS segment_values,
          regexp_extract(metric, '^(.*)_estimate_(error|held)$', 1) AS metric,
          count_if(metric LIKE '%error') AS n_windows,
          avg(CASE WHEN metric LIKE '%error' THEN value END) AS mean_error,
          stddev_samp(CASE WHEN metric LIKE '%error' THEN value END) AS spread_of_errors,
          avg(CASE WHEN metric LIKE '%held' THEN value END) AS trust
        FROM METRICS
        WHERE part = 'outcomes' AND metric RLIKE '_estimate_(error|held)$'
        GROUP BY model, model_version, granularity, slice, segment,
          regexp_extract(metric, '^(.*)_estimate_(error|held)$', 1)"""
        .replace("METRICS", metrics);
  }

  /** A decision is positive from its threshold on; bins without rows stand there, too. */
  private static String thresholds(String bins, String baselines) {
    return """
        WITH counts AS (
          SELECT KEY, bins_id, column_name, any_value(segment_values) AS segment_values, bin,
            sum(n) AS n
          FROM BINS
          WHERE part = 'outcomes' AND bin IS NOT NULL AND column_name IN ('(outcome) score if 0',
            '(outcome) score if 1', '(outcome) score if unlabelled')
          GROUP BY KEY, bins_id, column_name, bin),
        grids AS (
          SELECT model, bins_id, any_value(edges) AS edges
          FROM BASELINES
          WHERE column_name = '(outcome) score if 0'
          GROUP BY model, bins_id),
        places AS (
          SELECT k.*, exploded.bin,
            CASE WHEN exploded.bin > 0 THEN k.edges[exploded.bin - 1] END AS threshold
          FROM (
            SELECT c.*, g.edges
            FROM (
              SELECT KEY, bins_id, any_value(segment_values) AS segment_values
              FROM counts GROUP BY KEY, bins_id) c
            JOIN grids g ON c.model = g.model AND c.bins_id = g.bins_id) k
          LATERAL VIEW explode(sequence(0, size(k.edges))) exploded AS bin),
        beside AS (
          SELECT PLACES, p.segment_values, p.bin, p.threshold,
            coalesce(sum(CASE WHEN c.column_name = '(outcome) score if 0' THEN c.n END), 0) AS yes,
            coalesce(sum(CASE WHEN c.column_name = '(outcome) score if 1' THEN c.n END), 0) AS no,
            coalesce(sum(c.n), 0) AS every
          FROM places p LEFT JOIN counts c ON p.model = c.model
            AND p.model_version <=> c.model_version AND p.granularity = c.granularity
            AND p.window_start = c.window_start AND p.window_end = c.window_end
            AND p.slice = c.slice AND p.segment = c.segment AND p.bins_id = c.bins_id
            AND p.bin = c.bin
          GROUP BY PLACES, p.bins_id, p.segment_values, p.bin, p.threshold),
        added AS (
          SELECT *,
            sum(yes) OVER above AS tp, sum(no) OVER above AS fp, sum(every) OVER above AS selected,
            sum(yes) OVER everywhere AS positives, sum(no) OVER everywhere AS negatives,
            sum(every) OVER everywhere AS n
          FROM beside
          WINDOW above AS (PARTITION BY KEY ORDER BY bin DESC),
            everywhere AS (PARTITION BY KEY))
        SELECT KEY, segment_values, threshold, n, selected, tp, fp, positives - tp AS fn,
          negatives - fp AS tn, selected / nullif(n, 0) AS selection_rate,
          tp / nullif(tp + fp, 0) AS precision, tp / nullif(positives, 0) AS recall,
          fp / nullif(negatives, 0) AS fpr,
          (tp + negatives - fp) / nullif(positives + negatives, 0) AS accuracy
        FROM added"""
        .replace("PLACES", "p." + KEY.replace(", ", ", p."))
        .replace("KEY", KEY)
        .replace("BINS", bins)
        .replace("BASELINES", baselines);
  }
}
