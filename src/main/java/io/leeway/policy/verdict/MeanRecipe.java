package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Anything with a standard error, by the contrast {@code w - a - b r}: Student's t with the smaller
 * of n − 1 and the degrees of an estimated overdispersion.
 *
 * <p>Of calibration in the large no change is 0, and the error of "scores are right" another one:
 * its own stored p-value, which is two-sided, says how sure a change is.
 */
enum MeanRecipe implements Recipe {
  /** The stored error is that of dependent rows. */
  OF_ROWS,
  /** The stored error is that of independent rows, and grows by the root of the overdispersion. */
  OF_RANKS,
  /**
   * Few large values must not decide: a change is tested on values cut at the reference's 99th
   * percentile, where they are stored.
   */
  OF_SKEWED_ROWS;

  private static final String CAPPED = "capped";

  @Override
  public Set<String> looksBeside(String metric) {
    return Set.of(metric + "_" + CAPPED, metric + "_pvalue");
  }

  @Override
  public Tested test(Observed observed, Border border) {
    if (this == OF_SKEWED_ROWS && border.isRelativeToOther()) {
      Series series = observed.series();
      Optional<Observed> capped =
          observed.in(series.column() + "." + CAPPED, series.metric() + "_" + CAPPED);
      if (capped.filter(of -> of.measure().stdError() != null).isPresent()) {
        Tested tested = OF_ROWS.test(capped.get(), border);
        return tested.fold(
            found -> found.withNote("Tested on values cut at the reference's 99th percentile."),
            untested -> untested);
      }
    }
    Optional<MeanInterval> window = mean(observed.measure());
    if (window.isEmpty()) {
      return Tested.undefined(
          "It is stored without a standard error, so noise cannot be told from change.");
    }
    Optional<MeanInterval> other = observed.other().value().flatMap(this::mean);
    if (border.isRelativeToOther() && other.isEmpty()) {
      return Tested.undefined(
          observed
              .other()
              .reason()
              .orElse("Of " + observed.otherName() + " no standard error is stored."));
    }
    if (border.b() != 1 && border.isRelativeToOther() && !(other.get().mean() > 0)) {
      return Tested.undefined(
          "A relative change needs a value above 0 to start from, but that of "
              + observed.otherName()
              + " is "
              + Numbers.text(other.get().mean())
              + ".");
    }
    return finding(observed, window.get(), other, border);
  }

  private Tested finding(
      Observed observed, MeanInterval window, Optional<MeanInterval> other, Border border) {
    boolean isUpper = border.isUpper();
    MeanContrast contrast =
        border.isRelativeToOther()
            ? MeanContrast.of(window, other.orElseThrow(), border.a(), border.b())
            : MeanContrast.of(window, border.a());
    double limit = border.isRelativeToOther() ? border.at(other.orElseThrow().mean()) : border.a();
    Optional<MeanContrast> change = other.map(of -> MeanContrast.of(window, of, 0, 1));
    OptionalDouble noChange =
        other.map(of -> OptionalDouble.of(of.mean())).orElseGet(OptionalDouble::empty);
    Power power =
        Power.normal(
            limit,
            contrast.standardError(),
            noChange,
            change.map(MeanContrast::standardError).orElse(0.0),
            isUpper);
    OptionalDouble pChange =
        change.map(of -> OptionalDouble.of(beyond(of, isUpper))).orElseGet(OptionalDouble::empty);
    return Finding.of(
        window.mean(),
        limit,
        isUpper,
        beyond(contrast, isUpper),
        beyond(contrast, !isUpper),
        border.isRelativeToOther() ? pChange : ownChange(observed, window, isUpper, pChange),
        power);
  }

  /** Of a metric with a stored p-value of its own that one. */
  private static OptionalDouble ownChange(
      Observed observed, MeanInterval window, boolean isUpper, OptionalDouble otherwise) {
    return observed
        .beside(observed.series().metric() + "_pvalue")
        .filter(of -> of.value() != null && of.comparison() == Comparison.NONE)
        .map(of -> OneSided.of(of.value(), isUpper == window.mean() > 0))
        .map(OptionalDouble::of)
        .orElse(otherwise);
  }

  private static double beyond(MeanContrast contrast, boolean isUpper) {
    return isUpper ? contrast.pRise() : contrast.pFall();
  }

  /** The value as a mean of its rows; empty without an error. */
  private Optional<MeanInterval> mean(Measure measure) {
    if (measure.value() == null
        || measure.stdError() == null
        || measure.n() == null
        || measure.n() < 2) {
      return Optional.empty();
    }
    double phi = Observed.overdispersion(measure).phi();
    double grown = this == OF_RANKS ? Math.sqrt(phi) : 1;
    double degrees = Math.min(measure.n() - 1.0, Observed.overdispersion(measure).degrees());
    return Optional.of(new MeanInterval(measure.value(), measure.stdError() * grown, degrees));
  }
}
