package io.leeway.profile;

import java.util.Arrays;

/**
 * A profile cut into the cells between some edges: rows, range and sum of the values of each. Edges
 * of an exact profile may be any; those of a binned one must be edges of its grid.
 */
final class ProfileCells {
  private final long[] rows;
  private final double[] least;
  private final double[] greatest;
  private final double[] sums;

  private ProfileCells(int cells) {
    rows = new long[cells];
    least = new double[cells];
    greatest = new double[cells];
    sums = new double[cells];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  static ProfileCells of(NumericProfile profile, double[] edges) {
    ProfileCells cells = new ProfileCells(edges.length + 1);
    if (profile.isExact()) {
      cells.addValues(profile, new BinLookup(edges));
    } else {
      cells.addBins(profile, edges);
    }
    return cells;
  }

  long rows(int cell) {
    return rows[cell];
  }

  /** Positive infinity without rows. */
  double least(int cell) {
    return least[cell];
  }

  /** Negative infinity without rows. */
  double greatest(int cell) {
    return greatest[cell];
  }

  /** NaN where it is unknown. */
  double sum(int cell) {
    return sums[cell];
  }

  private void addValues(NumericProfile profile, BinLookup lookup) {
    for (int i = 0; i < profile.distinct(); i++) {
      double value = profile.valueAt(i);
      int cell = lookup.bin(value);
      rows[cell] += profile.countAt(i);
      sums[cell] += value * profile.countAt(i);
      least[cell] = Math.min(least[cell], value);
      greatest[cell] = Math.max(greatest[cell], value);
    }
    // A sum beyond all doubles is as good as unknown.
    Arrays.setAll(sums, cell -> Double.isFinite(sums[cell]) ? sums[cell] : Double.NaN);
  }

  private void addBins(NumericProfile profile, double[] edges) {
    NumericGrid grid = profile.grid();
    NumericBins bins = profile.binned();
    BinLookup lookup = new BinLookup(edges);
    int[] cellOf = new int[grid.bins()];
    for (int bin = 1; bin < cellOf.length; bin++) {
      cellOf[bin] = lookup.bin(grid.low(bin));
    }
    for (int bin = 0; bin < cellOf.length; bin++) {
      if (bins.counts[bin] > 0) {
        int cell = cellOf[bin];
        CellRange range = CellRange.ofBin(profile, bin);
        rows[cell] += bins.counts[bin];
        least[cell] = Math.min(least[cell], range.least());
        greatest[cell] = Math.max(greatest[cell], range.greatest());
      }
    }
    addSums(profile, cellOf);
  }

  private void addSums(NumericProfile profile, int[] cellOf) {
    NumericGrid grid = profile.grid();
    NumericBins bins = profile.binned();
    boolean fine = bins.detail() == BinDetail.FINE;
    long[] high = new long[rows.length];
    long[] low = new long[rows.length];
    boolean[] unknown = new boolean[rows.length];
    int[] home = new int[bins.sumLow.length];
    Arrays.fill(home, -1);
    for (int bin = 0; bin < cellOf.length; bin++) {
      if (bins.counts[bin] > 0) {
        int cell = cellOf[bin];
        int sumBin = fine ? bin : grid.coarse(bin);
        if (home[sumBin] < 0) {
          home[sumBin] = cell;
          high[cell] = Math.addExact(high[cell], bins.sumHigh[sumBin]);
          low[cell] += bins.sumLow[sumBin];
        } else if (home[sumBin] != cell) {
          unknown[home[sumBin]] = true;
          unknown[cell] = true;
        }
        unknown[cell] |= mayOverflow(grid, CellRange.ofBin(profile, bin));
      }
    }
    for (int cell = 0; cell < sums.length; cell++) {
      double sum = FixedPoint.toDouble(high[cell], low[cell], grid.sumExponent());
      sums[cell] = unknown[cell] || !Double.isFinite(sum) ? Double.NaN : within(cell, sum);
    }
  }

  /** Whether the range holds values that the sums leave out. */
  private static boolean mayOverflow(NumericGrid grid, CellRange range) {
    return grid.units(range.least()) == FixedPoint.TOO_LARGE
        || grid.units(range.greatest()) == FixedPoint.TOO_LARGE;
  }

  /** Each value was rounded once; what the cell's range rules out is undone. */
  private double within(int cell, double sum) {
    return rows[cell] == 0
        ? 0
        : Math.max(least[cell] * rows[cell], Math.min(greatest[cell] * rows[cell], sum));
  }
}
