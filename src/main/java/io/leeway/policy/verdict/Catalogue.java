package io.leeway.policy.verdict;

import io.leeway.policy.verdict.JudgedMetric.Changes;
import io.leeway.policy.verdict.JudgedMetric.Stands;
import io.leeway.stats.drift.DivergenceScale;
import io.leeway.stats.inference.Floor;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** All metrics that can be judged. */
final class Catalogue {
  private final Map<String, JudgedMetric> all = new TreeMap<>();

  Catalogue() {
    addDrift();
    addPerformance();
    addCalibration();
    addFairness();
    addService();
  }

  /** By name, ascending. */
  Map<String, JudgedMetric> metrics() {
    return Collections.unmodifiableMap(all);
  }

  private void addService() {
    Recipe rate = new RateRecipe(false);
    Recipe mean = MeanRecipe.OF_ROWS;
    Recipe fact = new FactRecipe();
    alone(Family.QUALITY, rate, Changes.ANY, Floor.RATE, "null_rate", "nan_rate");
    alone(Family.QUALITY, rate, Changes.ANY, Floor.RATE, "infinite_rate", "out_of_unit_rate");
    alone(Family.QUALITY, rate, Changes.ANY, Floor.RATE, "out_of_range_rate");
    Recipe presence = new RateRecipe(true);
    alone(Family.QUALITY, presence, Changes.ANY, Floor.RATE, "label_coverage");
    alone(Family.QUALITY, presence, Changes.ANY, Floor.RATE, "label_coverage_decided");
    alone(Family.QUALITY, mean, Changes.ANY, Floor.RATE, "duplicate_rate");
    for (String counted :
        new String[] {
          "n",
          "count",
          "distinct",
          "is_constant",
          "min",
          "max",
          "segments_folded",
          "n_labelled",
          "labels_assumed",
          "labels_outside_classes",
          "labels_early",
          "labels_repeated",
          "labels_unmatched",
          "late_rate",
          "future_rate",
          "freshness_seconds"
        }) {
      put(counted, Family.QUALITY, fact, Changes.NONE, Stands.ALONE, 0);
    }
    put("schema_change", Family.QUALITY, fact, Changes.NONE, Stands.AGAINST_BASELINE, 0);
    Recipe interval = new IntervalRecipe();
    put("volume_ratio", Family.QUALITY, interval, Changes.NONE, Stands.AGAINST_BASELINE, 0);
    alone(Family.OPERATIONS, rate, Changes.ANY, Floor.RATE, "failure_rate", "negative_rate");
    alone(Family.OPERATIONS, mean, Changes.ANY, Floor.MEAN_OF_MONEY, "cost_per_prediction");
    for (String counted :
        new String[] {"throughput_peak_per_minute", "throughput_mean_per_minute"}) {
      put(counted, Family.OPERATIONS, fact, Changes.NONE, Stands.ALONE, 0);
    }
    // Upper quantiles are asked of latencies far more than of features.
    alone(Family.OPERATIONS, interval, Changes.ANY, Floor.SEGMENT, "p95", "p99");
    alone(Family.BUSINESS, mean, Changes.ANY, Floor.MEAN_OF_MONEY, "business_ratio");
    alone(Family.BUSINESS, mean, Changes.ANY, Floor.MEAN_OF_MONEY, "business_mean_capped");
    alone(
        Family.BUSINESS,
        MeanRecipe.OF_SKEWED_ROWS,
        Changes.ANY,
        Floor.MEAN_OF_MONEY,
        "business_mean");
  }

  private void addDrift() {
    compared(new DivergenceRecipe(DivergenceScale.PSI, "psi"), Floor.BINS, "psi");
    compared(new DivergenceRecipe(DivergenceScale.PSI, "psi"), Floor.BINS, "psi_smoothed");
    compared(new DivergenceRecipe(DivergenceScale.PSI, "psi"), Floor.BINS, "psi_corrected");
    compared(
        new DivergenceRecipe(DivergenceScale.JS_DISTANCE, "js_distance"),
        Floor.JENSEN_SHANNON,
        "js_distance");
    compared(
        new DivergenceRecipe(DivergenceScale.JS_DIVERGENCE, "js_distance"),
        Floor.JENSEN_SHANNON,
        "js_divergence");
    compared(new DivergenceRecipe(DivergenceScale.CRAMERS_V, "cramers_v"), Floor.BINS, "cramers_v");
    compared(new KolmogorovRecipe(), Floor.DISTRIBUTION, "ks_statistic");
    compared(new WassersteinRecipe(), Floor.DISTRIBUTION, "wasserstein");
    compared(new WassersteinRecipe(), Floor.DISTRIBUTION, "wasserstein_scaled");
    compared(new IntervalRecipe(), Floor.DISTRIBUTION, "multivariate_drift");
    Recipe rate = new RateRecipe(false);
    alone(Family.DRIFT, rate, Changes.ANY, Floor.RATE, "base_rate", "selection_rate");
    alone(Family.DRIFT, MeanRecipe.OF_ROWS, Changes.ANY, Floor.MEAN, "mean");
    Recipe interval = new IntervalRecipe();
    alone(Family.DRIFT, interval, Changes.ANY, Floor.SEGMENT, "p05", "p25", "median", "p75");
  }

