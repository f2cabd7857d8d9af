package io.leeway.stats.calibration;

/**
 * Labelled rows whose scores p lie in [low, high], labels y in {0, 1}. Of several classes p is the
 * highest score of a row, and y whether that class is the true one.
 *
 * @param low in [0, 1]
 * @param high in [low, 1]; equal to low where the bin is one distinct score
 * @param n rows, &ge; 0
 * @param positives Σy
 * @param sumScore Σp
 * @param sumScoreSquares Σp²
 * @param sumScorePositives Σp·y
 */
public record ReliabilityBin(
    double low,
    double high,
    long n,
    long positives,
    double sumScore,
    double sumScoreSquares,
    double sumScorePositives) {
  /** By how much, per row, sums may miss what the borders allow: rounding of scores and of sums. */
  private static final double ROUNDING = 1e-9;

  public ReliabilityBin {
    if (!(0 <= low && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "A bin of probabilities lies in [0, 1] and does not run backwards, but is ["
              + low
              + ", "
              + high
              + "].");
    }
    if (positives < 0 || positives > n) {
      throw new IllegalArgumentException(
          "The bin [" + low + ", " + high + "] has " + positives + " positives in " + n + " rows.");
    }
    requireWithin("scores", sumScore, n * low, n * high, n);
    requireWithin("squared scores", sumScoreSquares, n * low * low, n * high * high, n);
    requireWithin("positives' scores", sumScorePositives, positives * low, positives * high, n);
  }

  /** A bin of one distinct score. */
  public static ReliabilityBin ofScore(double score, long n, long positives) {
    return new ReliabilityBin(
        score, score, n, positives, n * score, n * score * score, positives * score);
  }

  public boolean isSingleScore() {
    return low == high;
  }

  long negatives() {
    return n - positives;
  }

  /** Mean score of the rows, of which there must be one. */
  double meanScore() {
    return sumScore / n;
  }

  /** Share of positives among the rows, of which there must be one. */
  double share() {
    return (double) positives / n;
  }

  /** Σp(1 − p), the variance of Σy if the scores are right; &ge; 0. */
  double chance() {
    return isSingleScore() ? n * low * (1 - low) : Math.max(0, sumScore - sumScoreSquares);
  }

  /** Both bins as one; {@code next} follows this one. */
  ReliabilityBin plus(ReliabilityBin next) {
    return new ReliabilityBin(
        low,
        next.high,
        n + next.n,
        positives + next.positives,
        sumScore + next.sumScore,
        sumScoreSquares + next.sumScoreSquares,
        sumScorePositives + next.sumScorePositives);
  }

  private static void requireWithin(String of, double sum, double least, double most, long n) {
    double slack = ROUNDING * Math.max(1, n);
    if (!(sum >= least - slack && sum <= most + slack)) {
      throw new IllegalArgumentException(
          "The sum of "
              + of
              + " is "
              + sum
              + ", but "
              + n
              + " rows of the bin allow "
              + least
              + " to "
              + most
              + ".");
    }
  }
}
