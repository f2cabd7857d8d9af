package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The AUC of fractional counts: cell b holds P_b = w c positives and N_b = w (1 − c) negatives,
 * cells of the same scores are ties. With P and N their totals,
 *
 * <pre>{@code
 * A = sum of P_b below_b / P,  below_b = (N of lower scores + half the N of the same) / N
 * change for a positive instead of a negative: (below_b - A)/P - (above_b - A)/N
 * above_b = (P of higher scores + half the P of the same) / P
 * }</pre>
 */
final class ExpectedAuc {
  private final double value;
  private final double[] slopes;

  private ExpectedAuc(double value, double[] slopes) {
    this.value = value;
    this.slopes = slopes;
  }

  /**
   * Undefined where only one class is expected.
   *
   * @throws IllegalArgumentException if cells overlap without covering the same scores
   */
  static Outcome<ExpectedAuc> of(List<EstimateCell> cells, double[] shares) {
    int[] places =
        IntStream.range(0, cells.size())
            .boxed()
            .sorted(Comparator.comparing(cells::get, EstimateCell.BY_SCORE))
            .mapToInt(Integer::intValue)
            .toArray();
    double positives = 0;
    double negatives = 0;
    for (int i = 0; i < shares.length; i++) {
      positives += cells.get(i).windowRows() * shares[i];
      negatives += cells.get(i).windowRows() * (1 - shares[i]);
    }
    if (!(positives > 0 && negatives > 0)) {
      return Outcome.undefined("Only one class is expected.");
    }
    double[] below = new double[shares.length];
    double[] above = new double[shares.length];
    double value = 0;
    double passedPositives = 0;
    double passedNegatives = 0;
    for (int from = 0, to; from < places.length; from = to) {
      to = endOfTie(cells, places, from);
      double p = 0;
      double n = 0;
      for (int i = from; i < to; i++) {
        p += cells.get(places[i]).windowRows() * shares[places[i]];
        n += cells.get(places[i]).windowRows() * (1 - shares[places[i]]);
      }
      for (int i = from; i < to; i++) {
        below[places[i]] = (passedNegatives + n / 2) / negatives;
        above[places[i]] = 1 - (passedPositives + p / 2) / positives;
      }
      value += p * (passedNegatives + n / 2) / negatives / positives;
      passedPositives += p;
      passedNegatives += n;
    }
    double[] slopes = new double[shares.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (below[i] - value) / positives - (above[i] - value) / negatives;
    }
    return Outcome.of(new ExpectedAuc(value, slopes));
  }

  double value() {
    return value;
  }

  /** By how much a positive instead of a negative in a cell moves the value. */
  double[] slopes() {
    return slopes.clone();
  }

  /** The first place after those of the same scores. */
  private static int endOfTie(List<EstimateCell> cells, int[] places, int from) {
    EstimateCell first = cells.get(places[from]);
    int to = from + 1;
    while (to < places.length && cells.get(places[to]).sameScores(first)) {
      to++;
    }
    if (to < places.length && cells.get(places[to]).low() < first.high()) {
      throw new IllegalArgumentException(
          "Cells of two decisions overlap in part at the score "
              + cells.get(places[to]).low()
              + ".");
    }
    return to;
  }
}
