package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/**
 * The difference between the rates of two groups among alike: within strata, pooled by their sizes.
 * With w_s the share of stratum s among the strata used, d_s the difference within it and [l_s,
 * u_s] Newcombe's interval of that,
 *
 * <pre>{@code
 * difference = sum of w_s d_s
 * from difference - sqrt(sum of w_s² (d_s - l_s)²) to difference + sqrt(sum of w_s² (u_s - d_s)²)
 * }</pre>
 *
 * @param difference in [−1, 1]
 * @param interval of 95 %
 * @param errorIfAlike standard error if no stratum has a difference, with its pooled rate
 * @param degrees of Student's t, infinite unless phi was estimated
 * @param strataUsed strata in which both groups have enough rows
 * @param rowsLeftOut rows of the other strata
 * @see "X. Yan and X. G. Su (2010), Stratified Wilson and Newcombe confidence intervals for
 *     multiple binomial proportions, Statistics in Biopharmaceutical Research 2, whose weights are
 *     others"
 */
public record ConditionalParity(
    double difference,
    Interval interval,
    double errorIfAlike,
    double degrees,
    int strataUsed,
    long rowsLeftOut) {

  /**
   * Undefined where both groups are in no stratum large enough.
   *
   * @param least denominator of either group from which a stratum is used, &ge; 1
   */
  public static Outcome<ConditionalParity> of(
      List<Stratum> strata, long least, Overdispersion overdispersion) {
    if (least < 1) {
      throw new IllegalArgumentException("The least denominator is 1, not " + least + ".");
    }
    List<Stratum> used =
        strata.stream()
            .filter(stratum -> Math.min(stratum.group().n(), stratum.against().n()) >= least)
            .toList();
    if (used.isEmpty()) {
      return Outcome.undefined(
          "In none of " + strata.size() + " strata do both groups have " + least + " rows.");
    }
    double rows = used.stream().mapToDouble(Stratum::rows).sum();
    double difference = 0;
    double below = 0;
    double above = 0;
    double ifAlike = 0;
    for (Stratum stratum : used) {
      GroupRate group = stratum.group();
      GroupRate against = stratum.against();
      double weight = stratum.rows() / rows;
      double within = group.share() - against.share();
      Interval of = newcombe(group, against, overdispersion);
      double pooled = group.plus(against).share();
      double variance = pooled * (1 - pooled) * (1.0 / group.n() + 1.0 / against.n());
      difference += weight * within;
      below = Math.hypot(below, weight * (within - of.low()));
      above = Math.hypot(above, weight * (of.high() - within));
      ifAlike += weight * weight * overdispersion.phi() * variance;
    }
    return Outcome.of(
        new ConditionalParity(
            difference,
            new Interval(difference - below, difference + above),
            Math.sqrt(ifAlike),
            overdispersion.degrees(),
            used.size(),
            strata.stream().mapToLong(Stratum::rows).sum()
                - used.stream().mapToLong(Stratum::rows).sum()));
  }

  /** Two-sided p-value of "no stratum has a difference", in which opposite ones may cancel. */
  public double pChange() {
    MeanContrast contrast = new MeanContrast(difference, errorIfAlike, degrees);
    return Math.min(1, 2 * Math.min(contrast.pFall(), contrast.pRise()));
  }

  private static Interval newcombe(
      GroupRate group, GroupRate against, Overdispersion overdispersion) {
    return Newcombe.contrast(
            group.events(), group.n(), against.events(), against.n(), 1, overdispersion, Normal.Z95)
        .orElseThrow();
  }
}
