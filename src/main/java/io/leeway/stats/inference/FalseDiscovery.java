package io.leeway.stats.inference;

import java.util.Arrays;

/**
 * Benjamini and Hochberg's adjusted p-values of m tests, often called q: with the p-values in
 * ascending order,
 *
 * <pre>{@code q(i) = min over j >= i of min(1, m p(j) / j)}</pre>
 *
 * <p>Of the tests with q at most alpha, on average no more than the share alpha are false alarms,
 * where tests are independent or go along with one another as those of correlated columns do. Equal
 * p-values have equal q; without tests there are none.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini and Hochberg
 *     (1995)</a>
 * @see <a href="https://doi.org/10.1214/aos/1013699998">Benjamini and Yekutieli (2001)</a>
 */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * Each test's q, in the order of the tests.
   *
   * @param p p-values in [0, 1], in any order
   * @throws IllegalArgumentException if one of them is not a number in [0, 1]
   */
  public static double[] adjusted(double[] p) {
    double[] ascending = p.clone();
    for (int i = 0; i < p.length; i++) {
      if (!(p[i] >= 0 && p[i] <= 1)) {
        throw new IllegalArgumentException(
            "A p-value lies in [0, 1], but that of test " + i + " is " + p[i] + ".");
      }
      ascending[i] = p[i] + 0.0; // −0.0 would be sorted, and found, apart from 0.0.
    }
    Arrays.sort(ascending);
    double[] q = new double[p.length];
    double least = 1;
    for (int i = p.length - 1; i >= 0; i--) {
      least = Math.min(least, ascending[i] * p.length / (i + 1));
      q[i] = least;
    }
    double[] ofTests = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      // Of equal p-values the last one's rank counts, and all of them have its q by the minimum.
      ofTests[i] = q[Arrays.binarySearch(ascending, p[i] + 0.0)];
    }
    return ofTests;
  }
}
