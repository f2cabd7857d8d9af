package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.psi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.stats.drift.ChiSquareTest;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.JensenShannon;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Golden numbers are those of the project's statistics page, B9, from stored rows. */
class DriftRecipesTest {
  private static final long[] WINDOW = {60, 80, 90, 95, 100, 100, 105, 110, 120, 140};

  private static Rule above(String metric, double limit) {
    return Rule.of(metric, Direction.ABOVE, limit, false, Severity.RETRAIN);
  }

  private static Finding of(Rule rule, Measure... measures) {
    StoredValues values = new StoredValues();
    for (Measure measure : measures) {
      values.add(0, Segment.ALL, "income", measure);
    }
    return values.finding(0, rule);
  }

  @Test
  void psiIsTestedByWhatItsIntervalTells() {
    Finding found = of(above("psi", 0.05), psi(WINDOW));
    assertThat(found.pBeyond()).isCloseTo(.848231, within(5e-7));
    assertThat(found.pChange().getAsDouble()).isCloseTo(7.47058e-6, within(5e-12));
    assertThat(found.estimate()).isCloseTo(.034144773, within(5e-10));
    assertThat(found.pWithin()).isCloseTo(1 - .848231, within(5e-7));
    assertThat(found.isBeyond()).isFalse();
    assertThat(found.alone()).isEmpty();
  }

  /** The ends of the interval are the limits at which it is decided. */
  @Test
  void intervalAndPValueAgree() {
    assertThat(of(above("psi", .013723), psi(WINDOW)).pBeyond()).isCloseTo(0.025, within(1e-5));
    assertThat(of(above("psi", .065455), psi(WINDOW)).pWithin()).isCloseTo(0.025, within(1e-5));
  }

  @Test
  void estimatedOverdispersionTakesTheFTail() {
    Overdispersion phi = new Overdispersion(2, 29);
    Finding found = of(above("psi", 0.05), psi(phi, WINDOW));
    DivergenceTest test =
        SmoothedPsi.ofBins(
                new long[] {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}, WINDOW)
            .orElseThrow();
    assertThat(found.pChange().getAsDouble())
        .isCloseTo(test.pChange(phi), Percentage.withPercentage(1e-6));
    assertThat(found.pBeyond()).isCloseTo(test.pLimit(0.05, phi), Percentage.withPercentage(1e-6));
  }

  @Test
  void psiOfEqualSharesIsFarWithin() {
    Finding found = of(above("psi", 0.1), psi(100, 100, 100, 100, 100, 100, 100, 100, 100, 100));
    assertThat(found.estimate()).isZero();
    assertThat(found.pWithin()).isLessThan(1e-6);
    assertThat(found.pChange().getAsDouble()).isGreaterThan(0.97);
  }

  @Test
  void thinBinsAreNotEnoughForOneWindow() {
    assertThat(of(above("psi", 0.1), psi(19, 20, 20, 20, 20, 20, 20, 20, 20, 20)).alone())
        .contains("it takes 20 rows per bin, and there are 19.9");
  }

  @Test
  void whatWouldBeFoundIsFoundInFourOfFive() {
    Finding found = of(above("psi", 0.1), psi(WINDOW));
    double detectable = found.power().detectable(0.025, Evidence.LIMIT).getAsDouble();
    // k = .0011; SciPy 1.17.1: ncx2.isf(.025, 9, .1/k) = 140.9026921, and ncx2.sf of that is .8 at
    // the noncentrality 153.3030975, which times k is:
    assertThat(detectable).isCloseTo(0.168633407, within(1e-8));
    assertThat(found.power().detectable(1e-5, Evidence.LIMIT).getAsDouble())
        .isGreaterThan(detectable);
    assertThat(found.power().detectable(0.025, Evidence.CHANGE).getAsDouble())
        .isBetween(0.1, detectable);
  }

