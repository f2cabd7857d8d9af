package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;

/**
 * Estimated cumulative calibration error: over rows by ascending score, the range of the running
 * excess of positives over what was promised,
 *
 * <pre>{@code
 * D_k = sum over the k lowest rows of (y - p) / N,  D_0 = 0
 * ECCE = max D - min D,  sigma = sqrt(phi Σp(1 - p)) / N,  z = ECCE / sigma
 * }</pre>
 *
 * <p>If the scores are right z is about the range of Brownian motion, whatever N: groups of
 * different size can be compared by z and its p-value. Equal scores are one step. D is taken at the
 * ends of bins, so that the value over all rows lies in {@code [value, value + bound]}: within a
 * bin all positives may come first, or all negatives.
 *
 * @param value in [0, 1]
 * @param sigma &ge; 0
 * @param bound 0 where every bin with rows is one score
 * @see <a href="https://arxiv.org/abs/2205.09680">Arrieta-Ibarra and others (2022), Metrics of
 *     calibration for probabilistic predictions</a>
 */
public record CumulativeCalibrationError(double value, double sigma, double bound) {

  /** Over the finest bins there are; undefined without rows. */
  public static Outcome<CumulativeCalibrationError> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    if (table.n() == 0) {
      return ReliabilityTable.noRows();
    }
    double d = 0;
    double most = 0;
    double least = 0;
    double mostWithin = 0;
    double leastWithin = 0;
    for (ReliabilityBin bin : table.bins()) {
      if (!bin.isSingleScore()) {
        // Positives lift D by 1 - p each, negatives lower it by p.
        mostWithin = Math.max(mostWithin, d + bin.positives() - bin.sumScorePositives());
        leastWithin = Math.min(leastWithin, d - bin.sumScore() + bin.sumScorePositives());
      }
      d += bin.positives() - bin.sumScore();
      most = Math.max(most, d);
      least = Math.min(least, d);
    }
    double widest = Math.max(most, mostWithin) - Math.min(least, leastWithin);
    double n = table.n();
    return Outcome.of(
        new CumulativeCalibrationError(
            (most - least) / n,
            Math.sqrt(overdispersion.phi() * table.chance()) / n,
            (widest - (most - least)) / n));
  }

  /** ECCE / sigma; undefined where all scores are 0 or 1, since nothing is then left to chance. */
  public Outcome<Double> z() {
    return sigma == 0
        ? Outcome.undefined("All scores are 0 or 1: nothing is left to chance.")
        : Outcome.of(value / sigma);
  }

  /** P-value of "the scores are right"; undefined where z is. */
  public Outcome<Double> pChange() {
    return z().map(BrownianRange::upperTail);
  }
}
