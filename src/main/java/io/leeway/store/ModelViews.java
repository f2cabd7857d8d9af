package io.leeway.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/**
 * Per model the views {@code <model>_profile_metrics} and {@code <model>_drift_metrics}, with the
 * names, order and types of the columns of Databricks' monitoring tables, so that queries and
 * dashboards over those go on working. The model's version stands under the name of the user's own
 * column, after {@code slice_value}; a model without one has no such column.
 *
 * <p>Always NULL, because it is not kept: {@code quantiles} (of a thousand; five are metrics of
 * their own), {@code min_length}, {@code max_length}, {@code avg_length}, and of several classes
 * {@code confusion_matrix}. NULL in roll-ups and of the reference, since profiles are of base
 * windows: {@code num_zeros}, {@code percent_zeros}, {@code frequent_items}. The columns of
 * classifications and of regressions are there for every model.
 *
 * <p>No rows: of all versions together (model id {@code *}), and of slices by several columns,
 * which have no single key. {@code monitor_version} is the generation of the run that published the
 * numbers.
 */
final class ModelViews {
  private static final List<String> PROFILE =
      List.of(
          "window",
          "log_type",
          "logging_table_commit_version",
          "monitor_version",
          "granularity",
          "slice_key",
          "slice_value",
          "column_name",
          "count",
          "data_type",
          "num_nulls",
          "avg",
          "quantiles",
          "min",
          "max",
          "stddev",
          "num_zeros",
          "num_nan",
          "min_length",
          "max_length",
          "avg_length",
          "non_null_columns",
          "frequent_items",
          "median",
          "distinct_count",
          "percent_nan",
          "percent_null",
          "percent_zeros",
          "percent_distinct",
          "accuracy_score",
          "confusion_matrix",
          "precision",
          "recall",
          "f1_score",
          "log_loss",
          "roc_auc_score",
          "mean_squared_error",
          "root_mean_squared_error",
          "r2_score",
          "mean_average_error",
          "mean_absolute_percentage_error",
          "predictive_parity",
          "predictive_equality",
          "equal_opportunity",
          "statistical_parity");

  private static final List<String> DRIFT =
      List.of(
          "window",
          "granularity",
          "monitor_version",
          "slice_key",
          "slice_value",
          "column_name",
          "data_type",
          "window_cmp",
          "drift_type",
          "count_delta",
          "avg_delta",
          "percent_null_delta",
          "percent_zeros_delta",
          "percent_distinct_delta",
          "non_null_columns_delta",
          "js_distance",
          "ks_test",
          "wasserstein_distance",
          "population_stability_index",
          "chi_squared_test",
          "tv_distance",
          "l_infinity_distance");

  private final ShownModel model;

  private ModelViews(ShownModel model) {
    this.model = model;
  }

  /** By name; they need {@link ProfileMetricsView} and {@link DriftMetricsView}. */
  static Map<String, String> queries(UnaryOperator<String> named, List<ShownModel> models) {
    Map<String, String> queries = new LinkedHashMap<>();
    ShownModel.prefixes(models)
        .forEach(
            (model, prefix) -> {
              ModelViews views = new ModelViews(model);
              queries.put(
                  prefix + "_profile_metrics",
                  views.select(PROFILE, named.apply(ProfileMetricsView.NAME)));
              queries.put(
                  prefix + "_drift_metrics",
                  views.select(DRIFT, named.apply(DriftMetricsView.NAME)));
            });
    return queries;
  }

  private String select(List<String> columns, String from) {
    StringJoiner query =
        new StringJoiner(
            ",\n  ", "SELECT\n  ", "\nFROM " + from + "\nWHERE model = " + text(model.name()));
    for (String column : columns) {
      query.add(expression(column) + " AS " + SqlName.quoted(column));
      if (column.equals("slice_value")) {
        version(columns)
            .ifPresent(of -> query.add(ShownModel.VERSION + " AS " + SqlName.quoted(of)));
      }
    }
    return query.toString();
  }

  /** The user's own name for it, unless that is taken. */
  private Optional<String> version(List<String> columns) {
    return model
        .versionColumn()
        .map(of -> columns.stream().anyMatch(of::equalsIgnoreCase) ? ShownModel.VERSION : of);
  }

  private String expression(String column) {
    return switch (column) {
      case "window" -> "named_struct('start', window_start, 'end', window_end)";
      case "window_cmp" -> "named_struct('start', cmp_start, 'end', cmp_end)";
      case "quantiles" -> "CAST(NULL AS ARRAY<DOUBLE>)";
      case "min_length", "max_length", "avg_length" -> "CAST(NULL AS DOUBLE)";
      case "confusion_matrix" ->
          "transform(confusion_matrix, of -> named_struct('prediction', "
              + called("of.prediction")
              + ", 'label', "
              + called("of.label")
              + ", 'count', of.count))";
      case "precision", "recall", "f1_score" ->
          "if(%1$s IS NULL, NULL, named_struct('one_vs_all', %2$s, 'macro', %1$s.macro, 'weighted', %1$s.weighted))"
              .formatted(SqlName.quoted(column), keyed(SqlName.quoted(column) + ".one_vs_all"));
      case "predictive_parity", "predictive_equality", "equal_opportunity", "statistical_parity" ->
          keyed(column);
      default -> SqlName.quoted(column);
    };
  }

  private String keyed(String map) {
    return "transform_keys(" + map + ", (class, rate) -> " + called("class") + ")";
  }

  /** What the user calls a class. */
  private String called(String side) {
    StringBuilder cases = new StringBuilder("CASE ").append(side);
    cases.append(" WHEN ").append(text(ProfileMetricsView.POSITIVE)).append(" THEN ");
    cases.append(text(model.positive().orElse(ProfileMetricsView.POSITIVE)));
    cases.append(" WHEN ").append(text(ProfileMetricsView.NEGATIVE)).append(" THEN ");
    cases.append(text(model.negative().orElse(ProfileMetricsView.NEGATIVE)));
    return cases.append(" ELSE ").append(side).append(" END").toString();
  }

  /** As SQL writes a text. */
  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
