package io.leeway.profile;

/**
 * A quantile by linear interpolation between the two order statistics about position {@code (n − 1)
 * q}, counted from 0 (type 7 of Hyndman and Fan).
 *
 * <p>Exact where the two are known. Otherwise each lies in a known bin, between the least and the
 * greatest value that the bin can hold here: those seen, in fine detail; the bin's edges within
 * minimum and maximum, else. The value then takes the bin's rows as evenly spread, and {@code
 * |value − truth| <= errorBound} whatever they are.
 *
 * @param value finite
 * @param errorBound &ge; 0, in the column's unit; 0 where exact
 * @see <a href="https://doi.org/10.1080/00031305.1996.10473566">Hyndman and Fan (1996), sample
 *     quantiles</a>
 */
public record NumericQuantile(double value, double errorBound) {

  static NumericQuantile of(NumericProfile profile, double q) {
    double position = (profile.n() - 1) * q;
    long below = (long) Math.floor(position);
    double share = position - below;
    OrderStatistic lower = OrderStatistic.of(profile, below);
    OrderStatistic upper = OrderStatistic.of(profile, Math.min(profile.n() - 1, below + 1));
    double value = interpolate(lower.value, upper.value, share);
    if (lower.isKnown() && (upper.isKnown() || share == 0)) {
      return new NumericQuantile(value, 0);
    }
    double least = interpolate(lower.least, upper.least, share);
    double greatest = interpolate(lower.greatest, upper.greatest, share);
    double bound = Math.max(greatest - value, value - least);
    if (Double.isInfinite(bound)) {
      value = least / 2 + greatest / 2;
      bound = Math.max(greatest - value, value - least);
    }
    // Each interpolation is off by three roundings at most; they must not cost the guarantee.
    double rounding = Math.ulp(Math.max(Math.abs(lower.least), Math.abs(upper.greatest)));
    return new NumericQuantile(value, Math.min(Double.MAX_VALUE, bound + 8 * rounding));
  }

  /** The least that the {@code rank}-th value can be, from 0. */
  static double least(NumericProfile profile, long rank) {
    return OrderStatistic.of(profile, rank).least;
  }

  /** The greatest that the {@code rank}-th value can be, from 0. */
  static double greatest(NumericProfile profile, long rank) {
    return OrderStatistic.of(profile, rank).greatest;
  }

  /**
   * A share of the way from {@code low} to {@code high}, from the nearer end, so that a share of 1
   * gives the upper value exactly, as numerical libraries have it.
   */
  static double interpolate(double low, double high, double share) {
    double step = high - low;
    if (Double.isInfinite(step)) {
      return low * (1 - share) + high * share;
    }
    return share < 0.5 ? low + step * share : high - step * (1 - share);
  }

  /** The value of one rank, and between what it lies for certain. */
  private record OrderStatistic(double least, double value, double greatest) {

    boolean isKnown() {
      return least == greatest;
    }

    static OrderStatistic of(NumericProfile profile, long rank) {
      if (rank == 0) {
        return known(profile.minimum());
      }
      if (rank == profile.n() - 1) {
        return known(profile.maximum());
      }
      long[] counts = profile.isExact() ? profile.counts() : profile.binned().counts;
      int cell = 0;
      long before = 0;
      while (before + counts[cell] <= rank) {
        before += counts[cell++];
      }
      return profile.isExact()
          ? known(profile.valueAt(cell))
          : inBin(profile, cell, rank - before, counts[cell]);
    }

    private static OrderStatistic known(double value) {
      return new OrderStatistic(value, value, value);
    }

    /** The {@code place}-th, from 0, of the rows in a bin. */
    private static OrderStatistic inBin(NumericProfile profile, int bin, long place, long rows) {
      CellRange range = CellRange.ofBin(profile, bin);
      boolean endsSeen = profile.binned().lows != null;
      if (endsSeen && place == 0) {
        return known(range.least());
      }
      if (endsSeen && place == rows - 1) {
        return known(range.greatest());
      }
      double even = (place + 0.5) / rows;
      return new OrderStatistic(
          range.least(), interpolate(range.least(), range.greatest(), even), range.greatest());
    }
  }
}
