package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Equalized odds: the true and the false positive rate, each with its own denominators and
 * therefore its own groups. A group without positives has no true positive rate, and none is made
 * up for it. Where one of the two rates has no gap the other one speaks alone.
 */
public final class EqualizedOdds {
  private static final double ALPHA = 0.05;

  private final List<MaxMinGap> gaps;

  private EqualizedOdds(List<MaxMinGap> gaps) {
    this.gaps = gaps;
  }

  /** Undefined where both gaps are. */
  public static Outcome<EqualizedOdds> of(
      SortedGroups tpr, Overdispersion ofTpr, SortedGroups fpr, Overdispersion ofFpr) {
    Outcome<MaxMinGap> first = MaxMinGap.of(tpr, ofTpr);
    Outcome<MaxMinGap> second = MaxMinGap.of(fpr, ofFpr);
    List<MaxMinGap> gaps =
        Stream.of(first, second).map(Outcome::value).flatMap(Optional::stream).toList();
    return gaps.isEmpty()
        ? Outcome.undefined(
            "True positive rate: "
                + first.reason().orElseThrow()
                + " False positive rate: "
                + second.reason().orElseThrow())
        : Outcome.of(new EqualizedOdds(gaps));
  }

  /** The larger of the two differences; undefined where both are. */
  public static Outcome<Double> difference(Outcome<RateRange> tpr, Outcome<RateRange> fpr) {
    return Stream.of(tpr, fpr)
        .flatMap(range -> range.value().stream())
        .map(RateRange::difference)
        .max(Double::compare)
        .map(Outcome::of)
        .orElseGet(() -> Outcome.undefined("No group has a true or false positive rate."));
  }

  /** The smaller of the two ratios, 0/0 ignored; undefined where both are. */
  public static Outcome<Double> ratio(Outcome<RateRange> tpr, Outcome<RateRange> fpr) {
    return Stream.of(tpr, fpr)
        .map(range -> range.flatMap(RateRange::ratio))
        .flatMap(ratio -> ratio.value().stream())
        .min(Double::compare)
        .map(Outcome::of)
        .orElseGet(() -> Outcome.undefined("Neither rate has a ratio between groups."));
  }

  /** Of the true, then of the false positive rate; one of them may be missing. */
  public List<MaxMinGap> gaps() {
    return gaps;
  }

  /** The larger gap. */
  public double gap() {
    return most(MaxMinGap::gap);
  }

  /** The 95 % interval: the larger of the ends of both gaps, each at half the level. */
  public Interval interval() {
    double alpha = ALPHA / gaps.size();
    return new Interval(
        most(gap -> gap.interval(alpha).low()), most(gap -> gap.interval(alpha).high()));
  }

  /** P-value of "neither gap is beyond {@code limit}": twice the smaller one, at most 1. */
  public double pLimit(double limit) {
    return least(gap -> gap.pLimit(limit));
  }

  /** P-value of "one of the gaps is beyond {@code limit}": the larger one. */
  public double pWithin(double limit) {
    return most(gap -> gap.pWithin(limit));
  }

  /** P-value of "all groups have the same two rates": twice the smaller one, at most 1. */
  public double pChange() {
    return least(MaxMinGap::pChange);
  }

  private double most(ToDoubleFunction<MaxMinGap> of) {
    return gaps.stream().mapToDouble(of).max().orElseThrow();
  }

  private double least(ToDoubleFunction<MaxMinGap> of) {
    return Math.min(1, gaps.size() * gaps.stream().mapToDouble(of).min().orElseThrow());
  }
}
