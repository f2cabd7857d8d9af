package io.leeway.cli.conformance;

import io.leeway.config.Task;
import java.util.HashSet;
import java.util.Set;

/**
 * Which performance numbers a file lists of rows with labels. Their names are those of the table
 * {@code metrics}.
 *
 * @param plain of all classes
 * @param ofClass of single ones
 */
record PerformanceMetrics(Set<String> plain, Set<String> ofClass) {
  static final String ROC_AUC = "roc_auc";
  static final String AVERAGE_PRECISION = "pr_auc";
  static final String CLASS_AUC = "roc_auc_ovr";
  static final String MACRO_AUC = "roc_auc_ovr_macro";
  static final String MEDIAN_ERROR = "median_ae";

  private static final PerformanceMetrics BINARY =
      new PerformanceMetrics(
          Set.of(
              "tp",
              "fp",
              "tn",
              "fn",
              "accuracy",
              "precision",
              "recall",
              "specificity",
              "f1",
              "base_rate",
              "balanced_accuracy",
              "mcc",
              ROC_AUC,
              AVERAGE_PRECISION,
              "log_loss",
              "brier",
              "mean_score",
              "ece"),
          Set.of());
  private static final PerformanceMetrics MULTICLASS =
      new PerformanceMetrics(
          Set.of(
              "accuracy",
              "macro_f1",
              "weighted_f1",
              "macro_recall",
              "mcc",
              "log_loss",
              "brier",
              MACRO_AUC,
              "ece"),
          Set.of("support", "predicted", "precision", "recall", "f1", CLASS_AUC));
  private static final PerformanceMetrics REGRESSION =
      new PerformanceMetrics(
          Set.of("mae", "mse", "rmse", "bias", MEDIAN_ERROR, "r2", "mape", "mape_n"), Set.of());
  private static final PerformanceMetrics BINARY_AS_OF =
      new PerformanceMetrics(
          Set.of(
              "accuracy",
              "precision",
              "recall",
              "f1",
              "base_rate",
              "mcc",
              ROC_AUC,
              "log_loss",
              "brier"),
          Set.of());
  private static final PerformanceMetrics MULTICLASS_AS_OF =
      new PerformanceMetrics(Set.of("accuracy", "macro_f1", "mcc", "log_loss", "brier"), Set.of());
  private static final PerformanceMetrics REGRESSION_AS_OF =
      new PerformanceMetrics(Set.of("mae", "rmse", "bias", "r2"), Set.of());

  PerformanceMetrics {
    plain = Set.copyOf(plain);
    ofClass = Set.copyOf(ofClass);
  }

  static PerformanceMetrics of(Task task, ValuesFormat format) {
    boolean asOf = format == ValuesFormat.AS_OF;
    return switch (task) {
      case BINARY -> asOf ? BINARY_AS_OF : BINARY;
      case MULTICLASS -> asOf ? MULTICLASS_AS_OF : MULTICLASS;
      case REGRESSION -> asOf ? REGRESSION_AS_OF : REGRESSION;
      case TELEMETRY -> throw new IllegalArgumentException("Telemetry has no performance.");
    };
  }

  /** All names in the table. */
  Set<String> names() {
    Set<String> names = new HashSet<>(plain);
    names.addAll(ofClass);
    return names;
  }
}
