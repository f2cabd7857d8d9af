package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is known of a numeric or score column in one segment: every value with its count while they
 * are few, counts and sums per bin above that. Immutable; equal states are equal objects.
 */
public final class NumericProfile implements Profile<NumericProfile> {
  private final NumericGrid grid;
  private final long n;
  private final long nulls;
  private final long nans;
  private final long positiveInfinities;
  private final long negativeInfinities;
  private final double[] values;
  private final long[] counts;
  private final long[] decided;
  private final NumericBins bins;

  /** Either values, counts (and, for scores, decided) or bins are given; the others are null. */
  NumericProfile(
      NumericGrid grid,
      long n,
      long nulls,
      long nans,
      long positiveInfinities,
      long negativeInfinities,
      double[] values,
      long[] counts,
      long[] decided,
      NumericBins bins) {
    this.grid = grid;
    this.n = n;
    this.nulls = nulls;
    this.nans = nans;
    this.positiveInfinities = positiveInfinities;
    this.negativeInfinities = negativeInfinities;
    this.values = values;
    this.counts = counts;
    this.decided = decided;
    this.bins = bins;
  }

  /** The state of no rows. */
  public static NumericProfile empty(NumericGrid grid) {
    return new NumericTally(grid, BinDetail.FINE).profile();
  }

  public NumericGrid grid() {
    return grid;
  }

