package io.leeway.profile;

import java.util.Arrays;

/**
 * A range of ordered keys, {@code 2^bits} of them from {@code from} on, with the rows found in it.
 */
final class KeyRange {
  private final long from;
  private final int bits;
  private final long rows;
  private final double[] values;
  private final long[] counts;

  private KeyRange(long from, int bits, long rows, double[] values, long[] counts) {
    this.from = from;
    this.bits = bits;
    this.rows = rows;
    this.values = values;
    this.counts = counts;
  }

  static KeyRange all() {
    return new KeyRange(Long.MIN_VALUE, Long.SIZE, 0, null, null);
  }

  /** A range of which only the number of rows is known, unless it holds a single key. */
  static KeyRange counted(long from, int bits, long rows) {
    return bits == 0
        ? new KeyRange(from, 0, rows, new double[] {OrderedKey.value(from)}, new long[] {rows})
        : new KeyRange(from, bits, rows, null, null);
  }

  /** A range of which every value is known, ascending, with its rows. */
  static KeyRange known(long from, int bits, double[] values, long[] counts) {
    return new KeyRange(from, bits, Arrays.stream(counts).sum(), values, counts);
  }

  long from() {
    return from;
  }

  /** From 0, a single value, to 64, all values. */
  int bits() {
    return bits;
  }

  long rows() {
    return rows;
  }

  boolean isKnown() {
    return values != null;
  }

  /** Number of known values; 1 if they are not known, for the range as a whole. */
  int points() {
    return values == null ? 1 : values.length;
  }

  /** A known value, or the least that the range can hold. */
  double value(int point) {
    return values == null ? OrderedKey.value(from) : values[point];
  }

  /** Rows of a known value, or of the range. */
  long count(int point) {
    return counts == null ? rows : counts[point];
  }

  long last() {
    return bits == Long.SIZE ? Long.MAX_VALUE : from + ((1L << bits) - 1);
  }
}
