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
import java.util.function.Consumer;

/** PSI and Jensen-Shannon, over the reference's deciles or over categories. */
final class BinDistances {
  private BinDistances() {}

  /** Of a numeric column. */
  static void add(MeasureDraft draft, Outcome<DecileCounts> deciles, Overdispersion phi) {
    addPsi(
        draft,
        deciles.flatMap(counts -> Psi.of(counts.reference(), counts.window())),
        deciles.flatMap(counts -> SmoothedPsi.ofBins(counts.reference(), counts.window())),
        phi,
        measure -> {});
    addJensenShannon(
        draft,
        deciles.flatMap(counts -> JensenShannon.of(counts.reference(), counts.window())),
        deciles.flatMap(counts -> JensenShannon.testOfBins(counts.reference(), counts.window())),
        phi,
        measure -> {});
  }

  /**
   * PSI and what its test needs.
   *
   * @param marks put on every measure
   */
  static void addPsi(
      MeasureDraft draft,
      Outcome<Double> psi,
      Outcome<DivergenceTest> outcome,
      Overdispersion phi,
      Consumer<Measure.Builder> marks) {
    Outcome<Test> test = outcome.map(found -> Test.of(found, phi));
    draft.add("psi", psi, marks.andThen(measure -> describe(measure, test)));
    draft.add(
        "psi_smoothed",
        outcome.map(DivergenceTest::value),
        marks.andThen(measure -> describe(measure, test)));
    draft.add("psi_expected", test.map(Test::expected), marks);
    draft.add(
        "psi_corrected",
        outcome.map(found -> found.corrected(phi)),
        marks.andThen(measure -> describe(measure, test)));
    draft.add(
        "psi_pvalue",
        outcome.map(found -> found.pChange(phi)),
        marks.andThen(measure -> measure.dof(test.orElseThrow().degrees())));
  }

  /**
   * The Jensen-Shannon distance with its test, and the divergence.
   *
   * @param marks put on every measure
   */
  static void addJensenShannon(
      MeasureDraft draft,
      Outcome<JensenShannon> distance,
      Outcome<DivergenceTest> outcome,
      Overdispersion phi,
      Consumer<Measure.Builder> marks) {
    Outcome<Test> test = outcome.map(found -> Test.of(found, phi));
    draft.add(
        "js_distance",
        distance.map(JensenShannon::distance),
        marks.andThen(measure -> describe(measure, test)));
    draft.add(
        "js_divergence",
        distance.map(JensenShannon::divergence),
        marks.andThen(measure -> test.reason().ifPresent(measure::lowSupport)));
  }

  /** What a divergence is published with; its interval takes a search, so it is found once. */
  private record Test(Interval interval, double expected, double degrees) {
    static Test of(DivergenceTest test, Overdispersion phi) {
      return new Test(test.interval(phi), test.expected(phi), test.degrees());
    }
  }

  /**
   * Adds the test of a divergence. One that cannot be tested, since fewer than two cells remain
   * once thin ones are merged, is shown, not judged.
   */
  static void describe(Measure.Builder measure, Outcome<DivergenceTest> test, Overdispersion phi) {
    describe(measure, test.map(found -> Test.of(found, phi)));
  }

  private static void describe(Measure.Builder measure, Outcome<Test> test) {
    test.value()
        .ifPresent(
            found ->
                measure
                    .interval(found.interval().low(), found.interval().high())
                    .expected(found.expected())
                    .dof(found.degrees()));
    test.reason().ifPresent(measure::lowSupport);
  }
}
