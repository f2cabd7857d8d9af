package io.leeway.store;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The view {@code profile_metrics}: all that is told of a column in a window and segment side by
 * side, in the units of Databricks' monitoring tables, and under the column name {@code :table}
 * what is told of the rows themselves. The reference's own numbers stand beside.
 *
 * <p>A slice has one key here: crosses of columns are left out. Shares are percentages. What is a
 * matter of classes is keyed by them, of two classes by {@code (positive)} and {@code (negative)},
 * since no table says what they are called. Gaps between a group and all others are those of the
 * positive one.
 *
 * <p>Zeros and frequent items come from profiles, which are of base windows. Zeros are counted
 * where every value is kept or all values are on one side of zero; items are those of texts.
 */
final class ProfileMetricsView {
  static final String NAME = "profile_metrics";

  /** How the two classes of a binary model are called. */
  static final String POSITIVE = "(positive)";

  static final String NEGATIVE = "(negative)";

  private static final String WINDOW =
      "model, model_version, granularity, window_start, window_end, slice, segment";

  /** Told of columns. */
  private static final List<String> OF_COLUMNS = List.of("mean", "std", "min", "max", "median");

  /** Told of all rows together. */
  private static final List<String> OF_ROWS =
      List.of(
          "tp",
          "fp",
          "tn",
          "fn",
          "accuracy",
          "log_loss",
          "roc_auc",
          "roc_auc_ovr_macro",
          "mse",
          "rmse",
          "r2",
          "mae",
          "mape");

  /** Told of a group against all others. */
  private static final List<String> OF_GROUPS =
      List.of(
          "predictive_parity", "predictive_equality", "equal_opportunity", "demographic_parity");

  /** Told of each class. */
  private static final List<String> OF_CLASSES = List.of("precision", "recall", "f1", "support");

  private ProfileMetricsView() {}

  static String query(UnaryOperator<String> named) {
    return """
        WITH told AS (%s),
        beside AS (%s),
        judged AS (%s),
        frozen AS (
          SELECT model, baseline_id, column_name, lower(any_value(data_type)) AS data_type,
            any_value(reference_from) AS reference_from,
            any_value(reference_until) AS reference_until
          FROM %s
          GROUP BY model, baseline_id, column_name),
        kept AS (%s)
        %s"""
        .formatted(
            told(named.apply("latest_metrics")),
            beside(),
            judged(),
            named.apply("baselines"),
            kept(named.apply("latest_profiles")),
            shown(named.apply("published_parts")));
  }

  /** Each metric under the name that it is shown by; a column's count tells of the rows, too. */
  private static String told(String metrics) {
    return """

        SELECT *, explode(CASE
            WHEN column_name = '' OR metric LIKE '%\\_vs\\_rest' THEN array(':table')
            WHEN metric = 'count' AND part = 'inputs' THEN array(column_name, ':table')
            ELSE array(column_name) END) AS told_of
          FROM METRICS
          WHERE comparison = 'none' AND part IN ('inputs', 'outcomes')
            AND coalesce(size(segment_values), 0) <= 1 AND column_name NOT LIKE '(%'
            AND (metric IN ('count', 'null_rate', 'nan_rate', 'distinct', OF_COLUMNS, OF_GROUPS)
              OR column_name = '' AND metric IN ('n', OF_ROWS, OF_CLASSES))"""
        .replace("OF_COLUMNS", texts(OF_COLUMNS))
        .replace("OF_GROUPS", texts(OF_GROUPS.stream().map(of -> of + "_vs_rest").toList()))
        .replace("OF_ROWS", texts(OF_ROWS))
        .replace("OF_CLASSES", texts(OF_CLASSES))
        .replace("METRICS", metrics);
  }

  private static String texts(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(joining(", "));
  }

