package io.leeway.stats.drift;

import java.util.Arrays;

/**
 * Reference and window of one numeric column, counted over common cells in ascending order.
 *
 * <p>A cell holds values in {@code [low, high]}; {@code low == high} says that it holds that one
 * value only. For an open-ended cell give the least and the greatest value known to lie in it.
 * Neighbours may touch: a value at a shared border belongs to one of them, and all of a cell's
 * values come before all of the next one's. Cells that are empty on both sides need not be given
 * and are dropped. Missing, NaN and infinite values are not counted here.
 *
 * <p>Where the sum of a cell's values is known on a side, distances that integrate become sharper;
 * {@code NaN} says that it is not.
 */
public final class AlignedCounts {
  private final double[] low;
  private final double[] high;
  private final long[] reference;
  private final long[] window;
  private final double[] referenceSum;
  private final double[] windowSum;
  private final long nRef;
  private final long nWin;

  private AlignedCounts(Builder builder) {
    int cells = builder.cells;
    low = Arrays.copyOf(builder.low, cells);
    high = Arrays.copyOf(builder.high, cells);
    reference = Arrays.copyOf(builder.reference, cells);
    window = Arrays.copyOf(builder.window, cells);
    referenceSum = Arrays.copyOf(builder.referenceSum, cells);
    windowSum = Arrays.copyOf(builder.windowSum, cells);
    long allReference = 0;
    long allWindow = 0;
    for (int i = 0; i < cells; i++) {
      allReference = Math.addExact(allReference, reference[i]);
      allWindow = Math.addExact(allWindow, window[i]);
    }
    nRef = allReference;
    nWin = allWindow;
  }

  /**
   * An empty builder.
   *
   * @param cells about how many cells will follow
   */
  public static Builder builder(int cells) {
    return new Builder(cells);
  }

  /** How many cells there are; each has a count on at least one side. */
  public int cells() {
    return low.length;
  }

  /** Rows of the reference. */
  public long nRef() {
    return nRef;
  }

  /** Rows of the window. */
  public long nWin() {
    return nWin;
  }

  /** The least value that may lie in a cell. */
  public double low(int cell) {
    return low[cell];
  }

  /** The greatest value that may lie in a cell. */
  public double high(int cell) {
    return high[cell];
  }

  public long reference(int cell) {
    return reference[cell];
  }

  public long window(int cell) {
    return window[cell];
  }

  /** The sum of the reference's values in a cell; {@code NaN} where it is unknown. */
  public double referenceSum(int cell) {
    return referenceSum[cell];
  }

  /** The sum of the window's values in a cell; {@code NaN} where it is unknown. */
  public double windowSum(int cell) {
    return windowSum[cell];
  }

  /** Whether all values of a cell are known to be equal. */
  boolean holdsOneValue(int cell) {
    return low[cell] == high[cell];
  }

  /**
   * The same values, those below {@code from} moved to {@code from} and those above {@code to}
   * moved to {@code to}. A cell across a border keeps its counts within narrower bounds; its sums
   * are then unknown.
   */
  public AlignedCounts cut(double from, double to) {
    if (!(from <= to) || Double.isInfinite(from) || Double.isInfinite(to)) {
      throw new IllegalArgumentException(
          "Values are cut to a finite range, but got [" + from + ", " + to + "].");
    }
    Builder builder = new Builder(cells());
    long[] below = new long[2];
    long[] above = new long[2];
    int first = 0;
    while (first < cells() && high[first] <= from) {
      below[0] += reference[first];
      below[1] += window[first++];
    }
    int last = cells();
    while (last > first && low[last - 1] >= to) {
      above[0] += reference[--last];
      above[1] += window[last];
    }
    builder.point(from, below[0], below[1]);
    for (int i = first; i < last; i++) {
      boolean whole = low[i] >= from && high[i] <= to;
      builder.cell(
          Math.max(low[i], from),
          Math.min(high[i], to),
          reference[i],
          window[i],
          whole ? referenceSum[i] : Double.NaN,
          whole ? windowSum[i] : Double.NaN);
    }
    builder.point(to, above[0], above[1]);
    return builder.build();
  }

