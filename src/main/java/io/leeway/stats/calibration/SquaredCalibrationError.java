package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;

/**
 * The squared distance of promised and observed shares, freed of what chance adds to it:
 *
 * <pre>{@code sum over bins of n_b/N [(p̄_b - ȳ_b)² - ȳ_b (1 - ȳ_b)/(n_b - 1)]}</pre>
 *
 * <p>Unbiased for the binned truth on this scale, and therefore also negative at times; a bin of
 * one row has no variance to subtract and adds nothing.
 *
 * @param square in (−1, 1]
 * @param rowsLeftOut rows in bins of one row
 * @see <a href="https://arxiv.org/abs/1909.10155">Kumar, Liang and Ma (2019), Verified Uncertainty
 *     Calibration</a>
 */
public record SquaredCalibrationError(double square, long rowsLeftOut) {

  /** Over the bins as they are; undefined where no bin has two rows. */
  public static Outcome<SquaredCalibrationError> of(ReliabilityTable table) {
    double sum = 0;
    long used = 0;
    for (ReliabilityBin bin : table.bins()) {
      if (bin.n() > 1) {
        double distance = bin.meanScore() - bin.share();
        double noise = bin.share() * (1 - bin.share()) / (bin.n() - 1);
        sum += bin.n() * (distance * distance - noise);
        used += bin.n();
      }
    }
    return used == 0
        ? Outcome.undefined("No bin has two labelled rows.")
        : Outcome.of(new SquaredCalibrationError(sum / table.n(), table.n() - used));
  }

  /** For display on the scale of shares: the root, 0 where the square is negative. */
  public double root() {
    return Math.sqrt(Math.max(0, square));
  }
}
