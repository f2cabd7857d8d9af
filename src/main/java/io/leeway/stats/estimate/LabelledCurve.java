package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The share of positives in each cell of score and decision, as the reference's labels have it and
 * rising with the score within a decision:
 *
 * <pre>{@code c = (Σy + ȳ_h/2) / (m + 1/2)}</pre>
 *
 * <p>m the cell's reference rows, ȳ_h the share of all rows of its decision; then the nearest
 * rising shares with those weights. A cell without reference rows takes what its neighbours and ȳ_h
 * allow.
 */
final class LabelledCurve {
  private static final double PRIOR_ROWS = 0.5;

  private LabelledCurve() {}

  /**
   * c of each cell; undefined where a decision of the window has no labelled row in the reference.
   *
   * @throws IllegalArgumentException if two cells of one decision overlap
   */
  static Outcome<double[]> of(List<EstimateCell> cells) {
    double[] shares = new double[cells.size()];
    for (int decision = EstimateCell.NO_DECISION; decision <= 1; decision++) {
      int h = decision;
      int[] places = ascending(cells, decision);
      long m = Arrays.stream(places).mapToLong(i -> cells.get(i).referenceRows()).sum();
      long n = Arrays.stream(places).mapToLong(i -> cells.get(i).windowRows()).sum();
      if (m == 0 && n > 0) {
        return Outcome.undefined(
            h == EstimateCell.NO_DECISION
                ? "The reference has no labelled rows."
                : "The reference has no labelled rows with decision " + h + ".");
      }
      double positives =
          Arrays.stream(places).mapToLong(i -> cells.get(i).referencePositives()).sum();
      double all = m == 0 ? 0 : positives / m;
      double[] rising =
          MonotoneShares.rising(
              Arrays.stream(places)
                  .mapToDouble(i -> cells.get(i).referencePositives() + PRIOR_ROWS * all)
                  .toArray(),
              Arrays.stream(places)
                  .mapToDouble(i -> cells.get(i).referenceRows() + PRIOR_ROWS)
                  .toArray());
      for (int i = 0; i < places.length; i++) {
        shares[places[i]] = rising[i];
      }
    }
    return Outcome.of(shares);
  }

  /** 1 over the variance of c in units of c(1 − c): the rows that speak for a cell. */
  static double weight(EstimateCell cell) {
    return cell.referenceRows() + PRIOR_ROWS;
  }

  private static int[] ascending(List<EstimateCell> cells, int decision) {
    int[] places =
        IntStream.range(0, cells.size())
            .filter(i -> cells.get(i).decision() == decision)
            .boxed()
            .sorted(Comparator.comparing(cells::get, EstimateCell.BY_SCORE))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 1; i < places.length; i++) {
      EstimateCell before = cells.get(places[i - 1]);
      EstimateCell cell = cells.get(places[i]);
      if (cell.low() < before.high() || cell.sameScores(before)) {
        throw new IllegalArgumentException(
            "Cells of decision " + decision + " overlap at the score " + cell.low() + ".");
      }
    }
    return places;
  }
}
