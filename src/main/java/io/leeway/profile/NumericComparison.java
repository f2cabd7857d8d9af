package io.leeway.profile;

import io.leeway.stats.Outcome;
import io.leeway.stats.drift.AlignedCounts;
import java.util.Arrays;

/**
 * Puts the profiles of a reference and of a window side by side, which may lie on different grids
 * and of which either may be exact, as the distances of {@code io.leeway.stats.drift} need them.
 */
public final class NumericComparison {
  private NumericComparison() {}

  /**
   * Both sides over common cells: one cell per value where both are exact, else the bins between
   * the edges that both can be cut at. An exact side can be cut anywhere.
   *
   * <p>Each cell is as narrow as what is known: the values of an exact side, least and greatest
   * value per bin in fine detail, the bin's edges within minimum and maximum in coarse detail. Sums
   * of an exact side and of fine detail are known in every cell. A coarse sum is known where all
   * rows of its coarse bin lie in one cell; a sum over several cells is left out, as {@link
   * AlignedCounts} has no place for it: it would sharpen the Wasserstein distance of coarse slices.
   */
  public static AlignedCounts alignedCounts(NumericProfile reference, NumericProfile window) {
    return reference.isExact() && window.isExact()
        ? byValue(reference, window)
        : byCell(reference, window, commonEdges(reference, window));
  }

  private static AlignedCounts byValue(NumericProfile reference, NumericProfile window) {
    AlignedCounts.Builder points = AlignedCounts.builder(reference.distinct() + window.distinct());
    int r = 0;
    int w = 0;
    while (r < reference.distinct() || w < window.distinct()) {
      double next =
          Math.min(
              r < reference.distinct() ? reference.valueAt(r) : Double.POSITIVE_INFINITY,
              w < window.distinct() ? window.valueAt(w) : Double.POSITIVE_INFINITY);
      boolean inReference = r < reference.distinct() && reference.valueAt(r) == next;
      boolean inWindow = w < window.distinct() && window.valueAt(w) == next;
      points.point(
          next, inReference ? reference.countAt(r++) : 0, inWindow ? window.countAt(w++) : 0);
    }
    return points.build();
  }

  private static AlignedCounts byCell(
      NumericProfile reference, NumericProfile window, double[] edges) {
    ProfileCells r = ProfileCells.of(reference, edges);
    ProfileCells w = ProfileCells.of(window, edges);
    AlignedCounts.Builder cells = AlignedCounts.builder(edges.length + 1);
    for (int cell = 0; cell <= edges.length; cell++) {
      cells.cell(
          Math.min(r.least(cell), w.least(cell)),
          Math.max(r.greatest(cell), w.greatest(cell)),
          r.rows(cell),
          w.rows(cell),
          r.sum(cell),
          w.sum(cell));
    }
    return cells.build();
  }

  private static double[] commonEdges(NumericProfile reference, NumericProfile window) {
    if (reference.isExact()) {
      return window.grid().edges();
    }
    if (window.isExact() || window.grid().equals(reference.grid())) {
      return reference.grid().edges();
    }
    return Arrays.stream(reference.grid().edges()).filter(window.grid()::hasEdge).toArray();
  }

  /**
   * Rows of both sides between the deciles of the reference's grid: under the first, from each to
   * the next, at or over the last. Always exact; undefined where the grid has no deciles, since the
   * baseline had no values, or a side is neither exact nor on a grid with all these edges.
   */
  public static Outcome<DecileCounts> decileCounts(
      NumericProfile reference, NumericProfile window) {
    double[] deciles = reference.grid().deciles();
    if (deciles.length == 0) {
      return Outcome.undefined(
          "There are no deciles to cut at: the baseline's reference has no values of this column.");
    }
    for (double decile : deciles) {
      if (!window.isExact() && !window.grid().hasEdge(decile)) {
        return Outcome.undefined(
            "The window was binned on a grid without an edge at "
                + decile
                + ", a decile of the reference; profile the window again on the reference's grid.");
      }
    }
    return Outcome.of(
        new DecileCounts(reference.countsBetween(deciles), window.countsBetween(deciles)));
  }
}
