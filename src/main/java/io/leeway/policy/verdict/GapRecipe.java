package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.EqualizedOdds;
import io.leeway.stats.fairness.MaxMinGap;
import io.leeway.stats.fairness.MinMaxRatio;
import io.leeway.stats.fairness.SortedGroups;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * The gap between the highest and the lowest rate among groups, over every pair of them. The rates
 * are those stored of the groups' own segments; where those do not give the stored gap, its
 * interval is all there is.
 *
 * <p>How far a gap has grown is measured from the upper end of the reference's 95 % interval, over
 * the groups that the reference has: its own noise would make gaps grow that do not.
 */
record GapRecipe() implements Recipe {
  private static final String DIFFERENCE = "_difference";
  private static final String SUPPORTED = "_supported";
  private static final String RATIO = "demographic_parity_ratio" + SUPPORTED;
  private static final String ODDS = "equalized_odds" + DIFFERENCE + SUPPORTED;
  private static final String TRUE_POSITIVE = "equal_opportunity";
  private static final String FALSE_POSITIVE = "predictive_equality";
  private static final double CLOSE = 1e-9;
  private static final Interval NO_GAP = new Interval(0, 0);

  /** What groups are compared by. */
  private static final Map<String, String> RATES =
      Map.of(
          "demographic_parity",
          "selection_rate",
          TRUE_POSITIVE,
          "recall",
          FALSE_POSITIVE,
          "fpr",
          "predictive_parity",
          "precision",
          "accuracy_parity",
          "accuracy",
          "label_coverage",
          "label_coverage");

  @Override
  public Set<String> looksBeside(String metric) {
    Set<String> beside = new TreeSet<>();
    for (String gap :
        metric.equals(ODDS) ? List.of(TRUE_POSITIVE, FALSE_POSITIVE) : List.of(gap(metric))) {
      beside.add(RATES.get(gap));
      beside.add(gap + DIFFERENCE + SUPPORTED);
    }
    beside.add(metric.substring(0, metric.length() - SUPPORTED.length()) + "_pvalue");
    beside.add(gap(metric) + DIFFERENCE + "_pvalue");
    return beside;
  }