  private static String beside() {
    StringBuilder values = new StringBuilder();
    for (List<String> group : List.of(OF_COLUMNS, OF_ROWS)) {
      group.forEach(metric -> values.append(value(metric, metric)).append(",\n    "));
    }
    OF_GROUPS.forEach(gap -> values.append(value(gap + "_vs_rest", gap)).append(",\n    "));
    OF_CLASSES.forEach(metric -> values.append(byClass(metric)).append(",\n    "));
    return """

        SELECT WINDOW, told_of AS column_name, min(part) AS part,
            any_value(segment_values) AS segment_values, any_value(baseline_id) AS baseline_id,
            max(n) FILTER (WHERE metric = if(told_of = ':table', 'n', 'count')) AS count,
            max(numerator) FILTER (WHERE metric = 'null_rate') AS nulls,
            max(numerator) FILTER (WHERE metric = 'nan_rate') AS nans,
            max(value) FILTER (WHERE metric = 'null_rate') AS null_rate,
            max(value) FILTER (WHERE metric = 'nan_rate') AS nan_rate,
            max(value) FILTER (WHERE metric = 'distinct') AS distinct_values,
            VALUES
            max(reference_n) FILTER (WHERE metric = 'count') AS reference_count,
            max(reference_value) FILTER (WHERE metric = 'mean') AS reference_avg,
            max(reference_value) FILTER (WHERE metric = 'null_rate') AS reference_null_rate,
            max(reference_value) FILTER (WHERE metric = 'distinct') AS reference_distinct,
            sort_array(collect_set(column_name)
              FILTER (WHERE metric = 'count' AND value > 0)) AS filled,
            sort_array(collect_set(column_name)
              FILTER (WHERE metric = 'count' AND reference_value > 0)) AS reference_filled
          FROM told
          GROUP BY WINDOW, told_of"""
        .replace("WINDOW", WINDOW)
        .replace("VALUES", values.toString().strip());
  }

  private static String value(String metric, String name) {
    return "max(value) FILTER (WHERE metric = '" + metric + "') AS `" + name + "`";
  }

  private static String byClass(String metric) {
    return "map_from_entries(collect_list(struct(class_label, value)) FILTER (WHERE metric = '"
        + metric
        + "' AND class_label IS NOT NULL)) AS "
        + metric
        + "_of";
  }

  /** Of two classes the counts tell all; of several each class's own metrics do. */
  private static String judged() {
    return """

        SELECT * EXCEPT (precision_of, recall_of, f1_of, support_of),
            CASE WHEN decided > 0 THEN map('(positive)', tp / nullif(tp + fp, 0),
                '(negative)', tn / nullif(tn + fn, 0))
              WHEN size(precision_of) > 0 THEN precision_of END AS precision_of,
            CASE WHEN decided > 0 THEN map('(positive)', tp / nullif(tp + fn, 0),
                '(negative)', tn / nullif(tn + fp, 0))
              WHEN size(recall_of) > 0 THEN recall_of END AS recall_of,
            CASE WHEN decided > 0 THEN map('(positive)', 2 * tp / nullif(2 * tp + fp + fn, 0),
                '(negative)', 2 * tn / nullif(2 * tn + fp + fn, 0))
              WHEN size(f1_of) > 0 THEN f1_of END AS f1_of,
            CASE WHEN decided > 0 THEN map('(positive)', tp + fn, '(negative)', tn + fp)
              ELSE support_of END AS support_of
          FROM (SELECT *, tp + fp + tn + fn AS decided FROM beside)""";
  }

  private static String kept(String profiles) {
    return """

        SELECT WINDOW, part, column_name,
            CASE WHEN kind = 'CATEGORICAL' THEN slice(transform(
              array_sort(categories, (a, b) -> CASE
                WHEN a.n > b.n OR a.n = b.n AND a.value < b.value THEN -1
                WHEN a.n = b.n AND a.value = b.value THEN 0 ELSE 1 END),
              c -> named_struct('item', c.value, 'count', c.n)), 1, 100) END AS frequent_items,
            CASE WHEN kind NOT IN ('NUMERIC', 'SCORE', 'OPERATIONAL') THEN NULL
              WHEN minimum > 0 OR maximum < 0 THEN 0L
              WHEN exists(`values`, v -> v.value = 0)
                THEN get(filter(`values`, v -> v.value = 0), 0).n
              WHEN exact AND n_unnamed = 0 THEN 0L END AS num_zeros
          FROM PROFILES
          WHERE coalesce(size(segment_values), 0) <= 1"""
        .replace("WINDOW", WINDOW)
        .replace("PROFILES", profiles);
  }