  @Override
  public long rows() {
    return n + nulls + nans + positiveInfinities + negativeInfinities;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public long nulls() {
    return nulls;
  }

  public long nans() {
    return nans;
  }

  public long positiveInfinities() {
    return positiveInfinities;
  }

  public long negativeInfinities() {
    return negativeInfinities;
  }

  /** Whether every distinct value is known with its count. */
  public boolean isExact() {
    return bins == null;
  }

  /**
   * Number of distinct values.
   *
   * @throws IllegalStateException if the profile is not exact
   */
  public int distinct() {
    if (bins != null) {
      throw new IllegalStateException("Distinct values are known only of an exact profile.");
    }
    return values.length;
  }

  double valueAt(int index) {
    return values[index];
  }

  long countAt(int index) {
    return counts[index];
  }

  long decidedAt(int index) {
    return decided[index];
  }

  NumericBins binned() {
    return bins;
  }

  /** Least value; NaN without values. */
  public double minimum() {
    if (n == 0) {
      return Double.NaN;
    }
    return bins == null ? values[0] : bins.minimum;
  }

  /** Greatest value; NaN without values. */
  public double maximum() {
    if (n == 0) {
      return Double.NaN;
    }
    return bins == null ? values[values.length - 1] : bins.maximum;
  }

  /** Rows of every fine bin. */
  public long[] binCounts() {
    if (bins != null) {
      return bins.counts.clone();
    }
    long[] perBin = new long[grid.bins()];
    for (int i = 0; i < values.length; i++) {
      perBin[grid.bin(values[i])] += counts[i];
    }
    return perBin;
  }

  /**
   * Rows below the first cut, from each cut to the next, and from the last cut on: one more than
   * cuts.
   *
   * @param cuts ascending edges of the grid
   */
  public long[] countsBetween(double[] cuts) {
    long[] perBin = binCounts();
    long[] between = new long[cuts.length + 1];
    for (int bin = 0; bin < perBin.length; bin++) {
      int position = Arrays.binarySearch(cuts, grid.low(bin));
      between[position >= 0 ? position + 1 : -position - 1] += perBin[bin];
    }
    return between;
  }

  /**
   * How many values were too large for the sums; while there are any, mean and deviation are
   * unknown.
   */
  public long overflows() {
    return sums().overflows;
  }

  /** Arithmetic mean; NaN without values or with overflows. */
  public double mean() {
    NumericSums sums = sums();
    return n == 0 || sums.overflows > 0 ? Double.NaN : sums.total(grid) / n;
  }

  /**
   * Variance with divisor n − 1; NaN below two values or with overflows.
   *
   * <p>From the sum of squares about the grid's centre c: (Σ(x−c)² − n(mean−c)²) / (n−1), not below
   * 0.
   */
  public double variance() {
    NumericSums sums = sums();
    if (n < 2 || sums.overflows > 0) {
      return Double.NaN;
    }
    double shift = sums.total(grid) / n - grid.center();
    return Math.max(0, (sums.squares(grid) - n * shift * shift) / (n - 1));
  }

  /** Sum of all values; NaN with overflows. */
  public double total() {
    NumericSums sums = sums();
    return sums.overflows > 0 ? Double.NaN : sums.total(grid);
  }

  NumericSums sums() {
    return bins == null ? NumericSums.of(grid, values, counts) : NumericSums.of(bins);
  }

  /** Rows with a positive decision; only of a score. */
  public long decidedRows() {
    return Arrays.stream(bins == null ? decided : bins.decided).sum();
  }

  @Override
  public NumericProfile merge(NumericProfile other) {
    NumericTally tally = new NumericTally(grid, detailWith(other));
    tally.addAll(this);
    tally.addAll(other);
    return tally.profile();
  }

  private BinDetail detailWith(NumericProfile other) {
    if (bins != null) {
      return bins.detail();
    }
    return other.bins == null ? BinDetail.FINE : other.bins.detail();
  }

  @Override
  public StoredProfile stored() {
    StoredProfile.Builder stored = new StoredProfile.Builder(grid.kind());
    stored.rows = rows();
    stored.n = n;
    stored.nulls = nulls;
    stored.nans = nans;
    stored.positiveInfinities = positiveInfinities;
    stored.negativeInfinities = negativeInfinities;
    stored.exact = bins == null;
    stored.minimum = minimum();
    stored.maximum = maximum();
    NumericSums sums = sums();
    stored.total = sums.totalUnits();
    stored.squares = sums.squareUnits();
    stored.overflows = sums.overflows;
    if (bins == null) {
      stored.values = values;
      stored.valueCounts = counts;
      stored.valueDecided = decided == null ? stored.valueDecided : decided;
    } else {
      storeBins(stored);
    }
    return stored.build();
  }

  private void storeBins(StoredProfile.Builder stored) {
    int[] filled = filled(bins.counts);
    stored.bins = filled;
    stored.binCounts = pick(bins.counts, filled);
    if (bins.decided != null) {
      stored.binDecided = pick(bins.decided, filled);
    }
    if (bins.lows != null) {
      stored.binLows = Arrays.stream(filled).mapToDouble(bin -> bins.lows[bin]).toArray();
      stored.binHighs = Arrays.stream(filled).mapToDouble(bin -> bins.highs[bin]).toArray();
    }
    int sumBins = 0;
    int[] withSum = new int[bins.sumLow.length];
    for (int bin = 0; bin < bins.sumLow.length; bin++) {
      if (bins.sumLow[bin] != 0 || bins.sumHigh[bin] != 0) {
        withSum[sumBins++] = bin;
      }
    }
    stored.sumBins = Arrays.copyOf(withSum, sumBins);
    stored.sums = new BigInteger[sumBins];
    for (int i = 0; i < sumBins; i++) {
      stored.sums[i] = FixedPoint.toInteger(bins.sumHigh[withSum[i]], bins.sumLow[withSum[i]]);
    }
  }

  private static int[] filled(long[] counts) {
    int[] filled = new int[counts.length];
    int size = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] != 0) {
        filled[size++] = bin;
      }
    }
    return Arrays.copyOf(filled, size);
  }

  private static long[] pick(long[] from, int[] indices) {
    long[] picked = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      picked[i] = from[indices[i]];
    }
    return picked;
  }

  /**
   * Rebuilds a profile from its stored form.
   *
   * @throws IllegalArgumentException if the form is of a later format or does not fit the grid
   */
  public static NumericProfile of(NumericGrid grid, StoredProfile stored) {
    if (stored.format > StoredProfile.FORMAT || stored.kind == ColumnKind.CATEGORICAL) {
      throw new IllegalArgumentException(
          "A stored profile of format "
              + stored.format
              + " and kind "
              + stored.kind
              + " cannot be read as numeric.");
    }
    boolean score = grid.splitByDecision();
    NumericBins bins = stored.exact ? null : binsOf(grid, stored);
    return new NumericProfile(
        grid,
        stored.n,
        stored.nulls,
        stored.nans,
        stored.positiveInfinities,
        stored.negativeInfinities,
        stored.exact ? stored.values : null,
        stored.exact ? stored.valueCounts : null,
        stored.exact && score ? stored.valueDecided : null,
        bins);
  }

  private static NumericBins binsOf(NumericGrid grid, StoredProfile stored) {
    int bins = grid.bins();
    boolean fine = stored.binLows.length > 0;
    long[] counts = new long[bins];
    long[] decided = grid.splitByDecision() ? new long[bins] : null;
    double[] lows = fine ? filledWith(bins, Double.POSITIVE_INFINITY) : null;
    double[] highs = fine ? filledWith(bins, Double.NEGATIVE_INFINITY) : null;
    for (int i = 0; i < stored.bins.length; i++) {
      int bin = stored.bins[i];
      counts[bin] = stored.binCounts[i];
      if (decided != null) {
        decided[bin] = stored.binDecided[i];
      }
      if (fine) {
        lows[bin] = stored.binLows[i];
        highs[bin] = stored.binHighs[i];
      }
    }
    int sumBins = fine ? bins : grid.coarseBins();
    long[] sumHigh = new long[sumBins];
    long[] sumLow = new long[sumBins];
    for (int i = 0; i < stored.sumBins.length; i++) {
      sumHigh[stored.sumBins[i]] = FixedPoint.highOf(stored.sums[i]);
      sumLow[stored.sumBins[i]] = FixedPoint.lowOf(stored.sums[i]);
    }
    return new NumericBins(
        counts,
        decided,
        lows,
        highs,
        sumHigh,
        sumLow,
        stored.minimum,
        stored.maximum,
        FixedPoint.highOf(stored.total),
        FixedPoint.lowOf(stored.total),
        FixedPoint.highOf(stored.squares),
        FixedPoint.lowOf(stored.squares),
        stored.overflows);
  }

  private static double[] filledWith(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof NumericProfile other
        && grid.equals(other.grid)
        && n == other.n
        && nulls == other.nulls
        && nans == other.nans
        && positiveInfinities == other.positiveInfinities
        && negativeInfinities == other.negativeInfinities
        && Arrays.equals(values, other.values)
        && Arrays.equals(counts, other.counts)
        && Arrays.equals(decided, other.decided)
        && Objects.equals(bins, other.bins);
  }

  @Override
  public int hashCode() {
    return Objects.hash(n, nulls, nans, Arrays.hashCode(values), Arrays.hashCode(counts), bins);
  }
}
