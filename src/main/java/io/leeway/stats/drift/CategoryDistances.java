package io.leeway.stats.drift;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.Optional;

/**
 * Distances between the shares r (reference) and w (window) of categories, and which categories
 * came or went.
 *
 * <p>A category is new where only the window has rows of it, missing where only the reference has.
 *
 * @param totalVariation {@code 1/2 sum |w - r|}, in [0, 1]
 * @param lInfinity {@code max |w - r|}, in [0, 1]
 * @param newCategories how many are new
 * @param missingCategories how many are missing
 * @param newRows rows of the window in new categories
 * @param mostFrequentNew the new category with most rows, of equals the first by name
 */
public record CategoryDistances(
    double totalVariation,
    double lInfinity,
    int newCategories,
    int missingCategories,
    long newRows,
    Optional<String> mostFrequentNew) {

  /** Undefined where a side has no rows. */
  public static Outcome<CategoryDistances> of(AlignedCategories categories) {
    long[] reference = categories.reference();
    long[] window = categories.window();
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double sum = 0;
    double greatest = 0;
    int came = 0;
    int went = 0;
    long cameRows = 0;
    int mostFrequent = -1;
    for (int i = 0; i < reference.length; i++) {
      double difference = Math.abs((double) window[i] / n - (double) reference[i] / m);
      sum += difference;
      greatest = Math.max(greatest, difference);
      if (window[i] == 0) {
        went++;
      } else if (reference[i] == 0) {
        came++;
        cameRows += window[i];
        // Names ascend, so the first of equals stays.
        mostFrequent = mostFrequent < 0 || window[i] > window[mostFrequent] ? i : mostFrequent;
      }
    }
    return Outcome.of(
        new CategoryDistances(
            Math.min(1, sum / 2),
            greatest,
            came,
            went,
            cameRows,
            mostFrequent < 0
                ? Optional.empty()
                : Optional.of(categories.names().get(mostFrequent))));
  }

  /**
   * P-value of "no share differs by more than {@code limit}": for each category the likelihood
   * ratio test in the direction in which it moved, Bonferroni over both directions of all
   * categories; with limit 0 of "nothing changed".
   *
   * @param limit in [0, 1)
   */
  public static Outcome<Double> pLimitOfLInfinity(
      long[] reference, long[] window, double limit, Overdispersion overdispersion) {
    requireLimit(limit);
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double least = 1;
    int categories = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] == 0 && window[i] == 0) {
        continue;
      }
      categories++;
      double difference = (double) window[i] / n - (double) reference[i] / m;
      if (Math.abs(difference) > limit) {
        double a = difference > 0 ? limit : -limit;
        RateTest test =
            RateTest.againstReference(window[i], n, reference[i], m, a, 1, overdispersion)
                .orElseThrow();
        least = Math.min(least, difference > 0 ? test.pRise() : test.pFall());
      }
    }
    return Outcome.of(Math.min(1, 2.0 * categories * least));
  }

  /**
   * P-value of "the total variation is at most {@code limit}", as for {@link WassersteinInference}
   * with half a unit of length per category: {@code P(Z > (TV - bias - limit) / SE)}. The SE is the
   * largest that shares can have, {@code sqrt(phi (1/n + 1/m)) / 2}.
   *
   * @param limit in (0, 1); for "nothing changed" use the chi-square test
   */
  public static Outcome<Double> pLimitOfTotalVariation(
      long[] reference, long[] window, double limit, Overdispersion overdispersion) {
    requireLimit(limit);
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double unit = (1.0 / n + 1.0 / m) * overdispersion.phi();
    double beyond = -limit;
    for (int i = 0; i < reference.length; i++) {
      double difference = (double) window[i] / n - (double) reference[i] / m;
      double pooled = ((double) window[i] + reference[i]) / ((double) n + m);
      double s = Math.sqrt(Math.max(0, pooled * (1 - pooled) * unit));
      beyond += (Math.abs(difference) - WassersteinInference.excess(difference, s)) / 2;
    }
    return Outcome.of(Normal.upperTail(beyond / (Math.sqrt(unit) / 2)));
  }

  private static void requireLimit(double limit) {
    if (!(limit >= 0 && limit < 1)) {
      throw new IllegalArgumentException(
          "A limit of a distance between shares lies in [0, 1), but is " + limit + ".");
    }
  }
}
