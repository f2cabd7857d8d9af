package io.leeway.stats.calibration;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;
import java.util.List;

/**
 * One point of the reliability diagram: the rows of a bin, what their scores promised and what came
 * of them.
 *
 * @param low least score of the bin
 * @param high greatest score of the bin
 * @param n labelled rows, &ge; 1
 * @param meanScore what was promised
 * @param observedShare share of positives
 * @param band Wilson's 95 % interval of that share
 */
public record Reliability(
    double low, double high, long n, double meanScore, double observedShare, Interval band) {

  /** The points of a table, ascending; a bin without rows has none. */
  public static List<Reliability> of(ReliabilityTable table, Overdispersion overdispersion) {
    return table.bins().stream()
        .filter(bin -> bin.n() > 0)
        .map(
            bin ->
                new Reliability(
                    bin.low(),
                    bin.high(),
                    bin.n(),
                    bin.meanScore(),
                    bin.share(),
                    Wilson.interval(bin.positives(), bin.n(), overdispersion).orElseThrow()))
        .toList();
  }
}
