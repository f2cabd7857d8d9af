package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The stored form of every profile, column by column as in the table {@code profiles}. Arrays of
 * one group have one length; those that a kind does not use are empty. A profile is rebuilt by the
 * grid it was counted on.
 *
 * <p>Arrays are handed over, not copied: this is the form between a task and a table, made once and
 * read once.
 */
public final class StoredProfile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The version of this form; it rises whenever a field changes its meaning. */
  public static final int FORMAT = 1;

  public final int format;
  public final ColumnKind kind;

  /** Rows of the segment, those without a value included. */
  public final long rows;

  /** Finite values, or categories that are not missing. */
  public final long n;

  public final long nulls;
  public final long nans;
  public final long positiveInfinities;
  public final long negativeInfinities;

  /** Whether {@link #values} or {@link #categories} hold every value with its count. */
  public final boolean exact;

  /** Least and greatest finite value; NaN where there is none. */
  public final double minimum;

  public final double maximum;

  /** Sum of the values in units of the grid's sum scale, without overflows; null if not numeric. */
  public final BigInteger total;

  /**
   * Sum of squares about the grid's centre, in units of its scale, without overflows; null if not
   * numeric, and where some square was too large.
   */
  public final BigInteger squares;

  /** Values too large for the sums; they are in the counts, not in the sums. */
  public final long overflows;

  /**
   * Exact numeric state: ascending values, rows of each, and (scores) rows of each with a positive
   * decision.
   */
  public final double[] values;

  public final long[] valueCounts;
  public final long[] valueDecided;

  /** Binned numeric state: ascending bins that hold rows. */
  public final int[] bins;

  public final long[] binCounts;
  public final long[] binDecided;

  /** Least and greatest value per entry of {@link #bins}; empty where only coarse sums are kept. */
  public final double[] binLows;

  public final double[] binHighs;

  /**
   * Bins (fine ones where {@link #binLows} is filled, coarse ones else) and the sum of their
   * values.
   */
  public final int[] sumBins;

  public final BigInteger[] sums;

  /** Categories that are counted by name, ascending, and the rows of all others. */
  public final String[] categories;

  public final long[] categoryCounts;
  public final long others;

  /** Distinct categories behind {@link #others}: an estimate, 0 if there are none. */
  public final double othersDistinct;

  StoredProfile(Builder b) {
    this.format = b.format;
    this.kind = b.kind;
    this.rows = b.rows;
    this.n = b.n;
    this.nulls = b.nulls;
    this.nans = b.nans;
    this.positiveInfinities = b.positiveInfinities;
    this.negativeInfinities = b.negativeInfinities;
    this.exact = b.exact;
    this.minimum = b.minimum;
    this.maximum = b.maximum;
    this.total = b.total;
    this.squares = b.squares;
    this.overflows = b.overflows;
    this.values = b.values;
    this.valueCounts = b.valueCounts;
    this.valueDecided = b.valueDecided;
    this.bins = b.bins;
    this.binCounts = b.binCounts;
    this.binDecided = b.binDecided;
    this.binLows = b.binLows;
    this.binHighs = b.binHighs;
    this.sumBins = b.sumBins;
    this.sums = b.sums;
    this.categories = b.categories;
    this.categoryCounts = b.categoryCounts;
    this.others = b.others;
    this.othersDistinct = b.othersDistinct;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof StoredProfile other && Arrays.deepEquals(fields(), other.fields());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(fields());
  }

  private Object[] fields() {
    return new Object[] {
      format,
      kind,
      rows,
      n,
      nulls,
      nans,
      positiveInfinities,
      negativeInfinities,
      exact,
      minimum,
      maximum,
      total,
      squares,
      overflows,
      values,
      valueCounts,
      valueDecided,
      bins,
      binCounts,
      binDecided,
      binLows,
      binHighs,
      sumBins,
      sums,
      categories,
      categoryCounts,
      others,
      othersDistinct
    };
  }

  /** Travels in few bytes. */
  private Object writeReplace() {
    return new PackedProfile(this);
  }

  /** Fields to be filled by a profile, or by a reader of the table; all are empty at first. */
  public static final class Builder {
    private static final long[] NO_LONGS = {};
    private static final double[] NO_DOUBLES = {};
    private static final int[] NO_INTS = {};

    public int format = FORMAT;
    public ColumnKind kind;
    public long rows;
    public long n;
    public long nulls;
    public long nans;
    public long positiveInfinities;
    public long negativeInfinities;
    public boolean exact;
    public double minimum = Double.NaN;
    public double maximum = Double.NaN;
    public BigInteger total;
    public BigInteger squares;
    public long overflows;
    public double[] values = NO_DOUBLES;
    public long[] valueCounts = NO_LONGS;
    public long[] valueDecided = NO_LONGS;
    public int[] bins = NO_INTS;
    public long[] binCounts = NO_LONGS;
    public long[] binDecided = NO_LONGS;
    public double[] binLows = NO_DOUBLES;
    public double[] binHighs = NO_DOUBLES;
    public int[] sumBins = NO_INTS;
    public BigInteger[] sums = {};
    public String[] categories = {};
    public long[] categoryCounts = NO_LONGS;
    public long others;
    public double othersDistinct;

    public Builder(ColumnKind kind) {
      this.kind = kind;
    }

    public StoredProfile build() {
      return new StoredProfile(this);
    }
  }
}
