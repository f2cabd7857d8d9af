package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;

/**
 * The mean distance of promised and observed shares over bins, beside what chance alone makes of
 * it. With N labelled rows, of which bin b has n_b,
 *
 * <pre>{@code
 * ECE = sum over bins of |Σy - Σp| / N
 * E0  = sqrt(2/π) sum over bins of sqrt(phi Σp(1 - p)) / N
 * SE  = sqrt(phi sum over bins of n_b ȳ_b (1 - ȳ_b)) / N,   ȳ_b = (Σy + 1/2)/(n_b + 1)
 * }</pre>
 *
 * <p>It only grows with noise: E0 falls as 1/√N, so values of groups of different size say nothing
 * about each other. For "nothing has changed" {@link CumulativeCalibrationError} has a p-value, and
 * {@link CalibrationInTheLarge} and {@link LogisticCalibration} say in which direction.
 *
 * @param value over the bins of the table it was made of, in [0, 1]
 * @param expected E0, what scores that are right make of it
 * @param standardError SE
 */
public record ExpectedCalibrationError(double value, double expected, double standardError) {
  private static final double MEAN_OF_FOLDED = Math.sqrt(2 / Math.PI);

  /** Over the bins as they are, usually {@link ReliabilityTable#tenths}; undefined without rows. */
  public static Outcome<ExpectedCalibrationError> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    if (table.n() == 0) {
      return ReliabilityTable.noRows();
    }
    double distance = 0;
    double chance = 0;
    double variance = 0;
    for (ReliabilityBin bin : table.bins()) {
      distance += Math.abs(bin.positives() - bin.sumScore());
      chance += Math.sqrt(overdispersion.phi() * bin.chance());
      double share = (bin.positives() + 0.5) / (bin.n() + 1);
      variance += overdispersion.phi() * bin.n() * share * (1 - share);
    }
    return Outcome.of(
        new ExpectedCalibrationError(
            distance / table.n(),
            MEAN_OF_FOLDED * chance / table.n(),
            Math.sqrt(variance) / table.n()));
  }

  /** What is left without chance, {@code max(0, value - expected)}. */
  public double corrected() {
    return Math.max(0, value - expected);
  }

  /**
   * P-value of "the true error is at most {@code limit}", {@code 1 - Φ((value - expected -
   * limit)/SE)}. Valid for every such truth, since a folded normal's mean is at most |d| + √(2/π)
   * s; of low power.
   */
  public double pLimit(double limit) {
    return Normal.upperTail((value - expected - limit) / standardError);
  }
}
