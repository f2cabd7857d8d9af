package io.leeway.stats.estimate;

import java.util.Comparator;

/**
 * Rows of one decision whose scores lie in [low, high]: those of the reference with their labels,
 * those of the window without.
 *
 * @param decision 1 positive, 0 negative, or {@link #NO_DECISION}
 * @param low finite
 * @param high finite, &ge; low
 * @param referenceRows labelled rows of the reference, &ge; 0
 * @param referencePositives positives among them
 * @param windowRows all rows of the window, &ge; 0
 */
public record EstimateCell(
    int decision,
    double low,
    double high,
    long referenceRows,
    long referencePositives,
    long windowRows) {
  /** The decision of a model that has scores only. */
  public static final int NO_DECISION = -1;

  static final Comparator<EstimateCell> BY_SCORE =
      Comparator.comparingDouble(EstimateCell::low).thenComparingDouble(EstimateCell::high);

  public EstimateCell {
    if (decision < NO_DECISION || decision > 1) {
      throw new IllegalArgumentException(
          "A decision is 1, 0 or, where there is none, -1, but is " + decision + ".");
    }
    if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "A cell of scores must be finite and not run backwards, but is ["
              + low
              + ", "
              + high
              + "].");
    }
    if (referencePositives < 0 || referencePositives > referenceRows || windowRows < 0) {
      throw new IllegalArgumentException(
          "A cell has "
              + referencePositives
              + " positives in "
              + referenceRows
              + " reference rows and "
              + windowRows
              + " window rows.");
    }
  }

  /** Whether a cell of another decision covers the same scores. */
  boolean sameScores(EstimateCell other) {
    return low == other.low && high == other.high;
  }
}
