package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;

/**
 * By how much more positives came than the scores promised, per row: {@code d = (Σy - Σp)/N}.
 * Positive where scores are too low.
 *
 * <p>Its standard error is {@code sqrt(phi Σp(1 - p))/N} if the scores are right, which the test
 * takes, and {@code sqrt(phi ȳ (1 - ȳ)/N)} otherwise, ȳ = (Σy + 1/2)/(N + 1) so that no positive at
 * all is not taken for certainty; the interval takes that one. Both may be compared between groups.
 *
 * @param value d, in [−1, 1]
 * @param standardErrorIfRight under no miscalibration
 * @param standardError otherwise
 * @param degrees of Student's t, infinite unless phi was estimated
 */
public record CalibrationInTheLarge(
    double value, double standardErrorIfRight, double standardError, double degrees) {

  /** Exact for any bins; undefined without rows. */
  public static Outcome<CalibrationInTheLarge> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    double n = table.n();
    if (n == 0) {
      return ReliabilityTable.noRows();
    }
    double share = (table.positives() + 0.5) / (n + 1);
    return Outcome.of(
        new CalibrationInTheLarge(
            (table.positives() - table.sumScore()) / n,
            Math.sqrt(overdispersion.phi() * table.chance()) / n,
            Math.sqrt(overdispersion.phi() * share * (1 - share) / n),
            overdispersion.degrees()));
  }

  /** Two-sided p-value of "as many positives come as the scores promise". */
  public double pChange() {
    return TwoSided.p(new MeanContrast(value, standardErrorIfRight, degrees));
  }

  /** The 95 % interval of d. */
  public Interval interval() {
    return asMean().interval().cut(-1, 1);
  }

  /** As an estimate for contrasts with another one, such as that of the reference. */
  public MeanInterval asMean() {
    return new MeanInterval(value, standardError, degrees);
  }
}
