package io.leeway.stats.performance;

/**
 * Labelled rows whose scores lie in [low, high].
 *
 * @param low finite
 * @param high finite, &ge; low; equal where the bin is one distinct score
 * @param positives rows of the positive class, &ge; 0
 * @param negatives the others, &ge; 0
 */
public record ScoreBin(double low, double high, long positives, long negatives) {
  public ScoreBin {
    if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "A bin of scores must be finite and not run backwards, but is ["
              + low
              + ", "
              + high
              + "].");
    }
    if (positives < 0 || negatives < 0) {
      throw new IllegalArgumentException(
          "A bin of scores has " + positives + " positives and " + negatives + " negatives.");
    }
  }

  long rows() {
    return positives + negatives;
  }

  /** Whether its rows are known to have the same score. */
  boolean isOneScore() {
    return low == high;
  }
}
