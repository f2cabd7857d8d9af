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
  private final NumericGrid grid;
  private final BinDetail detail;

  private long n;
  private long nulls;
  private long nans;
  private long positiveInfinities;
  private long negativeInfinities;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  private SortedCounts exact;

  private long[] counts;
  private long[] decided;
  private double[] lows;
  private double[] highs;
  private long[] sumHigh;
  private long[] sumLow;
  private long squaresHigh;
  private long squaresLow;
  private boolean squaresKnown = true;
  private long overflows;

  public NumericTally(NumericGrid grid, BinDetail detail) {
    this.grid = grid;
    this.detail = detail;
    this.exact = new SortedCounts(grid.splitByDecision(), grid.exactLimit());
  }

  /** Whether every distinct value is still kept. */
  public boolean isExact() {
    if (exact != null && exact.isOverLimit()) {
      toBins();
    }
    return exact != null;
  }

  /** Whether values go to bins as they come; it may take some rows until they do. */
  public boolean usesBins() {
    return exact == null;
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
    } else {
      n++;
      if (exact == null) {
        addToBins(value + 0.0, 1, positive);
      } else if (exact.add(value + 0.0, positive)) {
        toBins();
      }
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
      if (exact.add(value, positive)) {
        toBins();
      }
      return;
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
    long sum = sumLow[sumBin] + units;
    if (FixedPoint.overflowed(sum, sumLow[sumBin], units)) {
      sumHigh[sumBin] += FixedPoint.carry(sumLow[sumBin]);
      sum = FixedPoint.low(sumLow[sumBin]) + units;
    }
    sumLow[sumBin] = sum;
    if (squareUnits == FixedPoint.TOO_LARGE) {
      squaresKnown = false;
      return;
    }
    long squares = squaresLow + squareUnits;
    if (FixedPoint.overflowed(squares, squaresLow, squareUnits)) {
      squaresHigh += FixedPoint.carry(squaresLow);
      squares = FixedPoint.low(squaresLow) + squareUnits;
    }
    squaresLow = squares;
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
      addExact(profile);
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
    carry();
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

  private void addExact(NumericProfile profile) {
    if (exact == null) {
      carry();
      for (int i = 0; i < profile.distinct(); i++) {
        long positive = grid.splitByDecision() ? profile.decidedAt(i) : 0;
        addToBins(profile.valueAt(i), profile.countAt(i), positive);
      }
      return;
    }
    exact.addAll(
        profile.values(),
        profile.counts(),
        grid.splitByDecision() ? profile.decided() : null,
        profile.distinct());
    if (exact.isOverLimit()) {
      toBins();
    }
  }

  private void toBins() {
    SortedCounts values = exact;
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

  private void carry() {
    for (int bin = 0; bin < sumLow.length; bin++) {
      sumHigh[bin] += FixedPoint.carry(sumLow[bin]);
      sumLow[bin] = FixedPoint.low(sumLow[bin]);
    }
    squaresHigh += FixedPoint.carry(squaresLow);
    squaresLow = FixedPoint.low(squaresLow);
  }

  /** What was added so far. The tally must not be used again. */
  public NumericProfile profile() {
    if (isExact()) {
      return exactProfile();
    }
    carry();
    long totalHigh = 0;
    long totalLow = 0;
    for (int bin = 0; bin < sumLow.length; bin++) {
      totalHigh = Math.addExact(totalHigh, sumHigh[bin]);
      totalLow += sumLow[bin];
    }
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
            totalHigh + FixedPoint.carry(totalLow),
            FixedPoint.low(totalLow),
            squaresKnown ? squaresHigh : 0,
            squaresKnown ? squaresLow : 0,
            squaresKnown,
            overflows);
    return new NumericProfile(
        grid, n, nulls, nans, positiveInfinities, negativeInfinities, null, null, null, bins);
  }

  private NumericProfile exactProfile() {
    return new NumericProfile(
        grid,
        n,
        nulls,
        nans,
        positiveInfinities,
        negativeInfinities,
        exact.values(),
        exact.rows(),
        exact.decided(),
        null);
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