  /**
   * Cut at the reference's quantiles of the shares {@code from} and {@code to}, each placed within
   * its cell by linear interpolation.
   *
   * @throws IllegalArgumentException if the reference has no rows
   */
  public AlignedCounts cutAtReference(double from, double to) {
    if (!(from >= 0 && from <= to && to <= 1) || nRef == 0) {
      throw new IllegalArgumentException(
          "Values are cut at two shares of a reference with rows, but got "
              + from
              + " and "
              + to
              + " of "
              + nRef
              + " rows.");
    }
    return cut(referenceQuantile(from), referenceQuantile(to));
  }

  private double referenceQuantile(double share) {
    double rank = share * nRef;
    double before = 0;
    int cell = 0;
    for (int i = 0; i < cells(); i++) {
      if (reference[i] > 0) {
        cell = i;
        if (before + reference[i] >= rank) {
          double within = Math.min(1, (rank - before) / reference[i]);
          return low[i] + within * (high[i] - low[i]);
        }
        before += reference[i];
      }
    }
    return high[cell];
  }

  /** Collects cells, lowest first. */
  public static final class Builder {
    private double[] low;
    private double[] high;
    private long[] reference;
    private long[] window;
    private double[] referenceSum;
    private double[] windowSum;
    private double end = Double.NEGATIVE_INFINITY;
    private int cells;

    private Builder(int expected) {
      int room = Math.max(expected, 1) + 2;
      low = new double[room];
      high = new double[room];
      reference = new long[room];
      window = new long[room];
      referenceSum = new double[room];
      windowSum = new double[room];
    }

    /** A cell of one value. */
    public Builder point(double value, long inReference, long inWindow) {
      return cell(value, value, inReference, inWindow, value * inReference, value * inWindow);
    }

    /** A cell whose sums are unknown. */
    public Builder cell(double least, double greatest, long inReference, long inWindow) {
      return cell(least, greatest, inReference, inWindow, Double.NaN, Double.NaN);
    }

    /**
     * A cell.
     *
     * @param least low bound, not below the high bound of the cell before
     * @param greatest high bound, not below {@code least}
     * @param inReference count, &ge; 0
     * @param inWindow count, &ge; 0
     * @param sumInReference sum of the reference's values, {@code NaN} if unknown; not read where
     *     the count is 0
     * @param sumInWindow likewise
     */
    public Builder cell(
        double least,
        double greatest,
        long inReference,
        long inWindow,
        double sumInReference,
        double sumInWindow) {
      if (inReference < 0 || inWindow < 0) {
        throw new IllegalArgumentException(
            "Counts must not be negative, but are " + inReference + " and " + inWindow + ".");
      }
      if (inReference == 0 && inWindow == 0) {
        return this;
      }
      if (!(least >= end && least <= greatest)
          || Double.isInfinite(least)
          || Double.isInfinite(greatest)) {
        throw new IllegalArgumentException(
            "Cell ["
                + least
                + ", "
                + greatest
                + "] must have finite bounds in order and start at or above "
                + end
                + ", where the cell before ends.");
      }
      if (cells > 0 && least == greatest && low[cells - 1] == least && end == least) {
        // The same single value again: one cell, or its two parts would look like two values.
        reference[cells - 1] += inReference;
        window[cells - 1] += inWindow;
        referenceSum[cells - 1] = least * reference[cells - 1];
        windowSum[cells - 1] = least * window[cells - 1];
        return this;
      }
      if (cells == low.length) {
        grow();
      }
      boolean one = least == greatest;
      low[cells] = least;
      high[cells] = greatest;
      reference[cells] = inReference;
      window[cells] = inWindow;
      referenceSum[cells] = one ? least * inReference : inReference == 0 ? 0 : sumInReference;
      windowSum[cells] = one ? least * inWindow : inWindow == 0 ? 0 : sumInWindow;
      end = greatest;
      cells++;
      return this;
    }

    public AlignedCounts build() {
      return new AlignedCounts(this);
    }

    private void grow() {
      int room = 2 * cells;
      low = Arrays.copyOf(low, room);
      high = Arrays.copyOf(high, room);
      reference = Arrays.copyOf(reference, room);
      window = Arrays.copyOf(window, room);
      referenceSum = Arrays.copyOf(referenceSum, room);
      windowSum = Arrays.copyOf(windowSum, room);
    }
  }
}