  /** What the groups are compared by in a metric of a difference or ratio. */
  private static String gap(String metric) {
    String ending = metric.equals(RATIO) ? "_ratio" : DIFFERENCE;
    return metric.substring(0, metric.length() - (ending + SUPPORTED).length());
  }

  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    if (!metric.equals(RATIO)) {
      return limit >= 1
          ? Optional.of("a gap between rates is at most 1; write a limit below, such as 0.1.")
          : direction == Direction.RISES_BY ? Optional.empty() : Recipe.onlyAbove(direction, limit);
    }
    return direction == Direction.BELOW && limit >= 0 && limit <= 1
        ? Optional.empty()
        : Optional.of("a ratio of rates is the better the higher; write below, such as 0.8.");
  }

  @Override
  public Tested test(Observed observed, Border border) {
    String metric = observed.series().metric();
    if (metric.equals(RATIO)) {
      return ratio(observed, border);
    }
    if (metric.equals(ODDS)) {
      return odds(observed, border);
    }
    return gap(observed, gap(metric), border);
  }

  private static SortedGroups groups(Observed observed, String gap) {
    return SortedGroups.of(observed.groups(RATES.get(gap)), Floor.RATE.least());
  }

  private static SortedGroups groupsOfReference(Observed observed, String gap) {
    return SortedGroups.of(observed.groupsOfReference(RATES.get(gap)), Floor.RATE.least());
  }

  private static Overdispersion phi(Observed observed, String gap) {
    return observed
        .beside(gap + DIFFERENCE + SUPPORTED)
        .map(Observed::overdispersion)
        .orElse(Overdispersion.NONE);
  }

  private static boolean isLike(Observed observed, double value) {
    return Math.abs(observed.measure().value() - value) <= CLOSE;
  }

  private static Tested gap(Observed observed, String name, Border border) {
    Overdispersion phi = phi(observed, name);
    Outcome<Interval> before =
        border.isRelativeToOther()
            ? MaxMinGap.of(groupsOfReference(observed, name), phi).map(MaxMinGap::interval)
            : Outcome.of(NO_GAP);
    return MaxMinGap.of(groups(observed, name), phi)
        .value()
        .filter(of -> isLike(observed, of.gap()))
        .map(
            of ->
                tested(
                    before,
                    border,
                    from -> from > 0 ? of.pLimit(from) : of.pChange(),
                    of::pLimit,
                    of::pWithin,
                    List.of(of)))
        .orElseGet(() -> byInterval(observed, border));
  }

  private static Tested odds(Observed observed, Border border) {
    Overdispersion ofTrue = phi(observed, TRUE_POSITIVE);
    Overdispersion ofFalse = phi(observed, FALSE_POSITIVE);
    Outcome<Interval> before =
        border.isRelativeToOther()
            ? EqualizedOdds.of(
                    groupsOfReference(observed, TRUE_POSITIVE),
                    ofTrue,
                    groupsOfReference(observed, FALSE_POSITIVE),
                    ofFalse)
                .map(EqualizedOdds::interval)
            : Outcome.of(NO_GAP);
    return EqualizedOdds.of(
            groups(observed, TRUE_POSITIVE), ofTrue, groups(observed, FALSE_POSITIVE), ofFalse)
        .value()
        .filter(of -> isLike(observed, of.gap()))
        .map(
            of ->
                tested(
                    before,
                    border,
                    from -> from > 0 ? of.pLimit(from) : of.pChange(),
                    of::pLimit,
                    of::pWithin,
                    of.gaps()))
        .orElseGet(() -> byInterval(observed, border));
  }

  /**
   * By p-values of one gap or two.
   *
   * @param before the gap that growth is measured from
   * @param change of a gap that was at most so large
   */
  private static Tested tested(
      Outcome<Interval> before,
      Border border,
      DoubleUnaryOperator change,
      DoubleUnaryOperator beyond,
      DoubleUnaryOperator within,
      List<MaxMinGap> gaps) {
    if (!before.isDefined()) {
      return Tested.undefined(
          "How large the gap was in the reference is not known: " + before.reason().orElseThrow());
    }
    double from = before.orElseThrow().high();
    double limit = border.a() + from;
    if (limit >= 1) {
      return Tested.suppressed(
          "In the reference the gap may have been "
              + Numbers.text(from)
              + ", and none is larger than 1, so it cannot grow so far.");
    }
    return Finding.of(
        gaps.stream().mapToDouble(MaxMinGap::corrected).max().orElseThrow(),
        limit,
        true,
        beyond.applyAsDouble(limit),
        within.applyAsDouble(limit),
        OptionalDouble.of(change.applyAsDouble(from)),
        power(gaps, limit, from));
  }

  private static Power power(List<MaxMinGap> gaps, double limit, double from) {
    return (alpha, evidence) ->
        gaps.stream()
            .mapToDouble(
                of ->
                    evidence == Evidence.LIMIT
                        ? of.detectable(limit, alpha / gaps.size())
                        : Math.max(limit, of.detectable(from, alpha / gaps.size())))
            .max();
  }

  private static Tested ratio(Observed observed, Border border) {
    String parity = "demographic_parity";
    Outcome<MinMaxRatio> found = MinMaxRatio.of(groups(observed, parity), phi(observed, parity));
    Optional<MinMaxRatio> ratio = found.value().filter(of -> isLike(observed, of.ratio()));
    if (ratio.isEmpty()) {
      return Tested.undefined("The rates of the groups are not stored beside it.");
    }
    double limit = border.a();
    OptionalDouble change =
        observed
            .beside(parity + DIFFERENCE + "_pvalue")
            .map(Measure::value)
            .map(OptionalDouble::of)
            .orElseGet(OptionalDouble::empty);
    return Finding.of(
        ratio.get().ratio(),
        limit,
        false,
        ratio.get().pLimit(limit),
        ratio.get().pWithin(limit),
        change,
        Power.UNKNOWN);
  }

  /** With the change's own stored p-value. */
  private static Tested byInterval(Observed observed, Border border) {
    String metric = observed.series().metric();
    if (border.isRelativeToOther()) {
      return Tested.undefined(
          "The rates of the groups are not stored beside it, so how it has grown cannot be told.");
    }
    String name = metric.substring(0, metric.length() - SUPPORTED.length());
    Optional<Double> stored = observed.beside(name + "_pvalue").map(Measure::value);
    return new IntervalRecipe()
        .test(observed, border)
        .fold(
            found ->
                stored
                    .<Tested>map(
                        p ->
                            Finding.of(
                                    corrected(observed.measure()),
                                    found.limit(),
                                    true,
                                    found.pBeyond(),
                                    found.pWithin(),
                                    OptionalDouble.of(p),
                                    Power.UNKNOWN)
                                .withNote(
                                    "The rates of the groups are not stored beside it, so by its"
                                        + " interval alone."))
                    .orElse(found),
            untested -> untested);
  }

  private static double corrected(Measure measure) {
    double noise = measure.expected() == null ? 0 : measure.expected();
    return Math.sqrt(Math.max(0, measure.value() * measure.value() - noise * noise));
  }
}
