package io.leeway.stats.estimate;

/**
 * The decisions of rows whose scores lie in [low, high].
 *
 * @param low finite
 * @param high finite, &ge; low; equal where the cell is one score
 * @param rows with a score and a decision, &ge; 0
 * @param positives rows among them that were decided positively
 */
public record ScoreCell(double low, double high, long rows, long positives) {
  public ScoreCell {
    if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "A cell of scores must be finite and not run backwards, but is ["
              + low
              + ", "
              + high
              + "].");
    }
    if (positives < 0 || positives > rows) {
      throw new IllegalArgumentException(
          "A cell of scores has " + positives + " positive decisions in " + rows + " rows.");
    }
  }

  long negatives() {
    return rows - positives;
  }

  /** The cell with its decisions turned round. */
  ScoreCell turned() {
    return new ScoreCell(low, high, rows, negatives());
  }

  boolean mixed() {
    return positives > 0 && positives < rows;
  }
}