  private static String shown(String parts) {
    String same =
        "j.model = %1$s.model AND j.model_version <=> %1$s.model_version AND j.granularity = "
            + "%1$s.granularity AND j.window_start = %1$s.window_start AND j.window_end = "
            + "%1$s.window_end AND j.part = %1$s.part";
    return """
        SELECT WINDOW, j.column_name,
          if(j.granularity = 'reference', 'BASELINE', 'INPUT') AS log_type,
          CAST(p.predictions_version AS INT) AS logging_table_commit_version,
          p.generation AS monitor_version, get(map_keys(j.segment_values), 0) AS slice_key,
          get(map_values(j.segment_values), 0) AS slice_value, j.count, f.data_type,
          CAST(j.nulls AS BIGINT) AS num_nulls, j.mean AS avg, j.`min`, j.`max`, j.std AS stddev,
          k.num_zeros, CAST(j.nans AS BIGINT) AS num_nan,
          if(j.column_name = ':table', j.filled, NULL) AS non_null_columns, k.frequent_items,
          j.median, CAST(round(j.distinct_values) AS BIGINT) AS distinct_count,
          100 * j.nan_rate AS percent_nan, 100 * j.null_rate AS percent_null,
          100D * k.num_zeros / nullif(j.count, 0) AS percent_zeros,
          100 * j.distinct_values / nullif(j.count, 0) AS percent_distinct,
          j.accuracy AS accuracy_score, CONFUSION AS confusion_matrix, PRECISION AS precision,
          RECALL AS recall, F1 AS f1_score, j.log_loss,
          coalesce(j.roc_auc, j.roc_auc_ovr_macro) AS roc_auc_score,
          j.mse AS mean_squared_error, j.rmse AS root_mean_squared_error, j.r2 AS r2_score,
          j.mae AS mean_average_error, j.mape AS mean_absolute_percentage_error,
          GAPS, f.reference_from, f.reference_until, j.reference_count, j.reference_avg,
          100 * j.reference_null_rate AS reference_percent_null,
          100 * j.reference_distinct / nullif(j.reference_count, 0) AS reference_percent_distinct,
          if(j.column_name = ':table', j.reference_filled, NULL) AS reference_non_null_columns
        FROM judged j
        LEFT JOIN PARTS p ON p.superseded_at IS NULL AND SAME_PART
        LEFT JOIN frozen f ON j.model = f.model AND j.baseline_id = f.baseline_id
          AND if(j.column_name = ':table', '', j.column_name) = f.column_name
        LEFT JOIN kept k ON SAME_KEPT AND j.slice = k.slice AND j.segment = k.segment
          AND j.column_name = k.column_name"""
        .replace("WINDOW", "j." + WINDOW.replace(", ", ", j."))
        .replace("CONFUSION", confusion())
        .replace("PRECISION", means("j.precision_of"))
        .replace("RECALL", means("j.recall_of"))
        .replace("F1", means("j.f1_of"))
        .replace("GAPS", OF_GROUPS.stream().map(ProfileMetricsView::gap).collect(joining(",\n  ")))
        .replace("SAME_PART", same.formatted("p"))
        .replace("SAME_KEPT", same.formatted("k"))
        .replace("PARTS", parts);
  }

  private static String confusion() {
    return "CASE WHEN j.decided > 0 THEN array(%s, %s, %s, %s) END"
        .formatted(
            pair(POSITIVE, POSITIVE, "tp"),
            pair(POSITIVE, NEGATIVE, "fp"),
            pair(NEGATIVE, POSITIVE, "fn"),
            pair(NEGATIVE, NEGATIVE, "tn"));
  }

  private static String pair(String prediction, String label, String count) {
    return "named_struct('prediction', '%s', 'label', '%s', 'count', CAST(j.%s AS BIGINT))"
        .formatted(prediction, label, count);
  }

  /** A rate class by class, its mean, and that weighted by how often each class happened. */
  private static String means(String rates) {
    return """
        CASE WHEN RATES IS NOT NULL THEN named_struct('one_vs_all', RATES,
            'macro', aggregate(map_values(RATES), 0D, (sum, rate) -> sum + rate) / size(RATES),
            'weighted', aggregate(map_entries(RATES), 0D,
                (sum, of) -> sum
                  + if(j.support_of[of.key] = 0, 0D, of.value * j.support_of[of.key]))
              / nullif(aggregate(map_values(j.support_of), 0D, (sum, n) -> sum + n), 0)) END"""
        .replace("RATES", rates);
  }

  private static String gap(String metric) {
    return "CASE WHEN j.%1$s IS NOT NULL THEN map('(positive)', j.%1$s) END AS %2$s"
        .formatted(metric, metric.replace("demographic", "statistical"));
  }
}
