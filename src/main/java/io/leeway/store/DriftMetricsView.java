package io.leeway.store;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * The view {@code drift_metrics}: what {@link ProfileMetricsView} shows of a window held against
 * the window before ({@code CONSECUTIVE}) and against the reference ({@code BASELINE}), in the
 * units of Databricks' monitoring tables. There is no row where one of the sides has none or is not
 * shown.
 *
 * <p>A delta is the window's number less the other's, percentages in percentage points. Zeros are
 * not compared with the reference, whose zeros are not at hand.
 */
final class DriftMetricsView {
  static final String NAME = "drift_metrics";

  private static final List<String> DISTANCES =
      List.of(
          "js_distance",
          "ks_statistic",
          "ks_pvalue",
          "wasserstein",
          "psi",
          "chi2",
          "chi2_pvalue",
          "total_variation",
          "l_infinity");

  private static final String WINDOW =
      "model, model_version, granularity, window_start, window_end, slice, segment, column_name";

  /** What is held against another window, and what it is held against of the reference. */
  private static final String SIDE =
      "window_start, window_end, monitor_version, slice_key, slice_value, data_type, count, avg, "
          + "percent_null, percent_zeros, percent_distinct, non_null_columns, reference_from, "
          + "reference_until, reference_count, reference_avg, reference_percent_null, "
          + "reference_percent_distinct, reference_non_null_columns";

  private DriftMetricsView() {}

  /** Each window stands where it starts and where it ends, and so beside the next one. */
  static String query(String profiles, String metrics) {
    return """
        WITH ends AS (
          SELECT *, explode(array(window_start, window_end)) AS at
          FROM PROFILES
          WHERE log_type = 'INPUT' AND count IS NOT NULL),
        neighbours AS (
          SELECT model, model_version, granularity, slice, segment, column_name,
            any_value(SIDE) FILTER (WHERE at = window_start) AS w,
            any_value(SIDE) FILTER (WHERE at = window_end) AS b
          FROM ends
          GROUP BY model, model_version, granularity, slice, segment, column_name, at),
        sides AS (
          SELECT model, model_version, granularity, w.window_start, w.window_end, slice, segment,
            column_name, w.* EXCEPT (window_start, window_end), inline(array(
              named_struct('drift_type', 'CONSECUTIVE', 'cmp_start', b.window_start,
                'cmp_end', b.window_end, 'cmp_count', b.count, 'cmp_avg', b.avg,
                'cmp_percent_null', b.percent_null, 'cmp_percent_zeros', b.percent_zeros,
                'cmp_percent_distinct', b.percent_distinct, 'cmp_columns', b.non_null_columns),
              named_struct('drift_type', 'BASELINE', 'cmp_start', w.reference_from,
                'cmp_end', w.reference_until, 'cmp_count', w.reference_count,
                'cmp_avg', w.reference_avg, 'cmp_percent_null', w.reference_percent_null,
                'cmp_percent_zeros', CAST(NULL AS DOUBLE),
                'cmp_percent_distinct', w.reference_percent_distinct,
                'cmp_columns', w.reference_non_null_columns)))
          FROM neighbours
          WHERE w IS NOT NULL),
        distances AS (
          SELECT WINDOW, if(comparison = 'previous', 'CONSECUTIVE', 'BASELINE') AS drift_type,
            DISTANCES
          FROM METRICS
          WHERE comparison IN ('previous', 'baseline') AND metric IN (NAMES) AND column_name <> ''
            AND coalesce(size(segment_values), 0) <= 1
          GROUP BY WINDOW, comparison)
        SELECT SIDES, s.monitor_version, s.slice_key, s.slice_value, s.data_type, s.cmp_start,
          s.cmp_end, s.drift_type, s.count - s.cmp_count AS count_delta,
          s.avg - s.cmp_avg AS avg_delta, s.percent_null - s.cmp_percent_null AS percent_null_delta,
          s.percent_zeros - s.cmp_percent_zeros AS percent_zeros_delta,
          s.percent_distinct - s.cmp_percent_distinct AS percent_distinct_delta,
          CASE WHEN s.non_null_columns IS NOT NULL AND s.cmp_columns IS NOT NULL THEN
            named_struct('added', size(array_except(s.non_null_columns, s.cmp_columns)),
              'missing', size(array_except(s.cmp_columns, s.non_null_columns)))
            END AS non_null_columns_delta,
          d.js_distance,
          CASE WHEN d.ks_statistic IS NOT NULL THEN named_struct('statistic', d.ks_statistic,
            'pvalue', d.ks_pvalue) END AS ks_test,
          d.wasserstein AS wasserstein_distance, d.psi AS population_stability_index,
          CASE WHEN d.chi2 IS NOT NULL THEN named_struct('statistic', d.chi2,
            'pvalue', d.chi2_pvalue) END AS chi_squared_test,
          d.total_variation AS tv_distance, d.l_infinity AS l_infinity_distance
        FROM sides s LEFT JOIN distances d ON s.model = d.model
          AND s.model_version <=> d.model_version AND s.granularity = d.granularity
          AND s.window_start = d.window_start AND s.window_end = d.window_end
          AND s.slice = d.slice AND s.segment = d.segment AND s.column_name = d.column_name
          AND s.drift_type = d.drift_type
        WHERE s.cmp_count IS NOT NULL"""
        .replace("SIDE)", "struct(" + SIDE + "))")
        .replace("SIDES", "s." + WINDOW.replace(", ", ", s."))
        .replace("WINDOW", WINDOW)
        .replace(
            "DISTANCES",
            DISTANCES.stream()
                .map(of -> "max(value) FILTER (WHERE metric = '" + of + "') AS " + of)
                .collect(joining(",\n    ")))
        .replace("NAMES", DISTANCES.stream().map(of -> "'" + of + "'").collect(joining(", ")))
        .replace("PROFILES", profiles)
        .replace("METRICS", metrics);
  }
}
