package io.leeway.profile;

/** Between what the values of a cell of a profile lie for certain; the cell must hold rows. */
record CellRange(double least, double greatest) {

  /** The range of a bin of a binned profile. */
  static CellRange ofBin(NumericProfile profile, int bin) {
    NumericBins bins = profile.binned();
    if (bins.lows != null) {
      return new CellRange(bins.lows[bin], bins.highs[bin]);
    }
    NumericGrid grid = profile.grid();
    return new CellRange(
        Math.max(grid.low(bin), bins.minimum), Math.min(grid.high(bin), bins.maximum));
  }
}
