package io.leeway.profile;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts and sums of values by bin, being added up: the mutable counterpart of {@link NumericBins}.
 *
 * <p>Rows of a bin are counted in 16 bits and moved to 64 before any of them could be full, since a
 * task counts thousands of cells in turn and the fewer lines of memory a cell takes, the nearer it
 * stays. Not safe for use by several threads.
 */
final class BinnedTally {
  /** So many rows fit the narrow counts, whatever their bins. */
  private static final int NARROW = Character.MAX_VALUE;

  private final NumericGrid grid;
  private final BinDetail detail;

  /** Rows by bin since the last {@link #widen}, all together at most {@link #NARROW}. */
  private final char[] near;

  private final char[] nearDecided;

  /** How many rows {@link #near} has room for. */
  private int room = NARROW;

  /** Rows by bin up to the last {@link #widen}; null before the first. */
  private long[] counts;

  private long[] decided;
  private final double[] lows;
  private final double[] highs;

  /** Where each bin's sum is kept: in its own place, or in its coarse bin's. */
  private final int[] sumBins;

  private final long[] sumHigh;
  private final long[] sumLow;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private long squaresHigh;
  private long squaresLow;
  private boolean squaresKnown = true;
  private long overflows;

  BinnedTally(NumericGrid grid, BinDetail detail) {
    this.grid = grid;
    this.detail = detail;
    int bins = grid.bins();
    boolean fine = detail == BinDetail.FINE;
    near = new char[bins];
    nearDecided = grid.splitByDecision() ? new char[bins] : null;
    lows = fine ? filled(bins, Double.POSITIVE_INFINITY) : null;
    highs = fine ? filled(bins, Double.NEGATIVE_INFINITY) : null;
    sumBins = fine ? IntStream.range(0, bins).toArray() : grid.coarse();
    sumHigh = new long[sumBins[bins - 1] + 1];
    sumLow = new long[sumHigh.length];
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }

  /**
   * Adds the rows of a block that have a bin.
   *
   * @param rows their places in the block, from {@code from} on, up to {@code to}
   * @return how many had one
   */
  int add(PlacedValues block, int[] rows, int from, int to) {
    int added = 0;
    int next = from;
    while (next < to) {
      if (room == 0) {
        widen();
      }
      int end = Math.min(to, next + room);
      int placed = count(block, rows, next, end);
      if (nearDecided != null) {
        countDecisions(block, rows, next, end);
      }
      if (lows != null) {
        stretch(block, rows, next, end);
      }
      room -= placed;
      added += placed;
      next = end;
    }
    return added;
  }

  private int count(PlacedValues block, int[] rows, int from, int to) {
    short[] bins = block.bins();
    double[] values = block.values;
    int placed = 0;
    double least = minimum;
    double most = maximum;
    for (int k = from; k < to; k++) {
      int i = rows[k];
      int bin = bins[i];
      if (bin < 0) {
        continue;
      }
      placed++;
      near[bin]++;
      double value = values[i] + 0.0;
      if (value < least) {
        least = value;
      }
      if (value > most) {
        most = value;
      }
      long unit = grid.units(value);
      if (unit == FixedPoint.TOO_LARGE) {
        overflows++;
        continue;
      }
      int sumBin = sumBins[bin];
      long sum = sumLow[sumBin] + unit;
      if (FixedPoint.overflowed(sum, sumLow[sumBin], unit)) {
        sum = carried(sumBin) + unit;
      }
      sumLow[sumBin] = sum;
      addSquare(grid.squareUnits(value));
    }
    minimum = least;
    maximum = most;
    return placed;
  }

  private long carried(int sumBin) {
    sumHigh[sumBin] += FixedPoint.carry(sumLow[sumBin]);
    return FixedPoint.low(sumLow[sumBin]);
  }

  private void addSquare(long units) {
    if (units == FixedPoint.TOO_LARGE) {
      squaresKnown = false;
      return;
    }
    long sum = squaresLow + units;
    if (FixedPoint.overflowed(sum, squaresLow, units)) {
      squaresHigh += FixedPoint.carry(squaresLow);
      sum = FixedPoint.low(squaresLow) + units;
    }
    squaresLow = sum;
  }

  private void countDecisions(PlacedValues block, int[] rows, int from, int to) {
    short[] bins = block.bins();
    for (int k = from; k < to; k++) {
      int i = rows[k];
      if (bins[i] >= 0) {
        nearDecided[bins[i]] += (char) block.positive[i];
      }
    }
  }

  private void stretch(PlacedValues block, int[] rows, int from, int to) {
    short[] bins = block.bins();
    for (int k = from; k < to; k++) {
      int bin = bins[rows[k]];
      if (bin >= 0) {
        double value = block.values[rows[k]] + 0.0;
        if (value < lows[bin]) {
          lows[bin] = value;
        }
        if (value > highs[bin]) {
          highs[bin] = value;
        }
      }
    }
  }

