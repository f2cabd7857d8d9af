package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Anything with a standard error, by the contrast {@code w - a - b r}: Student's t with the smaller
 * of n − 1 and the degrees of an estimated overdispersion. Every stored error is that of dependent
 * rows: it has grown by the root of its overdispersion.
 *
 * <p>Of calibration in the large no change is 0, and the error of "scores are right" another one:
 * its own stored p-value, which is two-sided, says how sure a change is.
 */
enum MeanRecipe implements Recipe {
  OF_ROWS,
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
  public boolean learns(Direction direction) {
    return direction.isChange();
  }

  /**
   * Of a reference's value with standard error SE on m rows, without its own factor phi_m and with
   * that of the window: {@code spreads sqrt(SE²/phi_m phi (m/n + 1))}. Of skewed rows that of the
   * capped ones, on which the change is tested.
   */
  @Override
  public Outcome<Double> learned(Observed observed, double spreads) {
    Observed tested = capped(observed).orElse(observed);
    Long n = tested.measure().n();
    Optional<Measure> other =
        tested.other().value().filter(of -> of.stdError() != null && of.n() != null);
    if (n == null || n == 0 || other.isEmpty()) {
      return Outcome.undefined(tested.other().reason().orElseGet(() -> withoutError(tested)));
    }
    Measure reference = other.get();
    double grown = tested.overdispersion().phi() / Observed.overdispersion(reference).phi();
    double rows = (double) reference.n() / n + 1;
    double distance = spreads * reference.stdError() * Math.sqrt(grown * rows);
    return distance > 0
        ? Outcome.of(distance)
        : Outcome.undefined(
            "In the whole reference it never varies, so there is no spread to learn; write a number"
                + " in place of learned.");
  }

  private static String withoutError(Observed observed) {
    return "Of " + observed.otherName() + " no standard error is stored.";
  }

  /** The same of capped values, where it is the mean of skewed ones and they are stored. */
  private Optional<Observed> capped(Observed observed) {
    Series series = observed.series();
    return this == OF_SKEWED_ROWS
        ? observed
            .in(series.column() + "." + CAPPED, series.metric() + "_" + CAPPED)
            .filter(of -> of.measure().stdError() != null)
        : Optional.empty();
  }

  @Override
  public Tested test(Observed observed, Border border) {
    if (border.isRelativeToOther()) {
      Optional<Observed> capped = capped(observed);
      if (capped.isPresent()) {
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
    Optional<MeanInterval> other = observed.other().value().flatMap(MeanRecipe::mean);
    if (border.isRelativeToOther() && other.isEmpty()) {
      return Tested.undefined(observed.other().reason().orElseGet(() -> withoutError(observed)));
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
  private static Optional<MeanInterval> mean(Measure measure) {
    if (measure.value() == null
        || measure.stdError() == null
        || measure.n() == null
        || measure.n() < 2) {
      return Optional.empty();
    }
    double degrees = Math.min(measure.n() - 1.0, Observed.overdispersion(measure).degrees());
    return Optional.of(new MeanInterval(measure.value(), measure.stdError(), degrees));
  }
}
