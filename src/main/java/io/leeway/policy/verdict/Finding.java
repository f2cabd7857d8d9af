package io.leeway.policy.verdict;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a stored value says against a rule's limit. All p-values are one-sided.
 *
 * @param estimate what is held against the limit: the value without what noise makes of it
 * @param limit in the unit of the metric
 * @param isUpper whether values above the limit are too far
 * @param pBeyond p-value of "the true value is within the limit"; at most 0.025 where the interval
 *     lies wholly beyond
 * @param pWithin p-value of "the true value is beyond the limit"; at most 0.025 where the interval
 *     lies wholly within
 * @param pChange p-value of "nothing has become worse"; empty where there is nothing to compare
 *     with
 * @param power what would have been found
 * @param fact whether the value is counted without any noise, so that it takes no test
 * @param alone why a single window's change is not to be relied on; empty where it is
 * @param note what else is to be known of the p-values
 */
record Finding(
    double estimate,
    double limit,
    boolean isUpper,
    double pBeyond,
    double pWithin,
    OptionalDouble pChange,
    Power power,
    boolean fact,
    Optional<String> alone,
    Optional<String> note)
    implements Tested {
  Finding {
    Objects.requireNonNull(power, "power");
    if (!isProbability(pBeyond) || !isProbability(pWithin) || !isProbability(pChange.orElse(0))) {
      throw new IllegalArgumentException(
          "P-values lie in [0, 1], but are "
              + pBeyond
              + ", "
              + pWithin
              + " and "
              + pChange
              + " of the estimate "
              + estimate
              + " against "
              + limit
              + ".");
    }
  }

  /** Of a tested value. */
  static Finding of(
      double estimate,
      double limit,
      boolean isUpper,
      double pBeyond,
      double pWithin,
      OptionalDouble pChange,
      Power power) {
    return new Finding(
        estimate,
        limit,
        isUpper,
        pBeyond,
        pWithin,
        pChange,
        power,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** Of a value of which no more is known than that no breach can come of it. */
  static Finding quiet(double limit, boolean isUpper) {
    double within = isUpper ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return of(within, limit, isUpper, 1, 1, OptionalDouble.of(1), Power.UNKNOWN);
  }

  private static boolean isProbability(double p) {
    return p >= 0 && p <= 1;
  }

  /** Whether the estimate is on the wrong side of the limit. */
  boolean isBeyond() {
    return Border.isBeyond(estimate, limit, isUpper);
  }

  /** The same, but for what a single window's change is worth. */
  Finding notAlone(String why) {
    return new Finding(
        estimate, limit, isUpper, pBeyond, pWithin, pChange, power, fact, Optional.of(why), note);
  }

  /** The same with something to be known of its p-values. */
  Finding withNote(String what) {
    return new Finding(
        estimate, limit, isUpper, pBeyond, pWithin, pChange, power, fact, alone, Optional.of(what));
  }

  /** The p-value of the evidence; that of the limit where nothing can tell a change. */
  double p(Evidence evidence) {
    return evidence == Evidence.CHANGE ? pChange.orElse(pBeyond) : pBeyond;
  }

  @Override
  public <R> R fold(Function<Finding, R> ifFound, Function<Untested, R> ifNot) {
    return ifFound.apply(this);
  }
}
