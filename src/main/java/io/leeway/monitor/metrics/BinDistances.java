package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.DecileCounts;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.JensenShannon;
import io.leeway.stats.drift.Psi;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
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
      Outcome<DivergenceTest> outcome,
      Spread spread,
      boolean approximate) {
    List<String> flags = spread.flags(approximate);
    Outcome<Test> test = outcome.map(found -> Test.of(found, spread.overdispersion()));
    draft.add("psi", psi, measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "psi_smoothed",
        outcome.map(DivergenceTest::value),
        measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "psi_expected",
        test.map(Test::expected),
        measure -> describe(measure, spread).flags(flags));
    draft.add(
        "psi_corrected",
        outcome.map(found -> found.corrected(spread.overdispersion())),
        measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "psi_pvalue",
        outcome.map(found -> found.pChange(spread.overdispersion())),
        measure -> describe(measure, spread).dof(test.orElseThrow().degrees()).flags(flags));
  }

  static void addJensenShannon(
      MeasureDraft draft,
      Outcome<JensenShannon> distance,
      Outcome<DivergenceTest> outcome,
      Spread spread,
      boolean approximate) {
    List<String> flags = spread.flags(approximate);
    Outcome<Test> test = outcome.map(found -> Test.of(found, spread.overdispersion()));
    draft.add(
        "js_distance",
        distance.map(JensenShannon::distance),
        measure -> describe(measure, test, spread).flags(flags));
    draft.add(
        "js_divergence",
        distance.map(JensenShannon::divergence),
        measure -> describe(measure, spread).flags(flags));
  }

  /** What a divergence is published with; its interval takes a search, so it is found once. */
  private record Test(Interval interval, double expected, double degrees) {
    static Test of(DivergenceTest test, Overdispersion overdispersion) {
      return new Test(test.interval(overdispersion), test.expected(overdispersion), test.degrees());
    }
  }

  private static Measure.Builder describe(
      Measure.Builder measure, Outcome<Test> test, Spread spread) {
    test.value()
        .ifPresent(
            found ->
                measure
                    .interval(found.interval().low(), found.interval().high())
                    .expected(found.expected())
                    .dof(found.degrees()));
    return describe(measure, spread);
  }

  private static Measure.Builder describe(Measure.Builder measure, Spread spread) {
    double degrees = spread.overdispersion().degrees();
    return measure.overdispersion(
        spread.overdispersion().phi(), Double.isInfinite(degrees) ? null : degrees);
  }
}
