package io.leeway.cli.conformance;

import java.util.HashSet;
import java.util.Set;

/**
 * Which numbers the format lists of what, by the names that the file and the table {@code metrics}
 * share, and which of them the jobs compute by now.
 */
final class FileMetrics {
  /** Rows of a window or group. */
  static final String ROWS = "n";

  /** Rows of the reference that a drift rests on. */
  static final String REFERENCE_ROWS = "n_ref";

  /** Rows of the window that a drift rests on. */
  static final String WINDOW_ROWS = "n_win";

  /** Fewer usable values on either side, and a group's drift is not listed. */
  static final int LEAST_GROUP = 20;

  private static final String LABEL = "label";

  private static final Set<String> OF_BINS = Set.of("psi", "js_distance", "js_divergence");
  private static final Set<String> NUMERIC_DRIFT =
      union(OF_BINS, "ks_statistic", "ks_pvalue", "ks_pvalue_limit", "wasserstein");
  private static final Set<String> CATEGORICAL_DRIFT =
      union(
          OF_BINS,
          "chi2",
          "chi2_pvalue",
          "chi2_dof",
          "cramers_v",
          "total_variation",
          "l_infinity",
          "categories_new",
          "categories_missing");
  private static final Set<String> NUMERIC_STATISTICS =
      Set.of("count", "null_rate", "mean", "std", "min", "max", "median");
  private static final Set<String> CATEGORICAL_STATISTICS = Set.of("null_rate", "distinct");

  private final FolderSchema schema;
  private final Set<String> numeric;
  private final Set<String> categorical;

  FileMetrics(FolderSchema schema) {
    this.schema = schema;
    this.numeric = Set.copyOf(schema.numericColumns());
    this.categorical = Set.copyOf(schema.categoricalColumns());
  }

  private static Set<String> union(Set<String> some, String... more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  /** Every metric that any row of the file may be of, as far as it is computed. */
  static Set<String> computed() {
    Set<String> all = new HashSet<>(NUMERIC_DRIFT);
    all.addAll(CATEGORICAL_DRIFT);
    all.addAll(NUMERIC_STATISTICS);
    all.addAll(CATEGORICAL_STATISTICS);
    all.add(ROWS);
    return Set.copyOf(all);
  }

  /**
   * Whether the jobs compute the number by now. Performance, fairness and whatever is of the label
   * wait for the join with labels.
   */
  boolean isComputed(ValueKey key) {
    if (key.feature().isEmpty()) {
      return key.metric().equals(ROWS);
    }
    return !key.feature().equals(LABEL)
        && (key.metric().equals(REFERENCE_ROWS)
            || key.metric().equals(WINDOW_ROWS)
            || isDrift(key.feature(), key.metric())
            || isStatistic(key.feature(), key.metric()));
  }

  boolean isDrift(String feature, String metric) {
    return numeric.contains(feature)
        ? NUMERIC_DRIFT.contains(metric)
        : categorical.contains(feature) && CATEGORICAL_DRIFT.contains(metric);
  }

  boolean isStatistic(String feature, String metric) {
    return numeric.contains(feature)
        ? NUMERIC_STATISTICS.contains(metric)
        : categorical.contains(feature) && CATEGORICAL_STATISTICS.contains(metric);
  }

  /** Whether the drift of a group is listed, given its rows on both sides. */
  boolean listsDrift(String segmentColumn, String feature, long referenceRows, long windowRows) {
    return segmentColumn.isEmpty()
        || (schema.segmentDriftColumns().contains(segmentColumn)
            && schema.segmentDriftFeatures().contains(feature)
            && referenceRows >= LEAST_GROUP
            && windowRows >= LEAST_GROUP);
  }
}
