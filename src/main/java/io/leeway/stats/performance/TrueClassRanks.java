package io.leeway.stats.performance;

/**
 * Labelled rows by the rank of the true class among the scores of a row, 1 the highest. How ties
 * are ranked is up to who counts.
 */
public final class TrueClassRanks {
  private final long[] rows;

  private TrueClassRanks(long[] rows) {
    this.rows = rows;
  }

  /**
   * Of counts.
   *
   * @param rows entry r holds the rows whose true class has rank r + 1, &ge; 0
   */
  public static TrueClassRanks of(long... rows) {
    for (long count : rows) {
      if (count < 0) {
        throw new IllegalArgumentException("Rows must not be negative, but are " + count + ".");
      }
    }
    return new TrueClassRanks(rows.clone());
  }

  /**
   * Rows whose true class is among the k highest scores; with k = 1 that is accuracy.
   *
   * @param k &ge; 1; ranks beyond those counted add nothing
   */
  public Share top(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("There is no top " + k + ".");
    }
    long among = 0;
    long all = 0;
    for (int r = 0; r < rows.length; r++) {
      among += r < k ? rows[r] : 0;
      all += rows[r];
    }
    return new Share(among, all);
  }
}