  /** Adds rows of one value, some of which may have a positive decision. */
  void add(double value, long rows, long positive) {
    int bin = grid.bin(value);
    if (rows > room) {
      widen();
    }
    if (rows <= room) {
      room -= (int) rows;
      near[bin] += (char) rows;
      if (nearDecided != null) {
        nearDecided[bin] += (char) positive;
      }
    } else {
      counts[bin] += rows;
      if (decided != null) {
        decided[bin] += positive;
      }
    }
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    if (lows != null) {
      lows[bin] = Math.min(lows[bin], value);
      highs[bin] = Math.max(highs[bin], value);
    }
    addSums(sumBins[bin], value, rows);
  }

  private void addSums(int sumBin, double value, long rows) {
    long units = grid.units(value);
    long squareUnits = grid.squareUnits(value);
    if (units == FixedPoint.TOO_LARGE) {
      overflows += rows;
      return;
    }
    sumHigh[sumBin] += FixedPoint.highOfProduct(units, rows);
    sumHigh[sumBin] += FixedPoint.carry(sumLow[sumBin]);
    sumLow[sumBin] = FixedPoint.low(sumLow[sumBin]) + FixedPoint.lowOfProduct(units, rows);
    if (squareUnits == FixedPoint.TOO_LARGE) {
      squaresKnown = false;
    } else {
      squaresHigh += FixedPoint.highOfProduct(squareUnits, rows);
      squaresHigh += FixedPoint.carry(squaresLow);
      squaresLow = FixedPoint.low(squaresLow) + FixedPoint.lowOfProduct(squareUnits, rows);
    }
  }

  /**
   * Adds all rows of some bins of the same grid.
   *
   * @throws IllegalArgumentException if they were counted in less detail
   */
  void addAll(NumericBins added) {
    if (detail == BinDetail.FINE && added.detail() == BinDetail.COARSE) {
      throw new IllegalArgumentException(
          "A profile with coarse sums cannot be added to a tally of fine ones.");
    }
    NumericBins other = detail == added.detail() ? added : added.coarsened(grid);
    settle();
    minimum = Math.min(minimum, other.minimum);
    maximum = Math.max(maximum, other.maximum);
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += other.counts[bin];
      if (decided != null) {
        decided[bin] += other.decided[bin];
      }
      if (lows != null) {
        lows[bin] = Math.min(lows[bin], other.lows[bin]);
        highs[bin] = Math.max(highs[bin], other.highs[bin]);
      }
    }
    for (int bin = 0; bin < sumLow.length; bin++) {
      sumHigh[bin] = Math.addExact(sumHigh[bin], other.sumHigh[bin]);
      sumLow[bin] += other.sumLow[bin];
    }
    squaresHigh = Math.addExact(squaresHigh, other.squaresHigh);
    squaresLow += other.squaresLow;
    squaresKnown &= other.squaresKnown;
    overflows += other.overflows;
  }

  /** Moves the narrow counts to the wide ones. */
  private void widen() {
    if (counts == null) {
      counts = new long[near.length];
      decided = nearDecided == null ? null : new long[near.length];
    }
    if (room < NARROW) {
      move(near, counts);
      if (nearDecided != null) {
        move(nearDecided, decided);
      }
      room = NARROW;
    }
  }

  private static void move(char[] from, long[] to) {
    for (int bin = 0; bin < to.length; bin++) {
      to[bin] += from[bin];
    }
    Arrays.fill(from, (char) 0);
  }

  /** Brings counts and sums into the one form in which profiles keep them. */
  private void settle() {
    widen();
    for (int bin = 0; bin < sumLow.length; bin++) {
      sumHigh[bin] += FixedPoint.carry(sumLow[bin]);
      sumLow[bin] = FixedPoint.low(sumLow[bin]);
    }
    squaresHigh += FixedPoint.carry(squaresLow);
    squaresLow = FixedPoint.low(squaresLow);
  }

  /** What was added so far. The tally must not be used again. */
  NumericBins bins() {
    settle();
    long totalHigh = 0;
    long totalLow = 0;
    for (int bin = 0; bin < sumLow.length; bin++) {
      totalHigh = Math.addExact(totalHigh, sumHigh[bin]);
      totalLow += sumLow[bin];
    }
    return new NumericBins(
        counts,
        decided,
        lows,
        highs,
        sumHigh,
        sumLow,
        minimum,
        maximum,
        totalHigh + FixedPoint.carry(totalLow),
        FixedPoint.low(totalLow),
        squaresKnown ? squaresHigh : 0,
        squaresKnown ? squaresLow : 0,
        squaresKnown,
        overflows);
  }

  /** Heap held, in bytes, to within a tenth. */
  long bytes() {
    long perBin =
        Character.BYTES * (nearDecided == null ? 1L : 2L)
            + (counts == null ? 0 : Long.BYTES * (decided == null ? 1L : 2L))
            + (lows == null ? 0 : 2L * Double.BYTES);
    return 250 + perBin * near.length + 2L * Long.BYTES * sumLow.length;
  }
}
