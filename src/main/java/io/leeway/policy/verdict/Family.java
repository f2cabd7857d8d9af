package io.leeway.policy.verdict;

import java.util.Locale;

/**
 * What metrics have in common that are judged together: within one window the false alarms of a
 * family are a stated share of its alarms. Which metric belongs where says {@link JudgedMetric}.
 */
public enum Family {
  /** Whether what comes in, and what is answered, is still what it was. */
  DRIFT,
  /** Whether data are there, whole and in range. */
  QUALITY,
  /** How good predictions were, or are expected to be. */
  PERFORMANCE,
  /** Whether as much comes as scores promise. */
  CALIBRATION,
  /** How far groups lie apart. */
  FAIRNESS,
  /** How well the model is served. */
  OPERATIONS,
  /** What it comes to for those who use it. */
  BUSINESS;

  /** As in the column {@code family}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
