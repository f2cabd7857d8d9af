package io.leeway.stats.drift;

import io.leeway.stats.Outcome;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Counts after cells too thin for a chi-square approximation were merged. A cell is thin where the
 * reference's share lets fewer than {@value #LEAST_EXPECTED} rows be expected on either side: the
 * window's own counts have no say, or the choice would depend on the outcome.
 */
final class MergedCells {
  static final int LEAST_EXPECTED = 5;

  private final long[] reference;
  private final long[] window;
  private final long nRef;
  private final long nWin;

  private MergedCells(long[] reference, long[] window, int cells) {
    this.reference = Arrays.copyOf(reference, cells);
    this.window = Arrays.copyOf(window, cells);
    nRef = Sides.total(this.reference);
    nWin = Sides.total(this.window);
  }

  /**
   * Ordered bins: from the low end, neighbours are added up until they are no longer thin; what
   * remains at the high end joins the cell before.
   */
  static Outcome<MergedCells> ofBins(long[] reference, long[] window) {
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    long[] r = new long[reference.length];
    long[] w = new long[reference.length];
    int cells = 0;
    boolean open = false;
    for (int i = 0; i < reference.length; i++) {
      r[cells] += reference[i];
      w[cells] += window[i];
      open = thin(r[cells], m, n);
      if (!open) {
        cells++;
      }
    }
    if (open && cells > 0) {
      r[cells - 1] += r[cells];
      w[cells - 1] += w[cells];
    }
    return enough(new MergedCells(r, w, cells));
  }

  /**
   * Categories: thin ones become one cell, which joins the smallest kept category if it is thin
   * itself; all that the reference never saw are one cell of their own, however thin.
   */
  static Outcome<MergedCells> ofCategories(long[] reference, long[] window) {
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    long[] r = new long[reference.length + 2];
    long[] w = new long[reference.length + 2];
    int cells = 0;
    int smallest = 0;
    long otherR = 0;
    long otherW = 0;
    long unseenW = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] == 0) {
        unseenW += window[i];
      } else if (thin(reference[i], m, n)) {
        otherR += reference[i];
        otherW += window[i];
      } else {
        r[cells] = reference[i];
        w[cells] = window[i];
        smallest = r[cells] < r[smallest] ? cells : smallest;
        cells++;
      }
    }
    if (otherR > 0) {
      boolean joins = cells > 0 && thin(otherR, m, n);
      int into = joins ? smallest : cells++;
      r[into] += otherR;
      w[into] += otherW;
    }
    if (unseenW > 0) {
      w[cells++] = unseenW;
    }
    return enough(new MergedCells(r, w, cells));
  }

  /** {@code min(n, m) * r / m < 5}. */
  private static boolean thin(long count, long m, long n) {
    return (double) count * Math.min(n, m) < (double) LEAST_EXPECTED * m;
  }

  private static Outcome<MergedCells> enough(MergedCells cells) {
    return cells.size() < 2
        ? Outcome.undefined(
            "Fewer than two cells remain once those with fewer than "
                + LEAST_EXPECTED
                + " expected rows are merged.")
        : Outcome.of(cells);
  }

  /** The test of a divergence of these cells. */
  DivergenceTest test(DivergenceScale scale, BiFunction<long[], long[], Double> statistic) {
    double s = Math.max(0, statistic.apply(reference, window));
    return new DivergenceTest(scale, s, size(), nRef, nWin);
  }

  int size() {
    return reference.length;
  }
}
