package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.DecileCounts;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.JensenShannon;
import io.leeway.stats.drift.Psi;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Interval;
import java.util.List;

/** PSI and Jensen-Shannon, over the reference's deciles or over categories. */
final class BinDistances {
  private BinDistances() {}

  /** Of a numeric column. */
  static void add(MeasureDraft draft, Outcome<DecileCounts> deciles, Spread spread) {
    addPsi(
        draft,
        deciles.flatMap(counts -> Psi.of(counts.reference(), counts.window())),
        deciles.flatMap(counts -> SmoothedPsi.ofBins(counts.reference(), counts.window())),
        spread,
        false);
    addJensenShannon(
        draft,
        deciles.flatMap(counts -> JensenShannon.of(counts.reference(), counts.window())),
        deciles.flatMap(counts -> JensenShannon.testOfBins(counts.reference(), counts.window())),
        spread,
        false);
  }

  static void addPsi(
      MeasureDraft draft,
      Outcome<Double> psi,
      Outcome<DivergenceTest> test,
      Spread spread,
      boolean approximate) {
    List<String> flags = spread.flags(approximate);
    draft.add("psi", psi, measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "psi_smoothed",
        test.map(DivergenceTest::value),
        measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "psi_expected",
        test.map(found -> found.expected(spread.overdispersion())),
        measure -> measure.dof(test.orElseThrow().degrees()).flags(flags));
    draft.add(
        "psi_corrected",
        test.map(found -> found.corrected(spread.overdispersion())),
        measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "psi_pvalue",
        test.map(found -> found.pChange(spread.overdispersion())),
        measure -> measure.dof(test.orElseThrow().degrees()).flags(flags));
  }

  static void addJensenShannon(
      MeasureDraft draft,
      Outcome<JensenShannon> outcome,
      Outcome<DivergenceTest> test,
      Spread spread,
      boolean approximate) {
    List<String> flags = spread.flags(approximate);
    draft.add(
        "js_distance",
        outcome.map(JensenShannon::distance),
        measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "js_divergence", outcome.map(JensenShannon::divergence), measure -> measure.flags(flags));
  }

  /** Interval, expectation and degrees of the test, where there is one. */
  private static Measure.Builder describe(
      Measure.Builder measure, Outcome<DivergenceTest> test, Spread spread) {
    test.value()
        .ifPresent(
            found -> {
              Interval interval = found.interval(spread.overdispersion());
              measure
                  .interval(interval.low(), interval.high())
                  .expected(found.expected(spread.overdispersion()))
                  .dof(found.degrees());
            });
    double degrees = spread.overdispersion().degrees();
    return measure.overdispersion(
        spread.overdispersion().phi(), Double.isInfinite(degrees) ? null : degrees);
  }
}
