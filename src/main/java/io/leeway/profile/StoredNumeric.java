package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.math.BigInteger;
import java.util.Arrays;

/** The stored form of a {@link NumericProfile}: empty bins are left out. */
final class StoredNumeric {
  private StoredNumeric() {}

  static StoredProfile write(NumericProfile profile) {
    StoredProfile.Builder stored = new StoredProfile.Builder(profile.grid().kind());
    stored.rows = profile.rows();
    stored.n = profile.n();
    stored.nulls = profile.nulls();
    stored.nans = profile.nans();
    stored.positiveInfinities = profile.positiveInfinities();
    stored.negativeInfinities = profile.negativeInfinities();
    stored.exact = profile.isExact();
    stored.minimum = profile.minimum();
    stored.maximum = profile.maximum();
    NumericSums sums = profile.sums();
    stored.total = sums.totalUnits();
    stored.squares = sums.squareUnits();
    stored.overflows = sums.overflows();
    if (profile.isExact()) {
      stored.values = profile.values();
      stored.valueCounts = profile.counts();
      stored.valueDecided = profile.decided() == null ? stored.valueDecided : profile.decided();
    } else {
      writeBins(profile.binned(), stored);
    }
    return stored.build();
  }

  private static void writeBins(NumericBins bins, StoredProfile.Builder stored) {
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

  static NumericProfile read(NumericGrid grid, StoredProfile stored) {
    check(grid, stored);
    boolean score = grid.splitByDecision();
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
        stored.exact ? null : bins(grid, stored));
  }

  /** Catches forms of other columns, other grids and other versions before they count as data. */
  private static void check(NumericGrid grid, StoredProfile stored) {
    if (stored.format > StoredProfile.FORMAT || stored.kind == ColumnKind.CATEGORICAL) {
      throw new IllegalArgumentException(
          "A stored profile of format "
              + stored.format
              + " and kind "
              + stored.kind
              + " cannot be read as numeric.");
    }
    int decided = stored.exact ? stored.valueDecided.length : stored.binDecided.length;
    int cells = stored.exact ? stored.values.length : stored.bins.length;
    if (stored.kind != grid.kind() || decided != (grid.splitByDecision() ? cells : 0)) {
      throw new IllegalArgumentException(
          "A stored profile of a column of kind "
              + stored.kind
              + " does not fit a grid of kind "
              + grid.kind()
              + ".");
    }
    for (int bin : stored.bins) {
      if (bin < 0 || bin >= grid.bins()) {
        throw new IllegalArgumentException(
            "A stored profile has rows in bin "
                + bin
                + ", but its grid has the bins 0 to "
                + (grid.bins() - 1)
                + "; it was counted on another grid.");
      }
    }
    long[] counts = stored.exact ? stored.valueCounts : stored.binCounts;
    if (Arrays.stream(counts).sum() != stored.n || Arrays.stream(counts).anyMatch(c -> c <= 0)) {
      throw new IllegalArgumentException(
          "The counts of a stored profile must be positive and add up to its "
              + stored.n
              + " values.");
    }
  }

  private static NumericBins bins(NumericGrid grid, StoredProfile stored) {
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
    boolean squaresKnown = stored.squares != null;
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
        squaresKnown ? FixedPoint.highOf(stored.squares) : 0,
        squaresKnown ? FixedPoint.lowOf(stored.squares) : 0,
        squaresKnown,
        stored.overflows);
  }

  private static double[] filledWith(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }
}
