package io.leeway.cli.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which numbers a file lists of what, by its own names and those of the table {@code metrics}. */
final class FileMetrics {
  /** Rows of a window or group. */
  static final String ROWS = "n";

  /** Those with a label. */
  static final String LABELLED = "n_labeled";

  /** The same in the table {@code metrics}. */
  static final String PUBLISHED_LABELLED = "n_labelled";

  /** Their share; what it is a share of is the number of rows up to a time. */
  static final String COVERAGE = "label_coverage";

  /** Rows of the reference that a drift rests on. */
  static final String REFERENCE_ROWS = "n_ref";

  /** Rows of the window that a drift rests on. */
  static final String WINDOW_ROWS = "n_win";

  /** Missing values; of the label there are none, since rows without one are dropped. */
  static final String NULL_RATE = "null_rate";

  /** Fewer usable values on either side, and a group's drift is not listed. */
  static final int LEAST_GROUP = 20;

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
      Set.of("count", NULL_RATE, "mean", "std", "min", "max", "median");
  private static final Set<String> CATEGORICAL_STATISTICS = Set.of(NULL_RATE, "distinct");

  private final FolderSchema schema;
  private final ValuesFormat format;
  private final PerformanceMetrics performance;
  private final Set<String> numeric = new HashSet<>();
  private final Set<String> categorical = new HashSet<>();
  private final Set<String> fairness;

  FileMetrics(FolderSchema schema, ValuesFormat format) {
    this.schema = schema;
    this.format = format;
    this.performance = PerformanceMetrics.of(schema.task(), format);
    this.fairness = Set.copyOf(schema.fairness().columns());
    if (format == ValuesFormat.EXPECTED) {
      numeric.addAll(schema.numericColumns());
      categorical.addAll(schema.categoricalColumns());
      (schema.hasNumericLabel() ? numeric : categorical).add(LabelTable.LABEL);
    }
  }

  private static Set<String> union(Set<String> some, String... more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  ValuesFormat format() {
    return format;
  }

  /** Every metric of the table that any row of the file may come from. */
  Set<String> published() {
    Set<String> all = new HashSet<>(performance.names());
    all.addAll(List.of(ROWS, PUBLISHED_LABELLED, COVERAGE));
    all.addAll(NUMERIC_DRIFT);
    all.addAll(CATEGORICAL_DRIFT);
    all.addAll(NUMERIC_STATISTICS);
    all.addAll(CATEGORICAL_STATISTICS);
    all.addAll(FairnessMetrics.GROUP_RATES.keySet());
    all.addAll(FairnessMetrics.GAPS);
    return Set.copyOf(all);
  }

  boolean isDrift(String feature, String metric) {
    return numeric.contains(feature)
        ? NUMERIC_DRIFT.contains(metric)
        : categorical.contains(feature) && CATEGORICAL_DRIFT.contains(metric);
  }

  /** Of a label that is a class the format lists none. */
  boolean isStatistic(String feature, String metric) {
    return numeric.contains(feature)
        ? NUMERIC_STATISTICS.contains(metric)
        : categorical.contains(feature)
            && !feature.equals(LabelTable.LABEL)
            && CATEGORICAL_STATISTICS.contains(metric);
  }

  /** Whether a number of rows with labels is listed; {@code ofClass} if it is of a single one. */
  boolean isPerformance(String metric, boolean ofClass) {
    return (ofClass ? performance.ofClass() : performance.plain()).contains(metric);
  }

  /** Whether fairness is listed of the groups of a column. */
  boolean isFairness(String column) {
    return fairness.contains(column);
  }

  /** Whether the drift of a group is listed, given its rows on both sides. */
  boolean listsDrift(String segmentColumn, String feature, long referenceRows, long windowRows) {
    return segmentColumn.isEmpty()
        || (schema.segmentDriftColumns().contains(segmentColumn)
            && schema.segmentDriftFeatures().contains(feature)
            && referenceRows >= LEAST_GROUP
            && windowRows >= LEAST_GROUP);
  }

  /** Whether windows without rows are listed. */
  boolean listsEmptyWindows() {
    return format == ValuesFormat.EXPECTED;
  }
}
