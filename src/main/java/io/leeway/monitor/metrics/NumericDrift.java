package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.DecileCounts;
import io.leeway.profile.Moment;
import io.leeway.profile.NumericComparison;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.AlignedCounts;
import io.leeway.stats.drift.KolmogorovSmirnov;
import io.leeway.stats.drift.Wasserstein;
import io.leeway.stats.drift.WassersteinInference;
import io.leeway.stats.inference.Interval;
import java.util.List;

/** Distances of a numeric or score column's window from its reference. */
final class NumericDrift {
  /** Of a normal distribution, the interquartile range in standard deviations. */
  private static final double NORMAL_IQR = 1.349;

  private final NumericProfile reference;
  private final Spreads spreads;
  private final MeasureDraft draft;

  private NumericDrift(
      NumericProfile reference, NumericProfile window, Comparison comparison, Spreads spreads) {
    this.reference = reference;
    this.spreads = spreads;
    this.draft = new MeasureDraft(comparison, window.n(), reference.n(), spreads);
  }

  static List<Measure> of(
      NumericProfile reference, NumericProfile window, Comparison comparison, Spreads spreads) {
    NumericDrift drift = new NumericDrift(reference, window, comparison, spreads);
    AlignedCounts aligned = NumericComparison.alignedCounts(reference, window);
    drift.addKolmogorovSmirnov(KolmogorovSmirnov.of(aligned));
    drift.addWasserstein(aligned);
    Outcome<DecileCounts> deciles = NumericComparison.decileCounts(reference, window);
    BinDistances.add(drift.draft, deciles, spreads.overdispersion(Varying.BINS));
    if (window.grid().splitByDecision() && comparison == Comparison.BASELINE) {
      BoundaryMeasures.addChange(drift.draft, reference, window, spreads);
    }
    return drift.draft.measures();
  }

  private void addKolmogorovSmirnov(Outcome<KolmogorovSmirnov> outcome) {
    draft.add(
        "ks_statistic",
        outcome.map(KolmogorovSmirnov::statistic),
        measure -> {
          KolmogorovSmirnov ks = outcome.orElseThrow();
          Interval interval = ks.interval(spreads.overdispersion(Varying.KOLMOGOROV_SMIRNOV));
          bound(measure.interval(interval.low(), interval.high()), ks.errorBound());
        });
    draft.add(
        "ks_pvalue",
        outcome.map(KolmogorovSmirnov::pValue),
        measure -> pValueBound(measure, outcome.orElseThrow(), KolmogorovSmirnov::pValue));
    draft.add(
        "ks_pvalue_limit",
        outcome.map(KolmogorovSmirnov::pValueLimit),
        measure -> pValueBound(measure, outcome.orElseThrow(), KolmogorovSmirnov::pValueLimit));
  }

  /** The true statistic may be larger by the bound, and its p-value then smaller. */
  private static void pValueBound(
      Measure.Builder measure,
      KolmogorovSmirnov ks,
      java.util.function.ToDoubleFunction<KolmogorovSmirnov> p) {
    if (ks.errorBound() > 0) {
      KolmogorovSmirnov worst =
          KolmogorovSmirnov.ofStatistic(
              Math.min(1, ks.statistic() + ks.errorBound()), 0, ks.nRef(), ks.nWin());
      measure
          .errorBound(Math.max(0, p.applyAsDouble(ks) - p.applyAsDouble(worst)))
          .flag(MeasureDraft.APPROXIMATE);
    }
  }

  private void addWasserstein(AlignedCounts aligned) {
    Outcome<Wasserstein> outcome = Wasserstein.of(aligned);
    double referenceSd = reference.deviation().value().map(Moment::value).orElse(Double.NaN);
    draft.add(
        "wasserstein",
        outcome.map(Wasserstein::value),
        measure -> {
          Wasserstein distance = outcome.orElseThrow();
          bound(measure, distance.errorBound());
          Outcome<WassersteinInference> inference =
              CutWasserstein.of(aligned, spreads.overdispersion(Varying.MEAN));
          inference.value().ifPresent(found -> describe(measure, found));
          inference.reason().ifPresent(measure::note);
        });
    addScaled(outcome, referenceSd);
  }

  private static void describe(Measure.Builder measure, WassersteinInference inference) {
    Interval interval = inference.interval();
    measure
        .interval(interval.low(), interval.high())
        .stdError(inference.standardError())
        .expected(inference.expected());
  }

  private void addScaled(Outcome<Wasserstein> outcome, double referenceSd) {
    double unit = unit(referenceSd);
    if (!(unit > 0) || Double.isInfinite(unit)) {
      draft.undefined(
          "wasserstein_scaled",
          "The reference has neither an interquartile range nor a deviation to scale by.");
      return;
    }
    draft.add(
        "wasserstein_scaled",
        outcome.map(distance -> distance.scaled(unit)),
        measure -> bound(measure, outcome.orElseThrow().scaledErrorBound(unit)));
  }

  private static void bound(Measure.Builder measure, double bound) {
    measure.errorBound(bound);
    if (bound > 0) {
      measure.flag(MeasureDraft.APPROXIMATE);
    }
  }

  /**
   * The reference's interquartile range over {@value #NORMAL_IQR}; where that is 0, its deviation.
   */
  private double unit(double referenceSd) {
    double range =
        reference
            .quantile(0.75)
            .flatMap(upper -> reference.quantile(0.25).map(lower -> upper.value() - lower.value()))
            .orElse(0.0);
    return range > 0 ? range / NORMAL_IQR : referenceSd;
  }
}
