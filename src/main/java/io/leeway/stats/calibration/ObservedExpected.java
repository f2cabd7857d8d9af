package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;

/**
 * Observed over expected positives, {@code Σy / Σp}: above 1 scores are too low, below 1 too high.
 * Some call the inverse, Σp / Σy, by the same name or "calibration".
 *
 * <p>Interval: Wilson's of ȳ over the mean score, which counts as known. It also holds where no
 * positive came, where the logarithm's {@code exp(ln(O/E) ± z sqrt(1/O - 1/N))} has no width.
 *
 * @param ratio O/E, &ge; 0
 * @param interval of 95 %
 */
public record ObservedExpected(double ratio, Interval interval) {

  /** Exact for any bins; undefined without rows and where all scores are 0. */
  public static Outcome<ObservedExpected> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    if (table.n() == 0) {
      return ReliabilityTable.noRows();
    }
    if (table.sumScore() <= 0) {
      return Outcome.undefined("All scores are 0: no positive is expected.");
    }
    double mean = table.sumScore() / table.n();
    return Wilson.interval(table.positives(), table.n(), overdispersion)
        .map(
            of ->
                new ObservedExpected(
                    table.positives() / table.sumScore(),
                    new Interval(of.low() / mean, of.high() / mean)));
  }
}
