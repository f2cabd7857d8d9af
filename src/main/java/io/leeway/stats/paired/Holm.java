package io.leeway.stats.paired;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's adjusted p-values of m tests: with the p-values in ascending order,
 *
 * <pre>{@code adjusted(i) = max over j <= i of min(1, (m - j + 1) p(j))}</pre>
 *
 * <p>Where tests with an adjusted value of at most alpha count, the chance that even one of them is
 * a false alarm is at most alpha, whatever the dependence between tests. That is what is wanted
 * where a single finding stops everything; where findings are a list to look into, Benjamini and
 * Hochberg's find more.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm (1979)</a>
 */
public final class Holm {
  private Holm() {}

  /**
   * Each test's adjusted p-value, in the order of the tests.
   *
   * @param p p-values in [0, 1], in any order
   * @throws IllegalArgumentException if one of them is not a number in [0, 1]
   */
  public static double[] adjusted(double[] p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("A p-value lies in [0, 1], but is " + value + ".");
      }
    }
    int[] ascending =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(test -> p[test]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double least = 0;
    for (int j = 0; j < ascending.length; j++) {
      least = Math.max(least, Math.min(1, (p.length - j) * p[ascending[j]]));
      adjusted[ascending[j]] = least;
    }
    return adjusted;
  }
}
