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
 * <p>One cell may be a rest: categories unknown apart, with the shares r' and w' together. It is
 * never taken for a category. Within it {@code sum |w - r|} is at least {@code |w' - r'|}, which is
 * counted, and at most {@code w' + r'}; and no category can have moved by more than the greater of
 * r' and w'.
 *
 * @param totalVariation {@code 1/2 sum |w - r|}, in [0, 1]
 * @param totalVariationBound how much greater it can be: min(r', w')
 * @param lInfinity {@code max |w - r|} of the categories known apart, in [0, 1]
 * @param lInfinityBound how much greater it can be: max(r', w') less the value, at least 0
 * @param fresh new categories
 * @param gone missing categories
 */
public record CategoryDistances(
    double totalVariation,
    double totalVariationBound,
    double lInfinity,
    double lInfinityBound,
    OneSided fresh,
    OneSided gone) {

  /**
   * Categories known apart that only one side has.
   *
   * @param categories how many there are
   * @param rows of all of them
   * @param mostFrequent the one with most rows, of equals the first by name
   * @param mostFrequentRows rows of that one; 0 where there is none
   */
  public record OneSided(
      int categories, long rows, Optional<String> mostFrequent, long mostFrequentRows) {
    private static final OneSided NONE = new OneSided(0, 0, Optional.empty(), 0);

    /** Names come ascending, so the first of equals stays. */
    private OneSided and(String name, long more) {
      return more > mostFrequentRows
          ? new OneSided(categories + 1, rows + more, Optional.of(name), more)
          : new OneSided(categories + 1, rows + more, mostFrequent, mostFrequentRows);
    }
  }

  /**
   * Undefined where a side has no rows.
   *
   * @param rest the name of the cell that is no category; there need not be one
   */
  public static Outcome<CategoryDistances> of(AlignedCategories categories, String rest) {
    long[] reference = categories.reference();
    long[] window = categories.window();
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double sum = 0;
    double greatest = 0;
    double restOfReference = 0;
    double restOfWindow = 0;
    OneSided fresh = OneSided.NONE;
    OneSided gone = OneSided.NONE;
    for (int i = 0; i < reference.length; i++) {
      String name = categories.names().get(i);
      double r = (double) reference[i] / m;
      double w = (double) window[i] / n;
      sum += Math.abs(w - r);
      if (name.equals(rest)) {
        restOfReference = r;
        restOfWindow = w;
        continue;
      }
      greatest = Math.max(greatest, Math.abs(w - r));
      if (window[i] == 0) {
        gone = gone.and(name, reference[i]);
      } else if (reference[i] == 0) {
        fresh = fresh.and(name, window[i]);
      }
    }
    return Outcome.of(
        new CategoryDistances(
            Math.min(1, sum / 2),
            Math.min(restOfReference, restOfWindow),
            greatest,
            Math.max(0, Math.max(restOfReference, restOfWindow) - greatest),
            fresh,
            gone));
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
