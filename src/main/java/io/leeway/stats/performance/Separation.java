package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;

/**
 * The greatest distance between the scores of positives and of negatives, the metric {@code
 * ks_separation}: {@code max over thresholds |TPR - FPR|}, in [0, 1]. Scores that rank the wrong
 * way round separate as well as those that rank right.
 *
 * <p>Thresholds are the borders of bins. Within a bin of more than one score there may be others;
 * there the distance may reach what it is with all positives or all negatives of the bin first.
 *
 * <p>Standard error {@code sqrt(TPR (1 - TPR) / p + FPR (1 - FPR) / n)} at the best threshold. It
 * takes that threshold as given, which is right in the limit where it is the only best one; the
 * value is too high by what is gained by looking for it, which counts where classes hardly differ.
 *
 * @param estimate the distance; its bound is how much higher that of the rows may be
 * @param threshold rows with at least this score are above
 * @see "M. Raghavachari (1973), Limiting distributions of Kolmogorov-Smirnov type statistics under
 *     the alternative, Annals of Statistics 1"
 */
public record Separation(Estimate estimate, double threshold) {

  /** Undefined with one class only. */
  public static Outcome<Separation> of(ScoreTable table) {
    return table.ofBothClasses().map(Separation::ofBothClasses);
  }

  private static Separation ofBothClasses(ScoreTable table) {
    double p = table.positives();
    double n = table.negatives();
    double best = -1;
    double most = 0;
    double threshold = 0;
    double variance = 0;
    double truePositives = 1;
    double falsePositives = 1;
    double positives = 0;
    double negatives = 0;
    for (ScoreBin bin : table.bins()) {
      double distance = Math.abs(truePositives - falsePositives);
      if (distance > best) {
        best = distance;
        threshold = bin.low();
        variance =
            truePositives * (1 - truePositives) / p + falsePositives * (1 - falsePositives) / n;
      }
      positives += bin.positives();
      negatives += bin.negatives();
      double nextTrue = 1 - positives / p;
      double nextFalse = 1 - negatives / n;
      if (!bin.isOneScore()) {
        most = Math.max(most, Math.max(truePositives - nextFalse, falsePositives - nextTrue));
      }
      truePositives = nextTrue;
      falsePositives = nextFalse;
    }
    return new Separation(
        new Estimate(best, Math.sqrt(variance), Math.max(0, most - best)), threshold);
  }
}
