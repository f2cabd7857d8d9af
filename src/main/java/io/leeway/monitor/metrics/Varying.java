package io.leeway.monitor.metrics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The statistics of a column each of which varies between windows by a factor of its own. The
 * reference's row of {@link #metric} carries the factor in {@code phi} and {@code phi_df};
 * distances have no row of the reference, so metrics of their own stand for them.
 *
 * <ul>
 *   <li>Rates and quantiles: the factor of a rate; of a quantile that of the share below it, since
 *       a quantile is tested as a rate.
 *   <li>Mean, what is made of it alone, and Wasserstein, whose standard error is that of a
 *       difference of means: the factor of the mean. Where windows move as a whole the bins' factor
 *       is several times too small for it.
 *   <li>The ratio of a business metric: the factor of the mean of its residuals.
 *   <li>What labels tell: rates, losses, errors, AUC, average precision and calibration in the
 *       large by their own factors; what is made of the confusion counts by that of the accuracy,
 *       other errors by that of the absolute one, other calibration by that in the large. AUC and
 *       calibration class by class have none that is estimated, so theirs is the assumed one.
 *   <li>PSI, Jensen-Shannon, chi-square and distances between categories: the factor of bins.
 *   <li>Multivariate drift: that of all correlations, by the same name. How blurred decisions are:
 *       the factor of the score's mean. What the score, the label or hits do with other columns:
 *       the factor of their mean, {@link #MEAN_TOGETHER}.
 *   <li>Kolmogorov-Smirnov, the greatest deviation of a distribution function: {@link
 *       io.leeway.stats.inference.Overdispersion#ofCumulative}.
 * </ul>
 */
public enum Varying {
  NULL_RATE("null_rate"),
  NAN_RATE("nan_rate"),
  INFINITE_RATE("infinite_rate"),
  OUT_OF_UNIT_RATE("out_of_unit_rate"),
  /** Nothing of the reference lies outside its own range, so it cannot tell this factor. */
  OUT_OF_RANGE_RATE("out_of_range_rate"),
  NEGATIVE_RATE("negative_rate"),
  FAILURE_RATE("failure_rate"),
  LABEL_COVERAGE("label_coverage"),
  ACCURACY("accuracy"),
  PRECISION("precision"),
  RECALL("recall"),
  FALSE_POSITIVE_RATE("fpr"),
  BASE_RATE("base_rate"),
  SELECTION_RATE("selection_rate"),
  LOG_LOSS("log_loss"),
  BRIER("brier"),
  ROC_AUC("roc_auc"),
  AVERAGE_PRECISION("pr_auc"),
  CALIBRATION("calibration_in_the_large"),
  MEAN_ABSOLUTE_ERROR("mae"),
  BIAS("bias"),
  P05("p05"),
  P25("p25"),
  MEDIAN("median"),
  P75("p75"),
  P95("p95"),
  P99("p99"),
  MEAN("mean"),
  BUSINESS_RATIO("business_ratio"),
  BINS("overdispersion"),
  KOLMOGOROV_SMIRNOV("overdispersion_ks"),
  /** Of what is looked at together with other columns, which has no row of its own for its mean. */
  MEAN_TOGETHER("overdispersion_mean");

  private static final Map<String, Varying> OWN =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Varying::metric, Function.identity()));

  private static final Map<String, Varying> OF_OTHERS =
      Map.ofEntries(
          Map.entry("cost_per_prediction", MEAN),
          Map.entry("cost_total", MEAN),
          Map.entry("fnr", RECALL),
          Map.entry("specificity", FALSE_POSITIVE_RATE),
          Map.entry("npv", ACCURACY),
          Map.entry("f1", ACCURACY),
          Map.entry("balanced_accuracy", ACCURACY),
          Map.entry("mcc", ACCURACY),
          Map.entry("mse", MEAN_ABSOLUTE_ERROR),
          Map.entry("rmse", MEAN_ABSOLUTE_ERROR),
          Map.entry("mape", MEAN_ABSOLUTE_ERROR),
          Map.entry("wape", MEAN_ABSOLUTE_ERROR),
          Map.entry("observed_expected", CALIBRATION),
          Map.entry("calibration_slope", CALIBRATION),
          Map.entry("calibration_intercept", CALIBRATION),
          Map.entry("calibration_offset", CALIBRATION),
          Map.entry("business_mean", MEAN),
          Map.entry("business_mean_capped", MEAN),
          Map.entry("psi", BINS),
          Map.entry("psi_smoothed", BINS),
          Map.entry("psi_expected", BINS),
          Map.entry("psi_corrected", BINS),
          Map.entry("psi_pvalue", BINS),
          Map.entry("js_distance", BINS),
          Map.entry("js_divergence", BINS),
          Map.entry("chi2", BINS),
          Map.entry("cramers_v", BINS),
          Map.entry("total_variation", BINS),
          Map.entry("l_infinity", BINS),
          Map.entry("multivariate_drift", BINS),
          Map.entry("multivariate_drift_corrected", BINS),
          Map.entry("multivariate_drift_pvalue", BINS),
          Map.entry("score_change", MEAN_TOGETHER),
          Map.entry("score_change_explained", MEAN_TOGETHER),
          Map.entry("score_change_unexplained", MEAN_TOGETHER),
          Map.entry("label_rate_change_by_inputs", MEAN_TOGETHER),
          Map.entry("label_rate_change_by_relation", MEAN_TOGETHER),
          Map.entry("label_rate_change_largest", MEAN_TOGETHER),
          Map.entry("label_mean_change_by_inputs", MEAN_TOGETHER),
          Map.entry("label_mean_change_by_relation", MEAN_TOGETHER),
          Map.entry("label_mean_change_largest", MEAN_TOGETHER),
          Map.entry("accuracy_change_by_inputs", MEAN_TOGETHER),
          Map.entry("accuracy_change_by_relation", MEAN_TOGETHER),
          Map.entry("accuracy_change_largest", MEAN_TOGETHER),
          Map.entry("mae_change_by_inputs", MEAN_TOGETHER),
          Map.entry("mae_change_by_relation", MEAN_TOGETHER),
          Map.entry("mae_change_largest", MEAN_TOGETHER),
          Map.entry("decision_blur", MEAN),
          Map.entry("decision_blur_change", MEAN),
          Map.entry("ks_statistic", KOLMOGOROV_SMIRNOV),
          Map.entry("wasserstein", MEAN),
          Map.entry("wasserstein_scaled", MEAN));

  private final String metric;

  Varying(String metric) {
    this.metric = metric;
  }

  /** The metric whose row of the reference carries the factor. */
  public String metric() {
    return metric;
  }

  /** All metrics that vary by some factor. */
  public static Set<String> metrics() {
    Set<String> metrics = new HashSet<>(OWN.keySet());
    metrics.addAll(OF_OTHERS.keySet());
    return metrics;
  }

  /** What a metric varies with; empty where no factor applies. */
  public static Optional<Varying> of(String metric) {
    return Optional.ofNullable(OWN.getOrDefault(metric, OF_OTHERS.get(metric)));
  }
}
