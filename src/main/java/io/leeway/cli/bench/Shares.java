package io.leeway.cli.bench;

import io.leeway.stats.inference.Normal;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Shares of bins, by which rows are drawn one by one (Walker's alias method): each of k columns
 * holds the k-th part of all rows, of which some are of the bin of the column's own number and the
 * others of one other bin. Shares hold to 2^-32.
 */
final class Shares {
  private static final double WHOLE = 0x1p32;
  private static final long LOWER_HALF = 0xffffffffL;

  private final double[] shares;

  /** In every column, which of its 2^32 parts are of its own bin: those below. */
  private final long[] own;

  private final int[] other;

  private Shares(double[] shares) {
    int bins = shares.length;
    this.shares = shares;
    own = new long[bins];
    other = new int[bins];
    double[] left = new double[bins];
    Arrays.setAll(left, bin -> shares[bin] * bins);
    boolean[] done = new boolean[bins];
    for (int column = 0; column < bins; column++) {
      int least = extreme(left, done, -1);
      int most = extreme(left, done, 1);
      own[least] = Math.min((long) WHOLE, Math.round(left[least] * WHOLE));
      other[least] = most;
      left[most] -= 1 - left[least];
      done[least] = true;
    }
  }

  private static int extreme(double[] left, boolean[] done, int sign) {
    int found = -1;
    for (int bin = 0; bin < left.length; bin++) {
      if (!done[bin] && (found < 0 || sign * left[bin] > sign * left[found])) {
        found = bin;
      }
    }
    return found;
  }

  /** In proportion to weights &ge; 0, which add up to more than 0. */
  static Shares of(double... weights) {
    double sum = Arrays.stream(weights).sum();
    return new Shares(Arrays.stream(weights).map(weight -> weight / sum).toArray());
  }

  /** The same share in every bin. */
  static Shares even(int bins) {
    double[] weights = new double[bins];
    Arrays.fill(weights, 1);
    return of(weights);
  }

  /**
   * Of normal scores that have moved, in bins that each held the same share before.
   *
   * @param shift in standard deviations
   */
  static Shares ofNormal(double shift, int bins) {
    double[] shares = new double[bins];
    double below = 0;
    for (int bin = 0; bin < bins; bin++) {
      double upTo =
          bin == bins - 1 ? 1 : Normal.lowerTail(Normal.quantile((bin + 1.0) / bins) - shift);
      shares[bin] = upTo - below;
      below = upTo;
    }
    return new Shares(shares);
  }

  int bins() {
    return shares.length;
  }

  double share(int bin) {
    return shares[bin];
  }

  /** The population stability index of these shares against others, all above 0. */
  double psiAgainst(Shares others) {
    double sum = 0;
    for (int bin = 0; bin < shares.length; bin++) {
      sum += (shares[bin] - others.shares[bin]) * Math.log(shares[bin] / others.shares[bin]);
    }
    return sum;
  }

  /** How many of so many independent rows fall into each bin. */
  long[] draw(SplittableRandom random, long rows) {
    long[] counts = new long[shares.length];
    for (long row = 0; row < rows; row++) {
      long bits = random.nextLong();
      int column = (int) (((bits >>> 32) * shares.length) >>> 32);
      counts[(bits & LOWER_HALF) < own[column] ? column : other[column]]++;
    }
    return counts;
  }
}
