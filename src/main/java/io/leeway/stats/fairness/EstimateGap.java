package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.StudentT;
import java.util.Comparator;
import java.util.List;

/**
 * {@link MaxMinGap} for estimates that are no rates: mean errors, logarithms of spreads, any with a
 * standard error. Of logarithms the gap is that of a ratio: {@code exp} of it and of the interval's
 * ends is largest over smallest.
 */
public final class EstimateGap {
  private static final double ALPHA = 0.05;

  private final List<GroupEstimate> groups;

  private EstimateGap(List<GroupEstimate> groups) {
    this.groups = groups;
  }

  /** Undefined with fewer than two groups; which have enough rows is the caller's to say. */
  public static Outcome<EstimateGap> of(List<GroupEstimate> groups) {
    if (groups.size() < 2) {
      return Outcome.undefined("A gap needs two groups, but there are " + groups.size() + ".");
    }
    Comparator<GroupEstimate> byValue = Comparator.comparingDouble(of -> of.estimate().mean());
    return Outcome.of(
        new EstimateGap(
            groups.stream().sorted(byValue.thenComparing(GroupEstimate::group)).toList()));
  }

  public GroupEstimate lowest() {
    return groups.get(0);
  }

  public GroupEstimate highest() {
    return groups.get(groups.size() - 1);
  }

  public double gap() {
    return highest().estimate().mean() - lowest().estimate().mean();
  }

  /** The gap that noise alone makes between estimates of these standard errors. */
  public double expected() {
    return ExpectedGap.of(
        groups.stream().mapToDouble(group -> group.estimate().standardError()).toArray());
  }

  /**
   * The 95 % interval. Lower end: the largest lower limit over pairs at level {@code
   * 0.05/(K(K-1)/2)}, not below 0. Upper end: the largest upper limit over pairs at 0.05.
   */
  public Interval interval() {
    double pairs = orderedPairs() / 2;
    double low = 0;
    double high = 0;
    for (GroupEstimate one : groups) {
      for (GroupEstimate other : groups) {
        if (!one.equals(other)) {
          MeanContrast contrast = one.above(other, 0);
          low = Math.max(low, contrast.estimate() - half(contrast, ALPHA / pairs));
          high = Math.max(high, contrast.estimate() + half(contrast, ALPHA));
        }
      }
    }
    return new Interval(low, high);
  }

  /**
   * P-value of "no two groups are further apart than {@code limit}": the least over ordered pairs
   * by Welch's test, times K(K − 1), at most 1. With 0: "all groups are alike".
   *
   * @param limit &ge; 0
   */
  public double pLimit(double limit) {
    double least = 1;
    for (GroupEstimate one : groups) {
      for (GroupEstimate other : groups) {
        if (!one.equals(other)) {
          least = Math.min(least, one.above(other, limit).pRise());
        }
      }
    }
    return Math.min(1, orderedPairs() * least);
  }

  private double orderedPairs() {
    return groups.size() * (groups.size() - 1.0);
  }

  private static double half(MeanContrast contrast, double alpha) {
    return StudentT.quantile(1 - alpha / 2, contrast.degrees()) * contrast.standardError();
  }
}
