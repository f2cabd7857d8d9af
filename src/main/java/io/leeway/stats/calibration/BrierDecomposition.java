package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;

/**
 * What the Brier score, the mean of (p − y)², is made of. With shares ȳ_b and mean scores p̄_b of
 * bins, ȳ of all rows:
 *
 * <pre>{@code
 * Brier = reliability - resolution + uncertainty + withinVariance - withinCovariance
 * reliability      = sum of n_b (p̄_b - ȳ_b)² / N        0 where every bin keeps its promise
 * resolution       = sum of n_b (ȳ_b - ȳ)² / N          how far the bins' shares are apart
 * uncertainty      = ȳ (1 - ȳ)                          what no score can help
 * withinVariance   = sum over rows of (p - p̄_b)² / N
 * withinCovariance = 2 sum over rows of (p - p̄_b)(y - ȳ_b) / N
 * }</pre>
 *
 * <p>The last two are 0 where every bin is one score; with them the identity is exact for any bins.
 *
 * @see <a href="https://doi.org/10.1175/2007WAF2006116.1">Stephenson, Coelho and Jolliffe
 *     (2008)</a>
 */
public record BrierDecomposition(
    double reliability,
    double resolution,
    double uncertainty,
    double withinVariance,
    double withinCovariance) {

  /** Over the bins as they are; undefined without rows. */
  public static Outcome<BrierDecomposition> of(ReliabilityTable table) {
    double n = table.n();
    if (n == 0) {
      return ReliabilityTable.noRows();
    }
    double all = table.positives() / n;
    double reliability = 0;
    double resolution = 0;
    double variance = 0;
    double covariance = 0;
    for (ReliabilityBin bin : table.bins()) {
      if (bin.n() > 0) {
        double missed = bin.meanScore() - bin.share();
        double apart = bin.share() - all;
        reliability += bin.n() * missed * missed;
        resolution += bin.n() * apart * apart;
        variance += bin.sumScoreSquares() - bin.sumScore() * bin.meanScore();
        covariance += bin.sumScorePositives() - bin.sumScore() * bin.share();
      }
    }
    return Outcome.of(
        new BrierDecomposition(
            reliability / n, resolution / n, all * (1 - all), variance / n, 2 * covariance / n));
  }

  /** The Brier score itself, the sum of the parts. */
  public double brier() {
    return reliability - resolution + uncertainty + withinVariance - withinCovariance;
  }
}
