package io.leeway.cli.bench;

/**
 * How often intervals of one kind hold the truth at one point of a grid.
 *
 * @param kind of interval
 * @param point of the grid, for people
 * @param share of intervals that hold the truth
 * @param error Monte Carlo standard error of the share; 0 where all outcomes were summed up
 * @param width of the intervals, their mean
 */
record Coverage(IntervalKind kind, String point, double share, double error, double width) {

  /**
   * Of intervals that were drawn.
   *
   * @param held how many of them hold the truth
   */
  static Coverage ofDraws(IntervalKind kind, String point, long held, long drawn, double widths) {
    double share = (double) held / drawn;
    return new Coverage(kind, point, share, Math.sqrt(share * (1 - share) / drawn), widths / drawn);
  }
}
