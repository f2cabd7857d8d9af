package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.rate;
import static io.leeway.policy.verdict.StoredValues.untested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Golden numbers are those of the project's statistics page, B9, from stored rows. */
class RateRecipeTest {
  private static final Rule FALLS =
      Rule.of("accuracy", Direction.FALLS_BY, 0.05, true, Severity.RETRAIN);
  private static final Rule RISES =
      Rule.of("failure_rate", Direction.RISES_BY, 0.02, false, Severity.INVESTIGATE);
  private static final Rule ABOVE =
      Rule.of("failure_rate", Direction.ABOVE, 0.01, false, Severity.INVESTIGATE);

  private static Finding of(Rule rule, Measure.Builder measure) {
    return new StoredValues().add(0, measure.build()).finding(0, rule);
  }

  @Test
  void fallsByFivePercent() {
    Finding found = of(FALLS, rate("accuracy", 380, 500, 4250, 5000));
    assertThat(found.pBeyond()).isCloseTo(0.00585036, within(5e-9));
    assertThat(found.pWithin()).isCloseTo(1 - 0.00585036, within(5e-9));
    assertThat(found.pChange().getAsDouble()).isCloseTo(3.02287e-7, within(5e-13));
    assertThat(found.estimate()).isEqualTo(0.76);
    assertThat(found.limit()).isCloseTo(0.95 * 0.85, within(1e-12));
    assertThat(found.isBeyond()).isTrue();
  }

  @Test
  void smallWindowFallsByFivePercent() {
    assertThat(of(FALLS, rate("accuracy", 25, 50, 1700, 2000)).pBeyond())
        .isCloseTo(7.2747e-7, within(5e-12));
  }

  @Test
  void risesByTwoPoints() {
    assertThat(of(RISES, rate("failure_rate", 12, 200, 50, 5000)).pBeyond())
        .isCloseTo(0.0147441, within(5e-8));
  }

  @Test
  void constantLimitIsTheBinomialTail() {
    Finding found = of(ABOVE, rate("failure_rate", 8, 200, 50, 5000));
    assertThat(found.pBeyond()).isCloseTo(1.01e-3, within(5e-6));
    assertThat(found.pChange()).isPresent();
  }

  @Test
  void withoutReferenceNothingTellsAChange() {
    Measure alone =
        Measure.of("failure_rate", Comparison.NONE, 0.04).n(200).fraction(8, 200).build();
    Finding found = new StoredValues().add(0, alone).finding(0, ABOVE);
    assertThat(found.pBeyond()).isCloseTo(1.01e-3, within(5e-6));
    assertThat(found.pChange()).isEmpty();
    assertThat(found.p(Evidence.CHANGE)).isEqualTo(found.pBeyond());
    assertThat(untested(new StoredValues().add(0, alone).tested(0, RISES)))
        .isEqualTo(
            new Tested.Untested(Verdict.Kind.UNDEFINED, "The reference has no value of it."));
  }

  @Test
  void overdispersionWeakensEveryTest() {
    Measure.Builder dependent = rate("accuracy", 380, 500, 4250, 5000).overdispersion(4, 29.0);
    Finding found = of(FALLS, dependent);
    // Z over the root of phi, Student's t with 29 degrees: SciPy 1.17.1, t.cdf(-2.521044/2, 29).
    assertThat(found.pBeyond()).isCloseTo(0.108764669, within(1e-7));
  }

  @Test
  void whatWouldBeFoundIsTwoPointEightErrorsBelowTheLimit() {
    Finding found = of(FALLS, rate("accuracy", 380, 500, 4250, 5000));
    // By hand: sqrt(.8075 · .1925/500 + .95² · .85 · .15/5000) = .01827297; 1.96 + .8416 of them.
    assertThat(found.power().detectable(0.025, Evidence.LIMIT).getAsDouble())
        .isCloseTo(0.8075 - (1.959964 + 0.841621) * 0.018272965, within(1e-6));
    assertThat(found.power().detectable(0.025, Evidence.CHANGE).getAsDouble())
        .isCloseTo(0.8075 - 0.841621 * 0.018272965, within(1e-6));
  }

  @Test
  void aFallNeedsFiveExpectedEventsAndOthers() {
    Tested tested =
        new StoredValues().add(0, rate("accuracy", 38, 50, 1990, 2000).build()).tested(0, FALLS);
    assertThat(untested(tested).kind()).isEqualTo(Verdict.Kind.SUPPRESSED);
    assertThat(untested(tested).reason()).contains("here the rarer is 0.3");
  }

  /**
   * Where all labels had come, a tenth that is missing is seen. Under no change the likelihood is
   * largest at the common rate, 2085 of 2100, which the test works out by hand.
   */
  @Test
  void missingLabelsAreSeenThoughNoneWasMissingBefore() {
    Rule coverage = Rule.of("label_coverage", Direction.FALLS_BY, 0.1, true, Severity.INVESTIGATE);
    Finding found =
        new StoredValues()
            .add(0, rate("label_coverage", 85, 100, 2000, 2000).build())
            .finding(0, coverage);
    assertThat(found.isBeyond()).isTrue();
    double q = 2085.0 / 2100;
    double ratio =
        2 * (85 * Math.log(0.85) + 15 * Math.log(0.15))
            - 2 * (2085 * Math.log(q) + 15 * Math.log(1 - q));
    double p = new NormalDistribution().cumulativeProbability(-Math.sqrt(ratio));
    assertThat(found.pChange().getAsDouble()).isCloseTo(p, within(1e-3 * p));
    assertThat(
            new StoredValues()
                .add(0, rate("label_coverage", 97, 100, 2000, 2000).build())
                .finding(0, coverage)
                .isBeyond())
        .isFalse();
  }

  @Test
  void theReferenceNeedsAsMuchAsTheWindow() {
    Tested tested =
        new StoredValues().add(0, rate("accuracy", 38, 50, 20, 29).build()).tested(0, FALLS);
    assertThat(untested(tested).kind()).isEqualTo(Verdict.Kind.SUPPRESSED);
    assertThat(untested(tested).reason()).contains("29");
  }

  @Test
  void thePreviousWindowTakesThePlaceOfTheReference() {
    Rule previous = FALLS.withAgainst(Against.PREVIOUS);
    StoredValues values =
        new StoredValues()
            .add(0, rate("accuracy", 4250, 5000, 1, 40).build())
            .add(1, rate("accuracy", 380, 500, 1, 40).build());
    assertThat(values.finding(1, previous).pBeyond()).isCloseTo(0.00585036, within(5e-9));
    assertThat(untested(values.tested(0, previous)).reason()).startsWith("NO_PREVIOUS");
  }
}
