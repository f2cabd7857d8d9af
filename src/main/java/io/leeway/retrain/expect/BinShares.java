package io.leeway.retrain.expect;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How the values of a reference lie between edges. Bin {@code b} holds the values that are at or
 * above exactly {@code b} edges, as in {@link io.leeway.profile.NumericGrid}.
 *
 * @param edges finite, strictly ascending; usually the deciles
 * @param shares of the values in each bin, one more than edges, in [0, 1] with sum 1
 */
public record BinShares(List<Double> edges, List<Double> shares) {
  private static final double ROUNDING = 1e-6;

  public BinShares {
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
    if (shares.size() != edges.size() + 1) {
      throw new IllegalArgumentException(
          edges.size() + " edges make one bin more, but there are " + shares.size() + " shares.");
    }
    for (int i = 0; i < edges.size(); i++) {
      if (!Double.isFinite(edges.get(i)) || (i > 0 && edges.get(i) <= edges.get(i - 1))) {
        throw new IllegalArgumentException("Edges must be finite and ascend, but are " + edges);
      }
    }
    double sum = 0;
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("A share is in [0, 1], but is " + share + ".");
      }
      sum += share;
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException("Shares sum to " + sum + ", not 1.");
    }
  }

  /**
   * The same from counts.
   *
   * @param edges as of the record
   * @param counts of values in each bin, one more than edges, not all 0
   */
  public static BinShares of(double[] edges, long[] counts) {
    long sum = Arrays.stream(counts).sum();
    if (sum == 0) {
      throw new IllegalArgumentException("Of no values there are no shares.");
    }
    return new BinShares(
        Arrays.stream(edges).boxed().toList(),
        Arrays.stream(counts).mapToObj(count -> (double) count / sum).toList());
  }

  /** The bin of a value that is not NaN. */
  int bin(double value) {
    int found = Collections.binarySearch(edges, value == 0 ? 0.0 : value);
    return found >= 0 ? found + 1 : -found - 1;
  }

  double share(double value) {
    return shares.get(bin(value));
  }
}
