package io.leeway.profile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one pass counts of one column: for each of some ranges of values, the rows in equal parts of
 * it and, while they are few, its distinct values. Mergeable; counts do not depend on the order of
 * rows.
 */
public final class KeyProbe implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] from;
  private final long[] last;
  private final int[] shift;
  private final int distinctLimit;
  private final long[][] parts;
  private final ValueCounts[] values;
  private long nonFinite;
  private long nulls;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;

  /**
   * @param ranges ascending, disjoint
   * @param partBits the logarithm of the number of parts of each range, at most its bits
   */
  KeyProbe(List<KeyRange> ranges, int[] partBits, int distinctLimit) {
    int size = ranges.size();
    this.from = ranges.stream().mapToLong(KeyRange::from).toArray();
    this.last = ranges.stream().mapToLong(KeyRange::last).toArray();
    this.shift = new int[size];
    this.parts = new long[size][];
    this.values = new ValueCounts[size];
    this.distinctLimit = distinctLimit;
    for (int i = 0; i < size; i++) {
      shift[i] = ranges.get(i).bits() - partBits[i];
      parts[i] = new long[1 << partBits[i]];
      values[i] = new ValueCounts(false);
    }
  }

  /** A probe for the same ranges that has counted nothing yet. */
  public KeyProbe fresh() {
    List<KeyRange> ranges = new ArrayList<>();
    int[] partBits = new int[from.length];
    for (int i = 0; i < from.length; i++) {
      partBits[i] = Integer.numberOfTrailingZeros(parts[i].length);
      ranges.add(
          shift[i] + partBits[i] == Long.SIZE
              ? KeyRange.all()
              : KeyRange.counted(from[i], shift[i] + partBits[i], 0));
    }
    return new KeyProbe(ranges, partBits, distinctLimit);
  }

  public void addNull() {
    nulls++;
  }

  /** Counts one row. */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      nonFinite++;
      return;
    }
    double plain = value + 0.0;
    minimum = Math.min(minimum, plain);
    maximum = Math.max(maximum, plain);
    long key = OrderedKey.of(plain);
    int range = rangeOf(key);
    if (range >= 0) {
      parts[range][(int) ((key - from[range]) >>> shift[range])]++;
      addValue(range, plain, 1);
    }
  }

  private int rangeOf(long key) {
    int position = Arrays.binarySearch(from, key);
    int range = position >= 0 ? position : -position - 2;
    return range >= 0 && key <= last[range] ? range : -1;
  }

  private void addValue(int range, double value, long rows) {
    ValueCounts counts = values[range];
    if (counts != null) {
      counts.add(value, rows, 0);
      if (counts.size() > distinctLimit) {
        values[range] = null;
      }
    }
  }

  /** Adds what a probe of the same ranges has counted. */
  public KeyProbe addAll(KeyProbe other) {
    nulls += other.nulls;
    nonFinite += other.nonFinite;
    minimum = Math.min(minimum, other.minimum);
    maximum = Math.max(maximum, other.maximum);
    for (int range = 0; range < from.length; range++) {
      for (int part = 0; part < parts[range].length; part++) {
        parts[range][part] += other.parts[range][part];
      }
      if (other.values[range] == null) {
        values[range] = null;
      } else if (values[range] != null) {
        int target = range;
        other.values[range].forEach((value, rows, positive) -> addValue(target, value, rows));
      }
    }
    return this;
  }

  /** Heap that it may come to hold, in bytes, roughly. */
  public long mostBytes() {
    long bytes = 0;
    for (long[] range : parts) {
      bytes += 200 + (long) Long.BYTES * range.length + ValueCounts.mostBytes(distinctLimit);
    }
    return bytes;
  }

  long nulls() {
    return nulls;
  }

  long nonFinite() {
    return nonFinite;
  }

  double minimum() {
    return minimum;
  }

  double maximum() {
    return maximum;
  }

  int ranges() {
    return from.length;
  }

  /** The filled parts of a range, or the range itself if its distinct values are known. */
  List<KeyRange> found(int range) {
    ValueCounts known = values[range];
    if (known != null) {
      double[] ascending = known.ascendingValues();
      long[] counts = Arrays.stream(ascending).mapToLong(known::rows).toArray();
      int bits = shift[range] + Integer.numberOfTrailingZeros(parts[range].length);
      return List.of(KeyRange.known(from[range], bits, ascending, counts));
    }
    List<KeyRange> found = new ArrayList<>();
    for (int part = 0; part < parts[range].length; part++) {
      if (parts[range][part] > 0) {
        long start = from[range] + ((long) part << shift[range]);
        found.add(KeyRange.counted(start, shift[range], parts[range][part]));
      }
    }
    return found;
  }
}
