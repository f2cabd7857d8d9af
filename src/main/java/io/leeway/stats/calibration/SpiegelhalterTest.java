package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.Overdispersion;

/**
 * Spiegelhalter's test of the Brier score against what scores that are right make of it:
 *
 * <pre>{@code z = Σ(y - p)(1 - 2p) / sqrt(phi Σ(1 - 2p)² p(1 - p))}</pre>
 *
 * @param z about standard normal if the scores are right; positive where they are too extreme
 * @param degrees of Student's t, infinite unless phi was estimated
 * @see <a href="https://doi.org/10.1002/sim.4780050506">Spiegelhalter (1986)</a>
 */
public record SpiegelhalterTest(double z, double degrees) {

  /**
   * Undefined where a bin with rows holds more than one score, since the variance needs fourth
   * powers, and where no score is other than 0, 1/2 and 1.
   */
  public static Outcome<SpiegelhalterTest> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    double excess = 0;
    double variance = 0;
    for (ReliabilityBin bin : table.bins()) {
      if (bin.n() > 0 && !bin.isSingleScore()) {
        return Outcome.undefined("A bin holds more than one score.");
      }
      double p = bin.low();
      double weight = 1 - 2 * p;
      excess += (bin.positives() - bin.n() * p) * weight;
      variance += bin.n() * weight * weight * p * (1 - p);
    }
    return variance == 0
        ? Outcome.undefined("No score is other than 0, 1/2 and 1.")
        : Outcome.of(
            new SpiegelhalterTest(
                excess / Math.sqrt(overdispersion.phi() * variance), overdispersion.degrees()));
  }

  /** Two-sided p-value of "the scores are right". */
  public double pChange() {
    return TwoSided.p(new MeanContrast(z, 1, degrees));
  }
}
