package io.leeway.profile;

import java.util.Arrays;

/**
 * Counts values into a {@link NumericProfile}: the one mutable place in which rows and profiles are
 * added up.
 *
 * <p>While at most {@link NumericGrid#exactLimit} distinct values were seen, each is kept with its
 * count; with one more, all go to the bins and stay there. Which of the two holds depends on the
 * set of values alone, never on their order. Not safe for use by several threads.
 */
public final class NumericTally {
  /** Low halves of sums are carried at least once in so many rows (see {@link FixedPoint}). */
  private static final long CARRY_MASK = (1L << 30) - 1;

  private final NumericGrid grid;
  private final BinDetail detail;

  private long n;
  private long nulls;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private ValueCounts exact;

  private long[] counts;
  private long[] decided;
  private double[] lows;
  private double[] highs;
  private long[] sumHigh;
  private long[] sumLow;
  private long totalHigh;
  private long totalLow;
  private long squaresHigh;
  private long squaresLow;
  private boolean squaresKnown = true;
  private long overflows;

  public NumericTally(NumericGrid grid, BinDetail detail) {
    this.grid = grid;
    this.detail = detail;
    this.exact = new ValueCounts(grid.splitByDecision());
  }

  /** Whether every distinct value is still kept. */
  public boolean isExact() {
    return exact != null;
  }

  public void addNull() {
    nulls++;
  }

