package io.leeway.profile;

import java.util.Arrays;

/**
 * Distinct finite values in ascending order with their counts while there are few. Rows are noted
 * as they come and looked at in whole batches: each value is sorted once and moved a few times, all
 * in sequence, which costs less than a table whose every slot is far from the last one.
 */
final class SortedCounts {
  private static final int FIRST_BATCH = 64;

  /** Above this share of distinct values among the noted ones, most that follow are new as well. */
  private static final double MOSTLY_DISTINCT = 0.8;

  /** So small a share of the limit is noted beyond it that a {@link #mark} shows it is passed. */
  private static final int SLACK = 16;

  private static final int PLACES_PER_VALUE = 128;

  private final int limit;
  private double[] values = {};
  private long[] rows = {};
  private long[] decided;
  private int size;

  /** Values of rows not yet counted in: without a positive decision, and with one. */
  private double[] noted = new double[FIRST_BATCH / 8];

  private double[] notedPositive;
  private int notedSize;
  private int notedPositiveSize;

  /** How many are to be noted before the next look. */
  private int batch = FIRST_BATCH;

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
    if (size == 0 && distinctAtLeast() > limit) {
      return true;
    }
    sortNoted();
    int all = notedSize + notedPositiveSize;
    int distinct = size > 0 ? 0 : distinctNoted();
    if (distinct > MOSTLY_DISTINCT * all) {
      batch = all + Math.max(FIRST_BATCH, limit + limit / SLACK - distinct);
      return distinct > limit;
    }
    countIn();
    batch = Math.max(FIRST_BATCH, Math.min(size, limit / 2));
    return size > limit;
  }

  /**
   * A lower bound of the distinct values among the noted ones, which costs less than to sort them:
   * as many as fall into different places of a sparse bitmap. Looked at only where it can tell.
   */
  private int distinctAtLeast() {
    if (notedSize + notedPositiveSize <= limit) {
      return 0;
    }
    int places = Integer.highestOneBit(limit) * PLACES_PER_VALUE;
    long[] bitmap = new long[Math.max(1, places / Long.SIZE)];
    return mark(noted, notedSize, bitmap) + mark(notedPositive, notedPositiveSize, bitmap);
  }

  /** Marks the places of some values; gives how many were not marked before. */
  private static int mark(double[] values, int length, long[] bitmap) {
    int marked = 0;
    for (int i = 0; i < length; i++) {
      long mixed = Double.doubleToRawLongBits(values[i]) * 0x9e3779b97f4a7c15L;
      int word = (int) (mixed >>> 38) & (bitmap.length - 1);
      long bit = 1L << (mixed >>> 58);
      marked += (bitmap[word] & bit) == 0 ? 1 : 0;
      bitmap[word] |= bit;
    }
    return marked;
  }

  private void sortNoted() {
    Arrays.sort(noted, 0, notedSize);
    if (notedPositiveSize > 0) {
      Arrays.sort(notedPositive, 0, notedPositiveSize);
    }
  }

  private int distinctNoted() {
    int distinct = 0;
    int with = 0;
    int without = 0;
    while (with < notedPositiveSize || without < notedSize) {
      double next =
          Math.min(
              with < notedPositiveSize ? notedPositive[with] : Double.POSITIVE_INFINITY,
              without < notedSize ? noted[without] : Double.POSITIVE_INFINITY);
      while (with < notedPositiveSize && notedPositive[with] == next) {
        with++;
      }
      while (without < notedSize && noted[without] == next) {
        without++;
      }
      distinct++;
    }
    return distinct;
  }

  /** Moves what is noted, and sorted, to the counts. */
  private void countIn() {
    if (notedSize > 0) {
      merge(noted, notedSize, 0);
      notedSize = 0;
    }
    if (notedPositiveSize > 0) {
      merge(notedPositive, notedPositiveSize, 1);
      notedPositiveSize = 0;
    }
  }

  private void merge(double[] sorted, int length, int positive) {
    double[] distinct = new double[length];
    long[] counts = new long[length];
    int last = -1;
    for (int i = 0; i < length; i++) {
      if (last < 0 || sorted[i] != distinct[last]) {
        distinct[++last] = sorted[i];
      }
      counts[last]++;
    }
    long[] positives = decided == null ? null : positive == 1 ? counts : new long[last + 1];
    mergeCounts(distinct, counts, positives, last + 1);
  }

  /**
   * Adds values with their counts.
   *
   * @param added ascending
   * @param addedDecided null if decisions are not counted
   */
  void addAll(double[] added, long[] addedRows, long[] addedDecided, int length) {
    settle();
    mergeCounts(added, addedRows, addedDecided, length);
  }

  private void mergeCounts(double[] added, long[] addedRows, long[] addedDecided, int length) {
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

  /** What takes values with their two counts. */
  interface Taker {
    void take(double value, long rows, long positive);
  }

  /** Gives all rows away, in a few ascending runs in which values may be repeated. */
  void forEach(Taker taker) {
    for (int i = 0; i < size; i++) {
      taker.take(values[i], rows[i], decided == null ? 0 : decided[i]);
    }
    for (int i = 0; i < notedSize; i++) {
      taker.take(noted[i], 1, 0);
    }
    for (int i = 0; i < notedPositiveSize; i++) {
      taker.take(notedPositive[i], 1, 1);
    }
  }

  private void settle() {
    if (notedSize + notedPositiveSize > 0) {
      sortNoted();
      countIn();
    }
  }

  /** Distinct, ascending. */
  double[] values() {
    settle();
    return Arrays.copyOf(values, size);
  }

  /** Rows of each value. */
  long[] rows() {
    settle();
    return Arrays.copyOf(rows, size);
  }

  /** Rows of each value with a positive decision; null if they are not counted. */
  long[] decided() {
    settle();
    return decided == null ? null : Arrays.copyOf(decided, size);
  }

  /** Heap held, in bytes. */
  long bytes() {
    long perValue = decided == null ? 16 : 24;
    long waiting = (long) noted.length + (notedPositive == null ? 0 : notedPositive.length);
    return 150 + perValue * values.length + 8 * waiting;
  }
}
