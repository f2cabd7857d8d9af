package io.leeway.scan;

import io.leeway.profile.NumericGrid;

/** Where the values of a block fall on a grid; one for all columns, which are counted in turn. */
final class GridPlaces {
  int[] bins = {};
  long[] units = {};
  long[] squares = {};

  /** Finds the places of the finite values from {@code from} on, up to {@code to}. */
  void find(NumericGrid grid, double[] values, int from, int to) {
    if (bins.length < to) {
      bins = new int[values.length];
      units = new long[values.length];
      squares = new long[values.length];
    }
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (isFinite(value)) {
        bins[i] = grid.bin(value);
        units[i] = grid.units(value);
        squares[i] = grid.squareUnits(value);
      }
    }
  }

  static boolean isFinite(double value) {
    return Math.abs(value) <= Double.MAX_VALUE;
  }
}
