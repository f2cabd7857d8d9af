package io.leeway.stats.experiment;

/** What is to be done with a challenger. */
public enum Ruling {
  /** It is better and does no harm. */
  SHIP,
  /** Too early to say. */
  CONTINUE,
  /** It does harm. */
  ROLL_BACK,
  /** The test is over, and nothing was shown. */
  INCONCLUSIVE,
  /** The split is not the planned one, so nothing can be said. */
  INVALID
}
