package io.leeway.profile;

import java.util.Arrays;

/**
 * Distinct finite values in ascending order with their counts while there are few. Rows are noted
 * as they come and sorted in whole batches: each value is sorted once and moved a few times, all in
 * sequence, which costs less than a table whose every slot is far from the last one.
 */
final class SortedCounts {
  private static final int FIRST_BATCH = 64;

  /** Above this share of distinct values among all rows so far, many more are expected. */
  private static final double MOSTLY_DISTINCT = 0.8;

  private final int limit;
  private double[] values = {};
  private long[] rows = {};
  private long[] decided;
  private int size;

  /** Values of rows not yet sorted in: without a positive decision, and with one. */
  private double[] noted = new double[FIRST_BATCH / 8];

  private double[] notedPositive;
  private int notedSize;
  private int notedPositiveSize;
  private int batch = FIRST_BATCH;
  private long sorted;

  /**
   * @param limit up to how many values the owner keeps them all
   */
  SortedCounts(boolean withDecisions, int limit) {
    this.limit = limit;
    this.decided = withDecisions ? new long[0] : null;
    this.notedPositive = withDecisions ? new double[FIRST_BATCH / 8] : null;
  }

  /**
   * Notes one row.
   *
   * @param value finite, not negative zero
   * @return whether there are more values than the limit, as far as is known yet
   */
  boolean add(double value, int positive) {
    if (positive != 0 && notedPositive != null) {
      if (notedPositiveSize == notedPositive.length) {
        notedPositive = Arrays.copyOf(notedPositive, 2 * notedPositive.length);
      }
      notedPositive[notedPositiveSize++] = value;
    } else {
      if (notedSize == noted.length) {
        noted = Arrays.copyOf(noted, 2 * noted.length);
      }
      noted[notedSize++] = value;
    }
    return notedSize + notedPositiveSize >= batch && isOverLimit();
  }

  /** Whether there are more distinct values than the limit. */
  boolean isOverLimit() {
    sortIn();
    return size > limit;
  }

  private void sortIn() {
    sorted += notedSize + notedPositiveSize;
    if (notedSize > 0) {
      merge(noted, notedSize, 0);
      notedSize = 0;
    }
    if (notedPositiveSize > 0) {
      merge(notedPositive, notedPositiveSize, 1);
      notedPositiveSize = 0;
    }
    int next = size > MOSTLY_DISTINCT * sorted ? limit + 1 - size : Math.min(size, limit / 2);
    batch = Math.max(FIRST_BATCH, next);
  }

  private void merge(double[] unsorted, int length, int positive) {
    Arrays.sort(unsorted, 0, length);
    double[] distinct = new double[length];
    long[] counts = new long[length];
    int last = -1;
    for (int i = 0; i < length; i++) {
      if (last < 0 || unsorted[i] != distinct[last]) {
        distinct[++last] = unsorted[i];
      }
      counts[last]++;
    }
    long[] positives = decided == null ? null : positive == 1 ? counts : new long[last + 1];
    addAll(distinct, counts, positives, last + 1);
  }

  /**
   * Adds values with their counts.
   *
   * @param added ascending
   * @param addedDecided null if decisions are not counted
   */
  void addAll(double[] added, long[] addedRows, long[] addedDecided, int length) {
    double[] merged = new double[size + length];
    long[] mergedRows = new long[size + length];
    long[] mergedDecided = decided == null ? null : new long[size + length];
    int here = 0;
    int there = 0;
    int next = 0;
    while (here < size || there < length) {
      boolean takeHere = there == length || (here < size && values[here] <= added[there]);
      boolean takeThere = here == size || (there < length && added[there] <= values[here]);
      merged[next] = takeHere ? values[here] : added[there];
      mergedRows[next] = (takeHere ? rows[here] : 0) + (takeThere ? addedRows[there] : 0);
      if (mergedDecided != null) {
        mergedDecided[next] =
            (takeHere ? decided[here] : 0) + (takeThere ? addedDecided[there] : 0);
      }
      here += takeHere ? 1 : 0;
      there += takeThere ? 1 : 0;
      next++;
    }
    values = merged;
    rows = mergedRows;
    decided = mergedDecided;
    size = next;
  }

  /** What takes each value with its two counts. */
  interface Taker {
    void take(double value, long rows, long positive);
  }

  /** Ascending. */
  void forEach(Taker taker) {
    sortIn();
    for (int i = 0; i < size; i++) {
      taker.take(values[i], rows[i], decided == null ? 0 : decided[i]);
    }
  }

  double[] values() {
    sortIn();
    return Arrays.copyOf(values, size);
  }

  /** Rows of each value. */
  long[] rows() {
    sortIn();
    return Arrays.copyOf(rows, size);
  }

  /** Rows of each value with a positive decision; null if they are not counted. */
  long[] decided() {
    sortIn();
    return decided == null ? null : Arrays.copyOf(decided, size);
  }

  /** Heap held, in bytes. */
  long bytes() {
    long perValue = decided == null ? 16 : 24;
    long waiting = (long) noted.length + (notedPositive == null ? 0 : notedPositive.length);
    return 150 + perValue * values.length + 8 * waiting;
  }
}