  /** Adds one row whose number is NaN or infinite. */
  public void addNonFinite(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      positiveInfinities++;
    } else if (value == Double.NEGATIVE_INFINITY) {
      negativeInfinities++;
    } else {
      nans++;
    }
  }

  /**
   * Adds one row, whatever its value.
   *
   * @param positive 1 if the model's decision for the row is the positive one, else 0
   */
  public void add(double value, int positive) {
    if (!Double.isFinite(value)) {
      addNonFinite(value);
    } else if (exact != null) {
      addExact(value + 0.0, 1, positive);
      n++;
    } else {
      addToBins(value + 0.0, 1, positive);
      n++;
    }
  }

  /**
   * Adds one row of a finite value whose bin and units the caller has at hand, as {@link
   * NumericGrid#bin}, {@link NumericGrid#units} and {@link NumericGrid#squareUnits} give them.
   *
   * @param value finite, not negative zero
   */
  public void add(double value, int bin, long units, long squareUnits, int positive) {
    n++;
    if (exact != null) {
      addExact(value, 1, positive);
      return;
    }
    if ((n & CARRY_MASK) == 0) {
      carry();
    }
    if (value < minimum) {
      minimum = value;
    }
    if (value > maximum) {
      maximum = value;
    }
    counts[bin]++;
    if (decided != null) {
      decided[bin] += positive;
    }
    int sumBin = bin;
    if (lows != null) {
      if (value < lows[bin]) {
        lows[bin] = value;
      }
      if (value > highs[bin]) {
        highs[bin] = value;
      }
    } else {
      sumBin = grid.coarse(bin);
    }
    if (units == FixedPoint.TOO_LARGE) {
      overflows++;
      return;
    }
    long high = FixedPoint.high(units);
    long low = FixedPoint.low(units);
    sumHigh[sumBin] += high;
    sumLow[sumBin] += low;
    totalHigh += high;
    totalLow += low;
    if (squareUnits == FixedPoint.TOO_LARGE) {
      squaresKnown = false;
    } else {
      squaresHigh += FixedPoint.high(squareUnits);
      squaresLow += FixedPoint.low(squareUnits);
    }
  }

  /**
   * Adds all rows of a profile. One of fine detail may be added to a coarse tally.
   *
   * @throws IllegalArgumentException if it was counted on another grid or in less detail
   */
  public void addAll(NumericProfile profile) {
    if (!grid.equals(profile.grid())) {
      throw new IllegalArgumentException(
          "Profiles on different grids do not add up; compare them on common edges.");
    }
    nulls += profile.nulls();
    nans += profile.nans();
    positiveInfinities += profile.positiveInfinities();
    negativeInfinities += profile.negativeInfinities();
    n += profile.n();
    if (profile.isExact()) {
      for (int i = 0; i < profile.distinct(); i++) {
        long positive = grid.splitByDecision() ? profile.decidedAt(i) : 0;
        if (exact != null) {
          addExact(profile.valueAt(i), profile.countAt(i), positive);
        } else {
          addToBins(profile.valueAt(i), profile.countAt(i), positive);
        }
      }
      if (exact == null) {
        carry();
      }
    } else {
      if (exact != null) {
        toBins();
      }
      addBins(profile.binned());
    }
  }

  private void addBins(NumericBins added) {
    if (detail == BinDetail.FINE && added.detail() == BinDetail.COARSE) {
      throw new IllegalArgumentException(
          "A profile with coarse sums cannot be added to a tally of fine ones.");
    }
    NumericBins other = detail == added.detail() ? added : added.coarsened(grid);
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
    totalHigh = Math.addExact(totalHigh, other.totalHigh);
    totalLow += other.totalLow;
    squaresHigh = Math.addExact(squaresHigh, other.squaresHigh);
    squaresLow += other.squaresLow;
    squaresKnown &= other.squaresKnown;
    overflows += other.overflows;
    carry();
  }

  private void addExact(double value, long rows, long positive) {
    exact.add(value, rows, positive);
    if (exact.size() > grid.exactLimit()) {
      toBins();
    }
  }

  private void toBins() {
    ValueCounts values = exact;
    exact = null;
    int bins = grid.bins();
    int sumBins = grid.coarseBins();
    counts = new long[bins];
    if (grid.splitByDecision()) {
      decided = new long[bins];
    }
    if (detail == BinDetail.FINE) {
      sumBins = bins;
      lows = new double[bins];
      highs = new double[bins];
      Arrays.fill(lows, Double.POSITIVE_INFINITY);
      Arrays.fill(highs, Double.NEGATIVE_INFINITY);
    }
    sumHigh = new long[sumBins];
    sumLow = new long[sumBins];
    values.forEach(this::addToBins);
  }

  private void addToBins(double value, long rows, long positive) {
    int bin = grid.bin(value);
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
    counts[bin] += rows;
    if (decided != null) {
      decided[bin] += positive;
    }
    int sumBin = bin;
    if (lows != null) {
      lows[bin] = Math.min(lows[bin], value);
      highs[bin] = Math.max(highs[bin], value);
    } else {
      sumBin = grid.coarse(bin);
    }
    addSums(sumBin, value, rows);
  }

  private void addSums(int sumBin, double value, long rows) {
    long units = grid.units(value);
    long squareUnits = grid.squareUnits(value);
    if (units == FixedPoint.TOO_LARGE) {
      overflows += rows;
      return;
    }
    long high = FixedPoint.highOfProduct(units, rows);
    long low = FixedPoint.lowOfProduct(units, rows);
    sumHigh[sumBin] += high;
    sumLow[sumBin] += low;
    totalHigh += high;
    totalLow += low;
    if (squareUnits == FixedPoint.TOO_LARGE) {
      squaresKnown = false;
    } else {
      squaresHigh += FixedPoint.highOfProduct(squareUnits, rows);
      squaresLow += FixedPoint.lowOfProduct(squareUnits, rows);
    }
  }

  private void carry() {
    for (int bin = 0; bin < sumLow.length; bin++) {
      sumHigh[bin] += FixedPoint.carry(sumLow[bin]);
      sumLow[bin] = FixedPoint.low(sumLow[bin]);
    }
    totalHigh += FixedPoint.carry(totalLow);
    totalLow = FixedPoint.low(totalLow);
    squaresHigh += FixedPoint.carry(squaresLow);
    squaresLow = FixedPoint.low(squaresLow);
  }

  /** What was added so far. The tally must not be used again. */
  public NumericProfile profile() {
    if (exact != null) {
      return exactProfile();
    }
    carry();
    NumericBins bins =
        new NumericBins(
            counts,
            decided,
            lows,
            highs,
            sumHigh,
            sumLow,
            minimum,
            maximum,
            totalHigh,
            totalLow,
            squaresKnown ? squaresHigh : 0,
            squaresKnown ? squaresLow : 0,
            squaresKnown,
            overflows);
    return new NumericProfile(
        grid, n, nulls, nans, positiveInfinities, negativeInfinities, null, null, null, bins);
  }

  private NumericProfile exactProfile() {
    double[] values = exact.ascendingValues();
    long[] rows = new long[values.length];
    long[] positive = grid.splitByDecision() ? new long[values.length] : null;
    for (int i = 0; i < values.length; i++) {
      rows[i] = exact.rows(values[i]);
      if (positive != null) {
        positive[i] = exact.positive(values[i]);
      }
    }
    return new NumericProfile(
        grid, n, nulls, nans, positiveInfinities, negativeInfinities, values, rows, positive, null);
  }

  /** Heap held by this tally, in bytes, to within a tenth. */
  public long bytes() {
    if (exact != null) {
      return 200 + exact.bytes();
    }
    long perBin = 8L * (1 + (decided == null ? 0 : 1) + (lows == null ? 0 : 2));
    return 300 + perBin * counts.length + 16L * sumLow.length;
  }
}
