package io.leeway.stats.inference;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The least support on which a metric is judged; below it the value is stored with status {@code
 * LOW_SUPPORT}. Which count a floor is held against is in its name for people: rows, labelled rows,
 * rows of the rarer class.
 *
 * <p>A floor looks at how much there is, never at what came out.
 */
public enum Floor {
  SEGMENT(10, "rows"),
  RATE(30, "rows in its denominator"),
  AUC(30, "rows of the rarer class"),
  AVERAGE_PRECISION(50, "positives"),
  BINS(100, "rows"),
  JENSEN_SHANNON(200, "rows"),
  DISTRIBUTION(100, "rows"),
  CALIBRATION(200, "labelled rows"),
  CALIBRATION_CLASS(20, "labelled rows of the rarer class"),
  MEAN_OF_MONEY(1_000, "rows"),
  MEAN(100, "rows"),
  REFERENCE_WINDOWS(8, "reference windows"),
  DAILY_REFERENCE_WINDOWS(14, "daily reference windows");

  /** The reference should be this many times as large as the window. */
  private static final int REFERENCE_TIMES = 5;

  /** A quantile needs this many rows beyond it. */
  private static final int BEYOND_QUANTILE = 20;

  private static final Map<String, Floor> BY_METRIC =
      Map.ofEntries(
          Map.entry("accuracy", RATE),
          Map.entry("precision", RATE),
          Map.entry("recall", RATE),
          Map.entry("specificity", RATE),
          Map.entry("balanced_accuracy", RATE),
          Map.entry("f1", RATE),
          Map.entry("mcc", RATE),
          Map.entry("base_rate", RATE),
          Map.entry("null_rate", RATE),
          Map.entry("nan_rate", RATE),
          Map.entry("infinite_rate", RATE),
          Map.entry("out_of_unit_rate", RATE),
          Map.entry("failure_rate", RATE),
          Map.entry("negative_rate", RATE),
          Map.entry("out_of_range_rate", RATE),
          Map.entry("selection_rate", RATE),
          Map.entry("tpr", RATE),
          Map.entry("fpr", RATE),
          Map.entry("fnr", RATE),
          Map.entry("ppv", RATE),
          Map.entry("roc_auc", AUC),
          Map.entry("ks_separation", AUC),
          Map.entry("pr_auc", AVERAGE_PRECISION),
          Map.entry("psi", BINS),
          Map.entry("psi_smoothed", BINS),
          Map.entry("psi_expected", BINS),
          Map.entry("psi_corrected", BINS),
          Map.entry("psi_pvalue", BINS),
          Map.entry("chi2", BINS),
          Map.entry("chi2_pvalue", BINS),
          Map.entry("chi2_dof", BINS),
          Map.entry("cramers_v", BINS),
          Map.entry("total_variation", BINS),
          Map.entry("l_infinity", BINS),
          Map.entry("js_distance", JENSEN_SHANNON),
          Map.entry("js_divergence", JENSEN_SHANNON),
          Map.entry("ks_statistic", DISTRIBUTION),
          Map.entry("ks_pvalue", DISTRIBUTION),
          Map.entry("ks_pvalue_limit", DISTRIBUTION),
          Map.entry("wasserstein", DISTRIBUTION),
          Map.entry("wasserstein_scaled", DISTRIBUTION),
          Map.entry("multivariate_drift", DISTRIBUTION),
          Map.entry("multivariate_drift_corrected", DISTRIBUTION),
          Map.entry("multivariate_drift_pvalue", DISTRIBUTION),
          Map.entry("score_change", MEAN),
          Map.entry("score_change_explained", MEAN),
          Map.entry("score_change_unexplained", MEAN),
          Map.entry("decision_threshold", RATE),
          Map.entry("decision_blur", RATE),
          Map.entry("duplicate_rate", RATE),
          Map.entry("decision_threshold_change", RATE),
          Map.entry("decision_blur_change", RATE),
          Map.entry("ece", CALIBRATION),
          Map.entry("calibration_slope", CALIBRATION),
          Map.entry("cost_per_prediction", MEAN_OF_MONEY),
          Map.entry("cost_total", MEAN_OF_MONEY),
          Map.entry("business_mean", MEAN_OF_MONEY),
          Map.entry("business_mean_capped", MEAN_OF_MONEY),
          Map.entry("business_ratio", MEAN_OF_MONEY),
          Map.entry("mean", MEAN),
          Map.entry("log_loss", MEAN),
          Map.entry("brier", MEAN),
          Map.entry("mean_score", MEAN),
          Map.entry("mae", MEAN),
          Map.entry("mse", MEAN),
          Map.entry("rmse", MEAN),
          Map.entry("bias", MEAN));

