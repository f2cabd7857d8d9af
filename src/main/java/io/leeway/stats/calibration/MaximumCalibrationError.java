package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import java.util.Comparator;

/**
 * The greatest distance of promised and observed share, over bins that have enough rows for it to
 * be more than chance: {@code max |Σy/n - Σp/n|}. Of equal distances the lowest bin counts.
 *
 * @param value in [0, 1]
 * @param bin where it is
 */
public record MaximumCalibrationError(double value, ReliabilityBin bin) {

  /**
   * Undefined where no bin has enough rows.
   *
   * @param leastRows from which a bin takes part, &ge; 1
   */
  public static Outcome<MaximumCalibrationError> of(ReliabilityTable table, long leastRows) {
    if (leastRows < 1) {
      throw new IllegalArgumentException("A bin needs at least 1 row, not " + leastRows + ".");
    }
    return table.bins().stream()
        .filter(bin -> bin.n() >= leastRows)
        .map(bin -> new MaximumCalibrationError(Math.abs(bin.share() - bin.meanScore()), bin))
        .max(
            Comparator.comparingDouble(MaximumCalibrationError::value)
                .thenComparing(of -> of.bin().low(), Comparator.reverseOrder()))
        .map(Outcome::of)
        .orElseGet(() -> Outcome.undefined("No bin has " + leastRows + " labelled rows."));
  }
}