  @Test
  void jensenShannonAndCramersVHaveTheirOwnUnits() {
    long[] reference = {300, 500, 200, 1000};
    long[] window = {90, 90, 45, 135};
    Overdispersion phi = Overdispersion.given(1.5);
    DivergenceTest js = JensenShannon.testOfCategories(reference, window).orElseThrow();
    DivergenceTest v = ChiSquareTest.testOfCategories(reference, window).orElseThrow();
    Measure distance = divergence("js_distance", js, phi);
    Measure divergence =
        Measure.of("js_divergence", Comparison.BASELINE, js.value() * js.value()).n(360).build();
    assertThat(of(above("js_distance", 0.05), distance).pBeyond())
        .isCloseTo(js.pLimit(0.05, phi), Percentage.withPercentage(1e-6));
    assertThat(of(above("js_divergence", 0.0025), divergence, distance).pBeyond())
        .isCloseTo(js.pLimit(0.05, phi), Percentage.withPercentage(1e-6));
    assertThat(of(above("cramers_v", 0.05), divergence("cramers_v", v, phi)).pBeyond())
        .isCloseTo(v.pLimit(0.05, phi), Percentage.withPercentage(1e-6));
  }

  /** 240 rows that vary one and a half times as much are worth 160, and 200 are asked for. */
  @Test
  void rowsThatAreNotIndependentCountForFewer() {
    long[] reference = {300, 500, 200, 1000};
    DivergenceTest js =
        JensenShannon.testOfCategories(reference, new long[] {60, 60, 30, 90}).orElseThrow();
    Measure distance = divergence("js_distance", js, Overdispersion.given(1.5));
    Tested tested =
        new StoredValues()
            .add(0, Segment.ALL, "income", distance)
            .tested(0, above("js_distance", 0.05));
    assertThat(StoredValues.untested(tested).kind()).isEqualTo(Verdict.Kind.SUPPRESSED);
    assertThat(of(above("js_distance", 0.05), divergence("js_distance", js, Overdispersion.NONE)))
        .isNotNull();
  }

  private static Measure divergence(String metric, DivergenceTest test, Overdispersion phi) {
    Interval interval = test.interval(phi);
    return Measure.of(metric, Comparison.BASELINE, test.value())
        .n(test.nWin())
        .reference(null, test.nRef())
        .interval(interval.low(), interval.high())
        .expected(test.expected(phi))
        .dof(test.degrees())
        .overdispersion(phi.phi(), null)
        .build();
  }

  private static Measure ks(double d, double bound) {
    return Measure.of("ks_statistic", Comparison.BASELINE, d)
        .n(1000)
        .reference(null, 10_000)
        .errorBound(bound)
        .build();
  }

  @Test
  void kolmogorovSmirnov() {
    assertThat(of(above("ks_statistic", 0.05), ks(.12, 0)).pChange().getAsDouble())
        .isCloseTo(8.519e-12, within(5e-16));
    assertThat(of(above("ks_statistic", 0.05), ks(.12, 0)).pBeyond())
        .isCloseTo(2.703e-4, within(5e-8));
    assertThat(of(above("ks_statistic", 0.1), ks(.12, 0)).pBeyond())
        .isCloseTo(.86026, within(5e-6));
    assertThat(of(above("ks_statistic", 0.05), ks(.12, .01)).pBeyond())
        .isCloseTo(of(above("ks_statistic", 0.06), ks(.12, 0)).pBeyond(), within(1e-12));
    assertThat(of(above("ks_statistic", 0.2), ks(.12, 0)).pWithin()).isLessThan(0.025);
  }

  @Test
  void wassersteinHasItsParametersBackFromTheInterval() {
    // W - b = 2, SE = .2, e = .1: 2 ± (.392 + .1).
    Measure row =
        Measure.of("wasserstein", Comparison.BASELINE, 2.3)
            .n(1000)
            .reference(null, 10_000)
            .stdError(0.2)
            .interval(2 - .4919928, 2 + .4919928)
            .errorBound(0.15)
            .expected(0.3)
            .build();
    Finding found = of(above("wasserstein", 1.5), row, ks(.12, 0));
    assertThat(found.estimate()).isCloseTo(2, within(1e-6));
    // 1 - Φ((2 - .1 - 1.5)/.2) = 1 - Φ(2).
    assertThat(found.pBeyond()).isCloseTo(0.02275013, within(1e-6));
    assertThat(found.pChange().getAsDouble()).isCloseTo(8.519e-12, within(5e-16));
    Measure scaled =
        Measure.of("wasserstein_scaled", Comparison.BASELINE, 1.15)
            .n(1000)
            .reference(null, 10_000)
            .build();
    assertThat(of(above("wasserstein_scaled", .75), scaled, row, ks(.12, 0)).pBeyond())
        .isCloseTo(0.02275013, within(1e-6));
  }
}