  private final int least;
  private final String counted;

  Floor(int least, String counted) {
    this.least = least;
    this.counted = counted;
  }

  /** The floor of a metric of the catalogue; empty where none is stated. */
  public static Optional<Floor> of(String metric) {
    return Optional.ofNullable(BY_METRIC.get(metric));
  }

  /**
   * The floor of a metric of a model whose business metrics have names of their own: of those it is
   * {@link #MEAN_OF_MONEY}, whatever the catalogue says of the name, since their values are skewed;
   * of all others that of the catalogue.
   *
   * @param business the names of the model's business metrics and of what is derived from them,
   *     such as capped means
   */
  public static Optional<Floor> of(String metric, Set<String> business) {
    return business.contains(metric) ? Optional.of(MEAN_OF_MONEY) : of(metric);
  }

  public int least() {
    return least;
  }

  /** Why {@code n} is too little; empty if it is enough. */
  public Optional<String> objection(long n) {
    return n >= least ? Optional.empty() : Optional.of(sentence(n, least, counted));
  }

  /** The same for both sides of a comparison; the reference needs as much as the window. */
  public Optional<String> objection(long n, long nRef) {
    Optional<String> ofWindow = objection(n);
    return ofWindow.isPresent() || nRef >= least
        ? ofWindow
        : Optional.of(sentence(nRef, least, counted + " in the reference"));
  }

  /**
   * Why {@code n} rows are too few for the quantile of the share {@code p}: fewer than 20 beyond it
   * are to be expected. Empty if they are enough.
   *
   * @param p in (0, 1), for example 0.95
   */
  public static Optional<String> quantileObjection(double p, long n) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("A quantile's share lies in (0, 1), but is " + p + ".");
    }
    long needed = (long) Math.ceil(BEYOND_QUANTILE / (1 - p) - 1e-9);
    return n >= needed ? Optional.empty() : Optional.of(sentence(n, needed, "rows"));
  }

  /**
   * Why the fall of a rate may be shown but not judged: at the reference's rate fewer than 5 events
   * or fewer than 5 others are to be expected on the smaller side. Empty if it may be judged.
   *
   * @param n rows of the window
   * @param referenceEvents y of the reference's {@code nRef} rows
   */
  public static Optional<String> fallObjection(long n, long referenceEvents, long nRef) {
    Rates.require(referenceEvents, nRef);
    long rows = Math.min(n, nRef);
    double events = nRef == 0 ? 0 : (double) rows * referenceEvents / nRef;
    double rarer = Math.min(events, rows - events);
    return rarer >= 5
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "A fall is judged from 5 expected events and 5 expected others; here the rarer is %.1f.",
                rarer));
  }

  /** A warning where the reference's own noise is not small, which is common to all windows. */
  public static Optional<String> thinReference(long n, long nRef) {
    return nRef >= REFERENCE_TIMES * n
        ? Optional.empty()
        : Optional.of(
            "The reference has "
                + nRef
                + " rows for "
                + n
                + " in the window; fewer than "
                + REFERENCE_TIMES
                + " times as many add noise that all windows share.");
  }

  private static String sentence(long n, long least, String counted) {
    return "Judged from " + least + " " + counted + "; here are " + n + ".";
  }
}
