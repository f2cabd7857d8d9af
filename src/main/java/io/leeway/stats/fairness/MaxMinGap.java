package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.FisherF;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.List;

/**
 * The gap between the highest and the lowest rate among K groups, each with its own denominator
 * above the floor. The plain gap only grows with noise; beside it stand what noise alone makes of
 * it, an interval, and p-values that count every pair that was looked at.
 */
public final class MaxMinGap {
  private static final double ALPHA = 0.05;

  /** Below this many expected events or others in a group chi-square's distribution is off. */
  private static final double LEAST_EXPECTED = 5;

  private static final double Z_POWER = Normal.quantile(0.8);

  private static final int HALVINGS = 60;

  private final SortedGroups groups;
  private final Overdispersion overdispersion;
  private final RateRange range;
  private final double pooled;

  private MaxMinGap(SortedGroups groups, Overdispersion overdispersion, RateRange range) {
    this.groups = groups;
    this.overdispersion = overdispersion;
    this.range = range;
    this.pooled = groups.supported().stream().reduce(GroupRate::plus).orElseThrow().share();
  }

  /**
   * Over the supported groups.
   *
   * <p>Undefined with fewer than two of them, and where undefined rates count as 0: of a number by
   * convention nothing can be inferred.
   */
  public static Outcome<MaxMinGap> of(SortedGroups groups, Overdispersion overdispersion) {
    if (groups.reading().undefinedRates() == Reading.UndefinedRates.ZERO) {
      return Outcome.undefined("Undefined rates count as 0, of which nothing can be inferred.");
    }
    if (groups.supported().size() < 2) {
      return Outcome.undefined("A gap needs two groups; " + groups.sentence());
    }
    return RateRange.of(groups).map(range -> new MaxMinGap(groups, overdispersion, range));
  }

  /** The two groups of the gap and their rates. */
  public RateRange range() {
    return range;
  }

  /** Who was compared, and who was not. */
  public SortedGroups groups() {
    return groups;
  }

  /** Highest minus lowest rate, in [0, 1]. */
  public double gap() {
    return range.difference();
  }

  /** The gap that noise alone makes between groups of these sizes, all of the pooled rate. */
  public double expected() {
    double variance = overdispersion.phi() * pooled * (1 - pooled);
    return ExpectedGap.of(
        groups.supported().stream().mapToDouble(g -> Math.sqrt(variance / g.n())).toArray());
  }

  /** For display, a heuristic: {@code sqrt(max(0, gap² - expected²))}. */
  public double corrected() {
    double expected = expected();
    return Math.sqrt(Math.max(0, gap() * gap() - expected * expected));
  }

  /** The 95 % interval. */
  public Interval interval() {
    return interval(ALPHA);
  }

  /**
   * Lower end: the largest lower limit of Newcombe's over pairs at level {@code alpha/(K(K-1)/2)},
   * not below 0. Upper end: the largest upper limit over pairs at level {@code alpha}; that every
   * pair is within a limit needs no correction.
   *
   * @param alpha how often the interval may miss, in (0, 1)
   */
  Interval interval(double alpha) {
    double pairs = orderedPairs() / 2;
    double zLow = -Normal.quantile(alpha / 2 / pairs);
    double zHigh = -Normal.quantile(alpha / 2);
    double low = 0;
    double high = 0;
    for (GroupRate one : groups.supported()) {
      for (GroupRate other : groups.supported()) {
        if (!one.equals(other)) {
          if (one.share() > other.share()) {
            low = Math.max(low, newcombe(one, other, zLow).low());
          }
          high = Math.max(high, newcombe(one, other, zHigh).high());
        }
      }
    }
    return new Interval(low, high);
  }

  /**
   * P-value of "no two groups are further apart than {@code limit}": the least of {@link
   * RateTest}'s over ordered pairs, times K(K − 1), at most 1.
   *
   * @param limit in [0, 1]
   */
  public double pLimit(double limit) {
    double least = 1;
    for (GroupRate one : groups.supported()) {
      for (GroupRate other : groups.supported()) {
        // A pair within the limit has p >= 1/2, with which the product is 1.
        if (one.share() - other.share() > limit) {
          least = Math.min(least, test(one, other, limit).pRise());
        }
      }
    }
    return Math.min(1, orderedPairs() * least);
  }

  /**
   * P-value of "some two groups are further apart than {@code limit}": the largest of {@link
   * RateTest}'s over ordered pairs, since each of them has to be shown to be within.
   *
   * @param limit in [0, 1]
   */
  public double pWithin(double limit) {
    double most = 0;
    for (GroupRate one : groups.supported()) {
      for (GroupRate other : groups.supported()) {
        if (!one.equals(other)) {
          most = Math.max(most, test(one, other, limit).pFall());
        }
      }
    }
    return Math.min(1, most);
  }

  /**
   * P-value of "all groups have one rate": chi-square of the table of groups by outcomes with K − 1
   * degrees, with an estimated phi F; where a group has fewer than 5 expected events or others
   * pairwise, {@code pLimit(0)}.
   */
  public double pChange() {
    double statistic = 0;
    for (GroupRate group : groups.supported()) {
      double expected = group.n() * pooled;
      if (Math.min(expected, group.n() - expected) < LEAST_EXPECTED) {
        return pLimit(0);
      }
      double excess = group.events() - expected;
      statistic += excess * excess / (expected * (1 - pooled));
    }
    double degrees = groups.supported().size() - 1.0;
    return FisherF.upperTail(
        statistic / (overdispersion.phi() * degrees), degrees, overdispersion.degrees());
  }

  /**
   * The gap that would be found to be beyond {@code limit} (p at most 0.025) with probability 80 %,
   * were it between the two smallest groups, around the pooled rate; between larger ones smaller
   * gaps are found. With z of the level 0.025/(K(K − 1)) and variances at the two rates it solves
   * {@code gap = limit + (z + 0.84) sqrt(phi (p(1 - p)/n + q(1 - q)/m))}.
   *
   * @param limit in [0, 1]; 0 asks what would be found at all
   */
  public double detectable(double limit) {
    return detectable(limit, ALPHA / 2);
  }

  /**
   * The same of another level.
   *
   * @param alpha the largest p that counts as found, in (0, 1)
   */
  public double detectable(double limit, double alpha) {
    List<Long> sizes = groups.supported().stream().map(GroupRate::n).sorted().limit(2).toList();
    double factor = Z_POWER - Normal.quantile(alpha / orderedPairs());
    double low = limit;
    double high = 1;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double gap = (low + high) / 2;
      double lower = Math.max(0, Math.min(pooled - gap / 2, 1 - gap));
      double error =
          Math.max(
              error(lower, sizes.get(0), lower + gap, sizes.get(1)),
              error(lower, sizes.get(1), lower + gap, sizes.get(0)));
      if (limit + factor * error > gap) {
        low = gap;
      } else {
        high = gap;
      }
    }
    return high;
  }

  private double error(double p, long n, double q, long m) {
    return Math.sqrt(overdispersion.phi() * (p * (1 - p) / n + Math.max(0, q * (1 - q)) / m));
  }

  private double orderedPairs() {
    double k = groups.supported().size();
    return k * (k - 1);
  }

  private Interval newcombe(GroupRate one, GroupRate other, double z) {
    return Newcombe.contrast(one.events(), one.n(), other.events(), other.n(), 1, overdispersion, z)
        .orElseThrow();
  }

  private RateTest test(GroupRate one, GroupRate other, double limit) {
    return RateTest.againstReference(
            one.events(), one.n(), other.events(), other.n(), limit, 1, overdispersion)
        .orElseThrow();
  }
}
