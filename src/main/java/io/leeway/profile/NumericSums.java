package io.leeway.profile;

import java.math.BigInteger;

/** Sum of the values and of their squares about the grid's centre, in the grid's units. */
final class NumericSums {
  final long overflows;
  private final long totalHigh;
  private final long totalLow;
  private final long squaresHigh;
  private final long squaresLow;

  private NumericSums(
      long overflows, long totalHigh, long totalLow, long squaresHigh, long squaresLow) {
    this.overflows = overflows;
    this.totalHigh = totalHigh;
    this.totalLow = totalLow;
    this.squaresHigh = squaresHigh;
    this.squaresLow = squaresLow;
  }

  static NumericSums of(NumericBins bins) {
    return new NumericSums(
        bins.overflows, bins.totalHigh, bins.totalLow, bins.squaresHigh, bins.squaresLow);
  }

  /** What the bins would hold had these values gone there. */
  static NumericSums of(NumericGrid grid, double[] values, long[] counts) {
    long overflows = 0;
    long totalHigh = 0;
    long totalLow = 0;
    long squaresHigh = 0;
    long squaresLow = 0;
    for (int i = 0; i < values.length; i++) {
      long units = grid.units(values[i]);
      long squares = grid.squareUnits(values[i]);
      if (units == FixedPoint.TOO_LARGE || squares == FixedPoint.TOO_LARGE) {
        overflows += counts[i];
        continue;
      }
      totalHigh += FixedPoint.highOfProduct(units, counts[i]);
      totalLow += FixedPoint.lowOfProduct(units, counts[i]);
      squaresHigh += FixedPoint.highOfProduct(squares, counts[i]);
      squaresLow += FixedPoint.lowOfProduct(squares, counts[i]);
    }
    return new NumericSums(overflows, totalHigh, totalLow, squaresHigh, squaresLow);
  }

  double total(NumericGrid grid) {
    return FixedPoint.toDouble(totalHigh, totalLow, grid.sumExponent());
  }

  double squares(NumericGrid grid) {
    return FixedPoint.toDouble(squaresHigh, squaresLow, grid.squareExponent());
  }

  BigInteger totalUnits() {
    return FixedPoint.toInteger(totalHigh, totalLow);
  }

  BigInteger squareUnits() {
    return FixedPoint.toInteger(squaresHigh, squaresLow);
  }
}
