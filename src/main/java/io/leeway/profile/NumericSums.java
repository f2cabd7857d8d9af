package io.leeway.profile;

import java.math.BigInteger;

/**
 * Sum of the values and of their squares about the grid's centre, in the grid's units.
 *
 * @param squaresKnown whether every square fitted; if not, both halves of the squares are 0
 * @param overflows values that are in neither sum
 */
record NumericSums(
    long totalHigh,
    long totalLow,
    long squaresHigh,
    long squaresLow,
    boolean squaresKnown,
    long overflows) {

  static NumericSums of(NumericBins bins) {
    return new NumericSums(
        bins.totalHigh,
        bins.totalLow,
        bins.squaresHigh,
        bins.squaresLow,
        bins.squaresKnown,
        bins.overflows);
  }

  /** What the bins would hold had these values gone there. */
  static NumericSums of(NumericGrid grid, double[] values, long[] counts) {
    long overflows = 0;
    long totalHigh = 0;
    long totalLow = 0;
    long squaresHigh = 0;
    long squaresLow = 0;
    boolean squaresKnown = true;
    for (int i = 0; i < values.length; i++) {
      long units = grid.units(values[i]);
      long squares = grid.squareUnits(values[i]);
      if (units == FixedPoint.TOO_LARGE) {
        overflows += counts[i];
        continue;
      }
      totalHigh += FixedPoint.highOfProduct(units, counts[i]);
      totalLow += FixedPoint.lowOfProduct(units, counts[i]);
      if (squares == FixedPoint.TOO_LARGE) {
        squaresKnown = false;
      } else {
        squaresHigh += FixedPoint.highOfProduct(squares, counts[i]);
        squaresLow += FixedPoint.lowOfProduct(squares, counts[i]);
      }
    }
    return new NumericSums(
        totalHigh,
        totalLow,
        squaresKnown ? squaresHigh : 0,
        squaresKnown ? squaresLow : 0,
        squaresKnown,
        overflows);
  }

  /** NaN with overflows. */
  double total(NumericGrid grid) {
    return overflows > 0
        ? Double.NaN
        : FixedPoint.toDouble(totalHigh, totalLow, grid.sumExponent());
  }

  /** NaN with overflows. */
  double mean(NumericGrid grid, long n) {
    return overflows > 0
        ? Double.NaN
        : FixedPoint.meanOf(totalHigh, totalLow, n, grid.sumExponent());
  }

  /** With divisor n − 1; NaN with overflows or unknown squares. */
  double variance(NumericGrid grid, long n) {
    if (overflows > 0 || !squaresKnown) {
      return Double.NaN;
    }
    double shift = mean(grid, n) - grid.center();
    double meanSquare = FixedPoint.meanOf(squaresHigh, squaresLow, n, grid.squareExponent());
    return Math.max(0, meanSquare - shift * shift) * (n / (n - 1.0));
  }

  /**
   * How far the {@linkplain #mean mean} can lie from that of the values: each was rounded by half a
   * unit at most, and the division by two units in the last place.
   */
  double meanBound(NumericGrid grid, long n) {
    return Math.scalb(0.5, -grid.sumExponent()) + 2 * Math.ulp(1.0) * Math.abs(mean(grid, n));
  }

  /**
   * How far the {@linkplain #variance variance} can lie from that of the values. With q and u the
   * units of squares and sums, d the mean's distance from the centre and e its bound, at least u/2:
   * the mean square is off by q/2, d² by 2|d|e + e², and both by what doubles cost.
   */
  double varianceBound(NumericGrid grid, long n) {
    double shift = mean(grid, n) - grid.center();
    double meanSquare = FixedPoint.meanOf(squaresHigh, squaresLow, n, grid.squareExponent());
    double ofMean = meanBound(grid, n);
    double ofSquares = Math.scalb(0.5, -grid.squareExponent());
    double ofDoubles = 4 * Math.ulp(1.0) * (meanSquare + shift * shift);
    double ofShift = (2 * Math.abs(shift) + ofMean) * ofMean;
    return (ofSquares + ofShift + ofDoubles) * (n / (n - 1.0));
  }

  BigInteger totalUnits() {
    return FixedPoint.toInteger(totalHigh, totalLow);
  }

  /** Null where they are unknown. */
  BigInteger squareUnits() {
    return squaresKnown ? FixedPoint.toInteger(squaresHigh, squaresLow) : null;
  }
}
