package io.leeway.stats.paired;

import io.leeway.stats.Outcome;

/**
 * AUC of two scorers on the same rows: the probability that a random positive scores above a random
 * negative, ties counting one half. With p positives and n negatives, V10 the share of negatives
 * below a positive and V01 the share of positives above a negative, DeLong's covariance of scorers
 * r and s is
 *
 * <pre>{@code
 * S_rs = sum over positives of (V10_r - A_r)(V10_s - A_s) / (p (p - 1))
 *      + sum over negatives of (V01_r - A_r)(V01_s - A_s) / (n (n - 1))
 * }</pre>
 *
 * <p>and the variance of the difference is {@code S_11 + S_22 - 2 S_12}, summed from the
 * differences of V themselves. Student's t has the degrees of the rarer class, less one.
 *
 * <p>Where rows of one entity go together, the rows' influences, {@code (V10 - A)/p} and {@code
 * (V01 - A)/n}, are summed by entity first ({@link Clusters}), which is Obuchowski's variance up to
 * its divisors; the degrees are then at most those of the entities.
 *
 * <p>O(n log n).
 *
 * @param first A of the first scorer, in [0, 1]
 * @param second A of the second
 * @param firstVariance S_11
 * @param secondVariance S_22
 * @param covariance S_12
 * @param difference first minus second
 * @see <a href="https://doi.org/10.2307/2531595">DeLong, DeLong and Clarke-Pearson (1988)</a>
 * @see <a href="https://doi.org/10.2307/2533958">Obuchowski (1997), clustered rows</a>
 */
public record PairedAuc(
    double first,
    double second,
    double firstVariance,
    double secondVariance,
    double covariance,
    PairedDifference difference) {

  /**
   * Of independent rows. Undefined with fewer than two rows of a class, and where a score is not
   * finite.
   *
   * @param positive whether each row is of the positive class
   * @param first scores of the first scorer
   * @param second scores of the second; on any scale, only order counts
   * @throws IllegalArgumentException if lengths differ
   */
  public static Outcome<PairedAuc> of(boolean[] positive, double[] first, double[] second) {
    return classes(positive, first, second)
        .map(counts -> independent(counts, positive, first, second));
  }

  /**
   * Of rows by entity. Undefined also below two entities.
   *
   * @param entities a code for each row; rows of equal codes go together
   */
  public static Outcome<PairedAuc> of(
      boolean[] positive, double[] first, double[] second, int[] entities) {
    if (entities.length != positive.length) {
      throw new IllegalArgumentException(
          "There are " + positive.length + " rows, but " + entities.length + " entities.");
    }
    Clusters clusters = Clusters.of(entities);
    return classes(positive, first, second)
        .flatMap(
            counts ->
                clusters.count() < 2
                    ? Outcome.undefined("All rows are of one entity.")
                    : Outcome.of(clustered(counts, positive, first, second, clusters)));
  }

  private record Counts(int positives, int negatives) {
    double degrees() {
      return Math.min(positives, negatives) - 1.0;
    }
  }

  private static Outcome<Counts> classes(boolean[] positive, double[] first, double[] second) {
    if (first.length != positive.length || second.length != positive.length) {
      throw new IllegalArgumentException(
          "There are "
              + positive.length
              + " labels, but "
              + first.length
              + " and "
              + second.length
              + " scores.");
    }
    int positives = 0;
    for (int i = 0; i < positive.length; i++) {
      if (!Double.isFinite(first[i]) || !Double.isFinite(second[i])) {
        return Outcome.undefined("A row has no finite score.");
      }
      positives += positive[i] ? 1 : 0;
    }
    int negatives = positive.length - positives;
    if (positives < 2 || negatives < 2) {
      return Outcome.undefined(
          "AUC and its variance need two rows of each class, but there are "
              + positives
              + " positives and "
              + negatives
              + " negatives.");
    }
    return Outcome.of(new Counts(positives, negatives));
  }

  private static PairedAuc independent(
      Counts counts, boolean[] positive, double[] first, double[] second) {
    int p = counts.positives;
    int n = counts.negatives;
    Placements one = Placements.of(positive, first, p, n);
    Placements other = Placements.of(positive, second, p, n);
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < positive.length; i++) {
      double deviation = one.deviation(i) - other.deviation(i);
      if (positive[i]) {
        ofPositives += deviation * deviation;
      } else {
        ofNegatives += deviation * deviation;
      }
    }
    double variance = ofPositives / p / (p - 1) + ofNegatives / n / (n - 1);
    return new PairedAuc(
        one.auc(),
        other.auc(),
        one.covariance(one, p, n),
        other.covariance(other, p, n),
        one.covariance(other, p, n),
        new PairedDifference(
            one.auc() - other.auc(), Math.sqrt(variance), counts.degrees(), positive.length));
  }

  private static PairedAuc clustered(
      Counts counts, boolean[] positive, double[] first, double[] second, Clusters clusters) {
    int p = counts.positives;
    int n = counts.negatives;
    Placements one = Placements.of(positive, first, p, n);
    Placements other = Placements.of(positive, second, p, n);
    double[] ofOne = one.influences(p, n);
    double[] ofOther = other.influences(p, n);
    double[] ofBoth = new double[ofOne.length];
    for (int i = 0; i < ofBoth.length; i++) {
      ofBoth[i] = ofOne[i] - ofOther[i];
    }
    return new PairedAuc(
        one.auc(),
        other.auc(),
        clusters.variance(ofOne),
        clusters.variance(ofOther),
        clusters.covariance(ofOne, ofOther),
        new PairedDifference(
            one.auc() - other.auc(),
            Math.sqrt(clusters.variance(ofBoth)),
            Math.min(counts.degrees(), clusters.count() - 1.0),
            clusters.count()));
  }
}
