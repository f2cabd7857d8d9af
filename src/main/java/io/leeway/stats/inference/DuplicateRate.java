package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * How many rows repeat an id that is there already, from a coordinated sample of ids: the k ids
 * with the smallest hashes, each with all of its rows. With c_i the rows of the i-th of m sampled
 * ids,
 *
 * <pre>{@code
 * rate = sum (c_i - 1) / sum c_i
 * SE   = sqrt(sum e_i² / (m - 1) / m) / (sum c_i / m),   e_i = c_i - 1 - rate c_i
 * }</pre>
 *
 * <p>Ids, not rows, are drawn, so the rate is a {@link RatioMean} over ids. While there are no more
 * than k ids the sample is all of them and the rate exact, without error.
 *
 * <p>Where no sampled id repeats the error would be 0 and the interval a lie: at a share q of ids
 * with duplicates m ids show none with probability (1 − q)^m, so q is at most {@code 1 -
 * 0.05^(1/m)} with 95 % confidence. That is the upper limit; it is one of the rate where ids repeat
 * at most once, and holds for shares of ids otherwise.
 *
 * <p>Distinct ids: with the k-th smallest hash at the share h_k of the range of hashes, {@code (k -
 * 1)/h_k}, unbiased, relative standard error {@code 1/sqrt(k - 2)}; the number itself while the
 * sample is all.
 *
 * @param rate in [0, 1)
 * @param standardError &ge; 0; 0 where the sample is all ids
 * @param interval of the rate, 95 %, in [0, 1]
 * @param ids in the sample
 * @param distinct estimated number of distinct ids
 * @param distinctError its standard error; 0 where the sample is all ids
 * @see "Z. Bar-Yossef and others (2002), Counting distinct elements in a data stream; K. Beyer and
 *     others (2007), On synopses for distinct-value estimation, 4.1"
 */
public record DuplicateRate(
    double rate,
    double standardError,
    Interval interval,
    long ids,
    double distinct,
    double distinctError) {
  private static final double ALPHA = 0.05;

  /**
   * Of all ids; undefined without any.
   *
   * @param ids distinct ids, &ge; 0
   * @param rows all of their rows, &ge; ids
   */
  public static Outcome<DuplicateRate> ofAll(long ids, long rows) {
    require(ids, rows);
    if (ids == 0) {
      return Outcome.undefined("No row has an id.");
    }
    double rate = (double) (rows - ids) / rows;
    return Outcome.of(new DuplicateRate(rate, 0, new Interval(rate, rate), ids, ids, 0));
  }

  /**
   * Of the ids with the smallest hashes, where there are more than these; undefined below three
   * ids.
   *
   * @param rowsPerId c_i, &ge; 1
   * @param largestHash h_k, the largest hash of the sample as a share of the range of hashes, in
   *     (0, 1]
   */
  public static Outcome<DuplicateRate> ofSample(long[] rowsPerId, double largestHash) {
    if (!(largestHash > 0 && largestHash <= 1)) {
      throw new IllegalArgumentException(
          "A hash as a share of its range lies in (0, 1], but is " + largestHash + ".");
    }
    int ids = rowsPerId.length;
    if (ids < 3) {
      return Outcome.undefined("A sample of " + ids + " ids is too small; three are needed.");
    }
    double rows = 0;
    double squares = 0;
    for (long c : rowsPerId) {
      require(1, c);
      rows += c;
      squares += (double) c * c;
    }
    // Of extra rows c - 1 to rows c: sums of (c - 1)² and of (c - 1) c.
    RatioMean extra =
        new RatioMean(ids, rows - ids, rows, squares - 2 * rows + ids, squares - rows, squares, 0);
    double distinct = (ids - 1) / largestHash;
    double distinctError = distinct / Math.sqrt(ids - 2.0);
    return extra
        .ratio(Overdispersion.NONE)
        .map(
            of ->
                new DuplicateRate(
                    of.mean(),
                    of.standardError(),
                    of.mean() > 0 ? of.interval().cut(0, 1) : new Interval(0, mostUnseen(ids)),
                    ids,
                    distinct,
                    distinctError));
  }

  /** The largest share at which none of {@code ids} shows with probability 0.05 or more. */
  static double mostUnseen(long ids) {
    return -Math.expm1(Math.log(ALPHA) / ids);
  }

  private static void require(long ids, long rows) {
    if (ids < 0 || rows < ids || (ids == 0 && rows > 0)) {
      throw new IllegalArgumentException(
          "Every id has a row of its own, but " + ids + " ids have " + rows + " rows.");
    }
  }
}
