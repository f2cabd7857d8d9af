package io.leeway.monitor.metrics;

import io.leeway.profile.AlignedScores;
import io.leeway.profile.AlignedScores.Cell;
import io.leeway.profile.AlignedScores.Sum;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.calibration.ReliabilityBin;
import io.leeway.stats.calibration.ReliabilityTable;
import io.leeway.stats.performance.ScoreBin;
import io.leeway.stats.performance.ScoreTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The scores of rows in which a class happened, and of those in which it did not.
 *
 * @param positives scores of rows in which it happened
 * @param negatives scores of the others with a label
 * @param cells both side by side, ascending, as finely as they are kept
 */
record ScoreOutcomes(NumericProfile positives, NumericProfile negatives, List<Cell> cells) {
  static ScoreOutcomes of(NumericProfile positives, NumericProfile negatives) {
    return new ScoreOutcomes(positives, negatives, AlignedScores.of(List.of(positives, negatives)));
  }

  /** Labelled rows with a score. */
  long rows() {
    return positives.n() + negatives.n();
  }

  /** Labelled rows of the rarer class. */
  long rarer() {
    return Math.min(positives.n(), negatives.n());
  }

  boolean isExact() {
    return positives.isExact() && negatives.isExact();
  }

  /** As finely as they are kept. */
  ScoreTable table() {
    return ScoreTable.of(
        cells.stream()
            .map(cell -> new ScoreBin(cell.low(), cell.high(), cell.rows()[0], cell.rows()[1]))
            .toList());
  }

  /** Whether every score is a probability, without which nothing can be said of calibration. */
  boolean areProbabilities() {
    return rows() > 0
        && !(least(positives) < 0 || least(negatives) < 0)
        && !(most(positives) > 1 || most(negatives) > 1);
  }

  private static double least(NumericProfile of) {
    return of.n() == 0 ? 0 : of.minimum();
  }

  private static double most(NumericProfile of) {
    return of.n() == 0 ? 1 : of.maximum();
  }

  /** As finely as they are kept; within bins of several scores the sums are those of the middle. */
  ReliabilityTable fine() {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (Cell cell : cells) {
      long n = cell.rows()[0] + cell.rows()[1];
      double middle = cell.middle();
      bins.add(
          new ReliabilityBin(
              cell.low(),
              cell.high(),
              n,
              cell.rows()[0],
              n * middle,
              n * middle * middle,
              cell.rows()[0] * middle));
    }
    return ReliabilityTable.of(bins);
  }

  /** By the coarse bins of the grid, none of which crosses a tenth; with the true sums. */
  ReliabilityTable coarse() {
    if (isExact()) {
      return fine();
    }
    double[] edges = positives.grid().coarseEdges();
    List<Sum> yes = AlignedScores.sums(positives, edges);
    List<Sum> no = AlignedScores.sums(negatives, edges);
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int bin = 0; bin <= edges.length; bin++) {
      long n = yes.get(bin).rows() + no.get(bin).rows();
      if (n > 0) {
        double low = Math.min(yes.get(bin).least(), no.get(bin).least());
        double high = Math.max(yes.get(bin).greatest(), no.get(bin).greatest());
        double sum = yes.get(bin).sum() + no.get(bin).sum();
        bins.add(
            new ReliabilityBin(
                low, high, n, yes.get(bin).rows(), sum, sum * sum / n, yes.get(bin).sum()));
      }
    }
    return ReliabilityTable.of(bins);
  }

  /**
   * For each bin of {@link #coarse} the tenth of the reference's scores that it begins in, so that
   * those of one tenth have about equal mass there.
   */
  int[] referenceTenths(ReliabilityTable table) {
    double[] deciles = positives.grid().deciles();
    return table.bins().stream()
        .mapToInt(
            bin -> {
              int tenth = 0;
              while (tenth < deciles.length && deciles[tenth] <= bin.low()) {
                tenth++;
              }
              return tenth;
            })
        .toArray();
  }

  double sumScore() {
    return positives.total() + negatives.total();
  }

  /** The mean of (p − y)²; NaN without rows. */
  double brier() {
    double ofPositives = positives.squares() - 2 * positives.total() + positives.n();
    return (negatives.squares() + ofPositives) / rows();
  }

  /** The deviation of (p − y)² between rows, about: by their fourth powers. */
  double brierDeviation() {
    double brier = brier();
    double variance = Math.max(0, sumFourthPowers() / rows() - brier * brier);
    return Math.sqrt(variance * rows() / Math.max(1, rows() - 1));
  }

  /** About Σ(p − y)⁴, each score taken for the middle of its bin. */
  private double sumFourthPowers() {
    return cells.stream()
        .mapToDouble(
            cell ->
                cell.rows()[0] * Math.pow(1 - cell.middle(), 4)
                    + cell.rows()[1] * Math.pow(cell.middle(), 4))
        .sum();
  }
}
