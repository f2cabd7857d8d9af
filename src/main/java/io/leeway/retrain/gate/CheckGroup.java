package io.leeway.retrain.gate;

import java.util.Locale;

/** What a check looks at. */
public enum CheckGroup {
  /** Whether the holdout and the scores are good for anything. */
  DATA,
  /** The candidate's own values over all rows. */
  HOLDOUT,
  /** The candidate against the champion over all rows. */
  CHANGE,
  /** Segments, one by one. */
  SLICES,
  /** Groups of an attribute. */
  FAIRNESS,
  /** Named rows. */
  SCENARIOS,
  /** How far scores and decisions are from the champion's. */
  STABILITY,
  /** Whether probabilities hold. */
  CALIBRATION,
  /** What it costs to ask the model. */
  COST;

  /** As in the column {@code group}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
