package io.leeway.stats.estimate;

import java.util.Arrays;

/**
 * The rising shares that are nearest to those of ascending cells, by pooling adjacent violators:
 * {@code least sum of rows_i (share_i - f_i)²} over f_1 &le; f_2 &le; … .
 *
 * @see "M. Ayer and others (1955), An empirical distribution function for sampling with incomplete
 *     information, Annals of Mathematical Statistics 26"
 */
final class MonotoneShares {
  private MonotoneShares() {}

  /**
   * The monotone share of each cell, in [0, 1].
   *
   * @param events per cell, in [0, rows]
   * @param rows per cell, &gt; 0
   */
  static double[] rising(double[] events, double[] rows) {
    int cells = rows.length;
    double[] x = new double[cells];
    double[] n = new double[cells];
    int[] size = new int[cells];
    int blocks = 0;
    for (int i = 0; i < cells; i++) {
      x[blocks] = events[i];
      n[blocks] = rows[i];
      size[blocks] = 1;
      blocks++;
      // A block that is not above the one before it joins it; compared without dividing.
      while (blocks > 1 && x[blocks - 1] * n[blocks - 2] <= x[blocks - 2] * n[blocks - 1]) {
        x[blocks - 2] += x[blocks - 1];
        n[blocks - 2] += n[blocks - 1];
        size[blocks - 2] += size[blocks - 1];
        blocks--;
      }
    }
    double[] shares = new double[cells];
    int from = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(shares, from, from + size[block], x[block] / n[block]);
      from += size[block];
    }
    return shares;
  }
}
