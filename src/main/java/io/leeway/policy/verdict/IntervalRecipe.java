package io.leeway.policy.verdict;

import io.leeway.domain.Measure;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is stored with a 95 % interval and no test of its own, such as a quantile: beyond or within
 * the limit where the whole interval is, and then with a p-value of at most 0.025, which is all
 * that an interval tells. A single such value can be a breach, many in one family hardly.
 *
 * <p>A quantile's interval ends at order statistics, so this is the exact test of the share of rows
 * above the limit, known to one level. Against another value the limit is measured from the far end
 * of that one's interval.
 */
record IntervalRecipe() implements Recipe {
  private static final double TAIL = 0.025;
  private static final String NOTE =
      "Only an interval is stored, so its p-value is known to be at most 0.025 or not.";

  @Override
  public Set<String> looksBeside(String metric) {
    return Set.of(metric + "_corrected", pValue(metric));
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Measure measure = observed.measure();
    if (measure.ciLow() == null || measure.ciHigh() == null) {
      return Tested.undefined(
          "It is stored without an interval, so noise cannot be told from change.");
    }
    boolean isUpper = border.isUpper();
    Optional<Measure> other =
        observed.other().value().filter(of -> of.ciLow() != null && of.ciHigh() != null);
    if (border.isRelativeToOther() && other.isEmpty()) {
      return Tested.undefined(
          observed
              .other()
              .reason()
              .orElse("Of " + observed.otherName() + " no interval is stored."));
    }
    Optional<Double> far = other.map(of -> isUpper ? of.ciHigh() : of.ciLow());
    if (border.b() != 1 && border.isRelativeToOther() && !(far.orElseThrow() > 0)) {
      return Tested.undefined(
          "A relative change needs a value above 0 to start from, but that of "
              + observed.otherName()
              + " may be "
              + Numbers.text(far.get())
              + ".");
    }
    double limit = border.isRelativeToOther() ? border.at(far.orElseThrow()) : border.a();
    return Finding.of(
            estimate(observed),
            limit,
            isUpper,
            p(isUpper ? measure.ciLow() > limit : measure.ciHigh() < limit),
            p(isUpper ? measure.ciHigh() <= limit : measure.ciLow() >= limit),
            change(observed, far, isUpper),
            Power.UNKNOWN)
        .withNote(NOTE);
  }

  private static String pValue(String metric) {
    return metric.equals("volume_ratio") ? "volume_pvalue" : metric + "_pvalue";
  }

  private static double p(boolean isSure) {
    return isSure ? TAIL : 1;
  }

  private static double estimate(Observed observed) {
    return observed
        .beside(observed.series().metric() + "_corrected")
        .map(Measure::value)
        .orElse(observed.measure().value());
  }

  /** By a stored p-value, which only a distance has one-sided; else by the other interval. */
  private static OptionalDouble change(Observed observed, Optional<Double> far, boolean isUpper) {
    Measure measure = observed.measure();
    String metric = observed.series().metric();
    boolean isDistance = metric.equals("multivariate_drift");
    Optional<Double> stored = observed.beside(pValue(metric)).map(Measure::value);
    if (stored.isPresent() && measure.expected() != null) {
      boolean isSeen = isUpper == measure.value() > measure.expected();
      return OptionalDouble.of(isDistance ? stored.get() : OneSided.of(stored.get(), isSeen));
    }
    return far.map(of -> p(isUpper ? measure.ciLow() > of : measure.ciHigh() < of))
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }
}
