package io.leeway.profile;

import java.util.Arrays;

/**
 * The binned state of a numeric column: counts and, by detail, least, greatest and sum of the
 * values per bin. Arrays are owned by this object and never change once it is made; sums are
 * carried (see {@link FixedPoint}).
 */
final class NumericBins {
  final long[] counts;
  final long[] decided;
  final double[] lows;
  final double[] highs;
  final long[] sumHigh;
  final long[] sumLow;
  final double minimum;
  final double maximum;
  final long totalHigh;
  final long totalLow;
  final long squaresHigh;
  final long squaresLow;
  final boolean squaresKnown;
  final long overflows;

  /**
   * @param decided null for columns that are not split by decision
   * @param lows null where only coarse sums are kept; positive infinity in empty bins
   * @param highs null where only coarse sums are kept; negative infinity in empty bins
   * @param squaresKnown whether every square fitted; if not, both halves of the squares are 0
   */
  NumericBins(
      long[] counts,
      long[] decided,
      double[] lows,
      double[] highs,
      long[] sumHigh,
      long[] sumLow,
      double minimum,
      double maximum,
      long totalHigh,
      long totalLow,
      long squaresHigh,
      long squaresLow,
      boolean squaresKnown,
      long overflows) {
    this.counts = counts;
    this.decided = decided;
    this.lows = lows;
    this.highs = highs;
    this.sumHigh = sumHigh;
    this.sumLow = sumLow;
    this.minimum = minimum;
    this.maximum = maximum;
    this.totalHigh = totalHigh;
    this.totalLow = totalLow;
    this.squaresHigh = squaresHigh;
    this.squaresLow = squaresLow;
    this.squaresKnown = squaresKnown;
    this.overflows = overflows;
  }

  BinDetail detail() {
    return lows == null ? BinDetail.COARSE : BinDetail.FINE;
  }

  /** The same rows with coarse sums only. */
  NumericBins coarsened(NumericGrid grid) {
    long[] coarseHigh = new long[grid.coarseBins()];
    long[] coarseLow = new long[grid.coarseBins()];
    for (int bin = 0; bin < counts.length; bin++) {
      coarseHigh[grid.coarse(bin)] += sumHigh[bin];
      coarseLow[grid.coarse(bin)] += sumLow[bin];
    }
    for (int bin = 0; bin < coarseLow.length; bin++) {
      coarseHigh[bin] += FixedPoint.carry(coarseLow[bin]);
      coarseLow[bin] = FixedPoint.low(coarseLow[bin]);
    }
    return new NumericBins(
        counts,
        decided,
        null,
        null,
        coarseHigh,
        coarseLow,
        minimum,
        maximum,
        totalHigh,
        totalLow,
        squaresHigh,
        squaresLow,
        squaresKnown,
        overflows);
  }

  /**
   * The same rows over fewer bins.
   *
   * @param to has no edge and no end of a coarse bin that {@code from} has not, and its scales
   */
  NumericBins over(NumericGrid from, NumericGrid to) {
    boolean fine = lows != null;
    long[] toCounts = new long[to.bins()];
    long[] toDecided = decided == null ? null : new long[to.bins()];
    double[] toLows = fine ? new double[to.bins()] : null;
    double[] toHighs = fine ? new double[to.bins()] : null;
    if (fine) {
      Arrays.fill(toLows, Double.POSITIVE_INFINITY);
      Arrays.fill(toHighs, Double.NEGATIVE_INFINITY);
    }
    int[] sumBinOf = new int[sumLow.length];
    for (int bin = 0; bin < counts.length; bin++) {
      int into = bin == 0 ? 0 : to.bin(from.low(bin));
      toCounts[into] += counts[bin];
      if (toDecided != null) {
        toDecided[into] += decided[bin];
      }
      if (fine) {
        toLows[into] = Math.min(toLows[into], lows[bin]);
        toHighs[into] = Math.max(toHighs[into], highs[bin]);
      }
      sumBinOf[fine ? bin : from.coarse(bin)] = fine ? into : to.coarse(into);
    }
    long[] toHigh = new long[fine ? to.bins() : to.coarseBins()];
    long[] toLow = new long[toHigh.length];
    for (int bin = 0; bin < sumLow.length; bin++) {
      toHigh[sumBinOf[bin]] = Math.addExact(toHigh[sumBinOf[bin]], sumHigh[bin]);
      toLow[sumBinOf[bin]] += sumLow[bin];
    }
    for (int bin = 0; bin < toLow.length; bin++) {
      toHigh[bin] += FixedPoint.carry(toLow[bin]);
      toLow[bin] = FixedPoint.low(toLow[bin]);
    }
    return new NumericBins(
        toCounts,
        toDecided,
        toLows,
        toHighs,
        toHigh,
        toLow,
        minimum,
        maximum,
        totalHigh,
        totalLow,
        squaresHigh,
        squaresLow,
        squaresKnown,
        overflows);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof NumericBins other
        && Arrays.equals(counts, other.counts)
        && Arrays.equals(decided, other.decided)
        && Arrays.equals(lows, other.lows)
        && Arrays.equals(highs, other.highs)
        && Arrays.equals(sumHigh, other.sumHigh)
        && Arrays.equals(sumLow, other.sumLow)
        && Double.compare(minimum, other.minimum) == 0
        && Double.compare(maximum, other.maximum) == 0
        && totalHigh == other.totalHigh
        && totalLow == other.totalLow
        && squaresHigh == other.squaresHigh
        && squaresLow == other.squaresLow
        && squaresKnown == other.squaresKnown
        && overflows == other.overflows;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts) * 31 + Arrays.hashCode(sumLow);
  }
}