  private void addPerformance() {
    Recipe rate = new RateRecipe(false);
    Recipe mean = MeanRecipe.OF_ROWS;
    Family family = Family.PERFORMANCE;
    alone(family, rate, Changes.ANY, Floor.RATE, "accuracy", "precision", "recall");
    alone(family, rate, Changes.ANY, Floor.RATE, "specificity", "fpr", "fnr", "npv");
    for (int k = 2; k <= 5; k++) {
      alone(family, rate, Changes.ANY, Floor.RATE, "top_" + k + "_accuracy");
    }
    alone(family, mean, Changes.ANY, Floor.RATE, "f1", "balanced_accuracy", "macro_f1");
    alone(family, mean, Changes.ANY, Floor.RATE, "weighted_f1", "macro_recall");
    alone(family, mean, Changes.DIFFERENCE, Floor.RATE, "mcc");
    alone(family, mean, Changes.ANY, Floor.AUC, "roc_auc", "roc_auc_ovr", "ks_separation");
    alone(family, mean, Changes.ANY, Floor.AVERAGE_PRECISION, "pr_auc");
    alone(family, mean, Changes.ANY, Floor.MEAN, "log_loss", "brier", "mae", "mse", "rmse");
    alone(family, mean, Changes.ANY, Floor.MEAN, "mape", "wape", "error_std");
    alone(family, mean, Changes.DIFFERENCE, Floor.MEAN, "bias", "r2");
    for (String of :
        new String[] {"accuracy", "precision", "recall", "f1", "base_rate", "roc_auc"}) {
      put(
          of + JudgedMetric.ESTIMATED,
          family,
          MeanRecipe.OF_ROWS,
          Changes.ANY,
          Stands.AGAINST_BASELINE,
          Floor.RATE.least());
    }
  }

  private void addCalibration() {
    Family calibration = Family.CALIBRATION;
    Recipe error = new CalibrationRecipe();
    alone(calibration, error, Changes.NONE, Floor.CALIBRATION, "ece", "ece_equal_mass");
    alone(
        calibration,
        MeanRecipe.OF_ROWS,
        Changes.DIFFERENCE,
        Floor.CALIBRATION,
        "calibration_in_the_large",
        "calibration_slope",
        "calibration_intercept",
        "calibration_offset");
    alone(calibration, new IntervalRecipe(), Changes.NONE, Floor.CALIBRATION, "observed_expected");
  }

  private void addFairness() {
    for (String gap :
        new String[] {
          "demographic_parity_difference",
          "equal_opportunity_difference",
          "predictive_equality_difference",
          "predictive_parity_difference",
          "accuracy_parity_difference",
          "label_coverage_difference",
          "equalized_odds_difference"
        }) {
      alone(Family.FAIRNESS, new GapRecipe(), Changes.RISE, Floor.SEGMENT, gap + "_supported");
    }
    String ratio = "demographic_parity_ratio_supported";
    alone(Family.FAIRNESS, new GapRecipe(), Changes.NONE, Floor.SEGMENT, ratio);
    for (String rate :
        new String[] {
          "demographic_parity",
          "equal_opportunity",
          "predictive_equality",
          "predictive_parity",
          "accuracy_parity",
          "label_coverage"
        }) {
      Recipe contrast = new ContrastRecipe();
      alone(Family.FAIRNESS, contrast, Changes.NONE, Floor.RATE, rate + "_vs_rest");
      alone(Family.FAIRNESS, contrast, Changes.NONE, Floor.RATE, rate + "_vs_reference");
    }
    for (String gap :
        new String[] {"calibration_gap", "mean_error_gap", "error_spread_log_ratio"}) {
      Recipe interval = new IntervalRecipe();
      alone(Family.FAIRNESS, interval, Changes.NONE, Floor.SEGMENT, gap + "_supported");
    }
  }

  private void compared(Recipe recipe, Floor floor, String metric) {
    put(metric, Family.DRIFT, recipe, Changes.NONE, Stands.COMPARED, floor.least());
  }

  private void alone(
      Family family, Recipe recipe, Changes changes, Floor floor, String... metrics) {
    for (String metric : metrics) {
      put(metric, family, recipe, changes, Stands.ALONE, floor.least());
    }
  }

  private void put(
      String metric, Family family, Recipe recipe, Changes changes, Stands stands, long least) {
    all.put(metric, new JudgedMetric(metric, family, recipe, changes, stands, least));
  }
}
