package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;

/** The lowest over the highest rate among K groups, each above the floor: "four fifths". */
public final class MinMaxRatio {
  private final SortedGroups groups;
  private final Overdispersion overdispersion;
  private final RateRange range;
  private final double ratio;

  private MinMaxRatio(
      SortedGroups groups, Overdispersion overdispersion, RateRange range, double ratio) {
    this.groups = groups;
    this.overdispersion = overdispersion;
    this.range = range;
    this.ratio = ratio;
  }

  /** Over the supported groups; undefined where {@link MaxMinGap} is and where all rates are 0. */
  public static Outcome<MinMaxRatio> of(SortedGroups groups, Overdispersion overdispersion) {
    return MaxMinGap.of(groups, overdispersion)
        .map(MaxMinGap::range)
        .flatMap(
            range ->
                range.ratio().map(ratio -> new MinMaxRatio(groups, overdispersion, range, ratio)));
  }

  /** The two groups of the ratio and their rates. */
  public RateRange range() {
    return range;
  }

  /** Who was compared, and who was not. */
  public SortedGroups groups() {
    return groups;
  }

  /** In [0, 1]. */
  public double ratio() {
    return ratio;
  }

  /**
   * P-value of "every group has at least {@code least} times the rate of every other": the least of
   * {@link RateTest}'s of p_i &ge; least · p_j over ordered pairs, times K(K − 1), at most 1.
   *
   * @param least in [0, 1], for example 0.8
   */
  public double pLimit(double least) {
    double p = 1;
    for (GroupRate one : groups.supported()) {
      for (GroupRate other : groups.supported()) {
        // A pair within the limit has p >= 1/2, with which the product is 1.
        if (one.share() < least * other.share()) {
          p = Math.min(p, test(one, other, least).pFall());
        }
      }
    }
    double k = groups.supported().size();
    return Math.min(1, k * (k - 1) * p);
  }

  /**
   * P-value of "some group has less than {@code least} times the rate of another": the largest of
   * {@link RateTest}'s over ordered pairs.
   *
   * @param least in [0, 1]
   */
  public double pWithin(double least) {
    double most = 0;
    for (GroupRate one : groups.supported()) {
      for (GroupRate other : groups.supported()) {
        if (!one.equals(other)) {
          most = Math.max(most, test(one, other, least).pRise());
        }
      }
    }
    return Math.min(1, most);
  }

  private RateTest test(GroupRate one, GroupRate other, double least) {
    return RateTest.againstReference(
            one.events(), one.n(), other.events(), other.n(), 0, least, overdispersion)
        .orElseThrow();
  }
}
