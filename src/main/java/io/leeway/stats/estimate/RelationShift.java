package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.List;
import java.util.Optional;

/**
 * The change of an overall rate or mean from reference to window, split over the bins of one
 * feature into what other inputs make of it and what a changed relation makes of it. With shares
 * w_b and r_b of rows, rates p_b (window) and q_b (reference):
 *
 * <pre>{@code
 * total    = sum of w p - sum of r q = mix + relation, exactly
 * mix      = sum of (w - r)(p + q)/2
 * relation = sum of (p - q)(w + r)/2
 * }</pre>
 *
 * <p>In a bin without rows on one side no relation can have changed: the rate of the other side
 * stands for both. Standard errors by the delta method over the bins' counts of events and others:
 *
 * <pre>{@code
 * mix²      : phi [Var_w(a)/n + Var_r(a)/m + sum of ((w - r)/2)² v],  a = (p + q)/2
 * relation² : phi [Var_w(d)/n + Var_r(d)/m + sum of ((w + r)/2)² v],  d = (p - q)/2
 * v = p(1 - p)/n_b + q(1 - q)/m_b, with (x + 1/2)/(n_b + 1) for p, likewise for q
 * }</pre>
 *
 * <p>Var_w the variance of a bin's number over the window's rows. Of means it is the same, with
 * variances of their own ({@link MeanShift}). Only what the feature shows is split: a cause in
 * another feature, in the same bins of this one, appears as a changed relation.
 *
 * @param total with its standard error
 * @param mix likewise
 * @param relation likewise
 * @param unseenShare share of the window's rows in bins without reference rows
 * @see "E. M. Kitagawa (1955), Components of a difference between two rates, Journal of the
 *     American Statistical Association 50"
 */
public record RelationShift(
    MeanInterval total, MeanInterval mix, MeanInterval relation, double unseenShare) {

  /** Undefined where a side has no rows. */
  public static Outcome<RelationShift> of(List<RelationBin> bins, Overdispersion overdispersion) {
    long n = bins.stream().mapToLong(RelationBin::windowRows).sum();
    long m = bins.stream().mapToLong(RelationBin::referenceRows).sum();
    if (n == 0 || m == 0) {
      return Outcome.undefined(
          n == 0 ? "The window has no labelled rows." : "The reference has no labelled rows.");
    }
    long x = bins.stream().mapToLong(RelationBin::windowEvents).sum();
    long y = bins.stream().mapToLong(RelationBin::referenceEvents).sum();
    List<Means> means =
        bins.stream()
            .filter(bin -> bin.windowRows() + bin.referenceRows() > 0)
            .map(
                bin ->
                    new Means(
                        bin.windowRows(),
                        bin.windowRate(),
                        bin.referenceRows(),
                        bin.referenceRate(),
                        rateVariance(bin.windowEvents(), bin.windowRows())
                            + rateVariance(bin.referenceEvents(), bin.referenceRows())))
            .toList();
    return Outcome.of(
        split(
            means,
            (double) x / n - (double) y / m,
            rateVariance(x, n) + rateVariance(y, m),
            overdispersion));
  }

  /**
   * Two means in one bin.
   *
   * @param windowMean that of the reference where the window has no rows, and the other way round
   * @param variance of the two means, each over its rows, added up
   */
  record Means(
      long windowRows,
      double windowMean,
      long referenceRows,
      double referenceMean,
      double variance) {}

  /**
   * The split of a change of means.
   *
   * @param bins those with rows, of which each side has some
   * @param total the change
   * @param totalVariance its variance if rows are independent
   */
  static RelationShift split(
      List<Means> bins, double total, double totalVariance, Overdispersion overdispersion) {
    double n = bins.stream().mapToDouble(Means::windowRows).sum();
    double m = bins.stream().mapToDouble(Means::referenceRows).sum();
    double mix = 0;
    double relation = 0;
    double mixVariance = 0;
    double relationVariance = 0;
    long unseen = 0;
    Variance meanOfWindow = new Variance();
    Variance meanOfReference = new Variance();
    Variance halfOfWindow = new Variance();
    Variance halfOfReference = new Variance();
    for (Means bin : bins) {
      double w = bin.windowRows / n;
      double r = bin.referenceRows / m;
      double mean = (bin.windowMean + bin.referenceMean) / 2;
      double half = (bin.windowMean - bin.referenceMean) / 2;
      mix += (w - r) * mean;
      relation += half * (w + r);
      meanOfWindow.add(w, mean);
      meanOfReference.add(r, mean);
      halfOfWindow.add(w, half);
      halfOfReference.add(r, half);
      // Where one side is empty its mean is the other's, which then weighs with both halves.
      boolean onBothSides = bin.windowRows > 0 && bin.referenceRows > 0;
      double weight = onBothSides ? (w - r) / 2 : w - r;
      mixVariance += weight * weight * bin.variance;
      relationVariance += onBothSides ? (w + r) * (w + r) / 4 * bin.variance : 0;
      unseen += bin.referenceRows == 0 ? bin.windowRows : 0;
    }
    double phi = overdispersion.phi();
    double degrees = overdispersion.degrees();
    mixVariance += meanOfWindow.value() / n + meanOfReference.value() / m;
    relationVariance += halfOfWindow.value() / n + halfOfReference.value() / m;
    return new RelationShift(
        new MeanInterval(total, Math.sqrt(phi * totalVariance), degrees),
        new MeanInterval(mix, Math.sqrt(phi * mixVariance), degrees),
        new MeanInterval(relation, Math.sqrt(phi * relationVariance), degrees),
        unseen / n);
  }

  /** Two-sided p-value of "the relation's part is 0", in which bins may cancel. */
  public double pRelation() {
    MeanContrast contrast = MeanContrast.of(relation, 0);
    return Math.min(1, 2 * Math.min(contrast.pFall(), contrast.pRise()));
  }

  /**
   * Two-sided p-value of "the rate has changed in no bin": the least of the bins' tests times their
   * number, at most 1. Undefined where no bin has rows on both sides.
   */
  public static Outcome<Double> pAnyBin(List<RelationBin> bins, Overdispersion overdispersion) {
    List<RateTest> tests =
        bins.stream()
            .map(bin -> bin.test(overdispersion).value())
            .flatMap(Optional::stream)
            .toList();
    return tests.stream()
        .map(test -> Math.min(test.pFall(), test.pRise()))
        .min(Double::compare)
        .map(p -> Outcome.of(Math.min(1, 2 * tests.size() * p)))
        .orElseGet(() -> Outcome.undefined("No bin has rows on both sides."));
  }

  /** {@code p(1 - p)/n} at (x + 1/2)/(n + 1), so that few rows of one kind are not certainty. */
  private static double rateVariance(long x, long n) {
    double p = (x + 0.5) / (n + 1.0);
    return n == 0 ? 0 : p * (1 - p) / n;
  }

  /** The variance of a number over rows, from shares that add to 1. */
  private static final class Variance {
    private double mean;
    private double square;

    void add(double share, double of) {
      mean += share * of;
      square += share * of * of;
    }

    double value() {
      return Math.max(0, square - mean * mean);
    }
  }
}
