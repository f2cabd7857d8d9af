package io.leeway.stats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.stats.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * At the planned size a one-sided bound lies 2.779094 standard errors from its estimate at alpha
 * .05, 2.890833 at .0375, 3.041357 at .025 and 3.281803 at .0125: the formulas of the governance
 * page, 2.8, by mpmath 1.3.0. Bounds below follow by hand.
 */
class DecisionTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final double SIZE = 1_000;
  private static final SuccessMetric CONVERSION = new SuccessMetric("conversion", Better.HIGHER);
  private static final SuccessMetric REVENUE = new SuccessMetric("revenue", Better.HIGHER);
  private static final Guardrail COMPLAINTS = new Guardrail("complaints", Better.LOWER, .01);
  private static final TestPlan PLAN =
      TestPlan.of(SIZE, 30, List.of(CONVERSION), List.of(COMPLAINTS));

  private static final Looks HARMLESS = looks(10, .001, .001);
  private static final Looks MUCH_BETTER = looks(10, .005, .001);

  /** Days in which too little is in, and a last one with this effect. */
  private static Looks looks(int days, double difference, double standardError) {
    Map<LocalDate, Outcome<Effect>> byDay = new TreeMap<>();
    for (int day = 0; day < days - 1; day++) {
      byDay.put(MONDAY.plusDays(day), Outcome.undefined("Too little."));
    }
    byDay.put(MONDAY.plusDays(days - 1L), Outcome.of(new Effect(difference, standardError, SIZE)));
    return Looks.of(byDay);
  }

  private static List<Exposure> exposures(int days) {
    List<Exposure> exposures = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      exposures.add(new Exposure(MONDAY.plusDays(day), 0, 1_000, 900, 100));
    }
    return exposures;
  }

  private static Decision decide(TestPlan plan, int days, Map<String, Looks> looks) {
    return Decision.of(plan, new Accumulated(exposures(days), looks));
  }

  private static Decision decide(Looks conversion, Looks complaints) {
    return decide(PLAN, 10, Map.of("conversion", conversion, "complaints", complaints));
  }

  private static void assertRuling(Decision of, Ruling ruling, String because) {
    assertThat(of.because()).isEqualTo(because);
    assertThat(of.ruling()).isEqualTo(ruling);
  }

  // .005 - 2.779094 * .001 = .002221.
  @Test
  void shipsWhatIsBetterAndDoesNoHarm() {
    Decision of = decide(MUCH_BETTER, HARMLESS);
    assertRuling(
        of,
        Ruling.SHIP,
        "conversion is better by 0.005, by 0.00222 at least, over 10 days, and guardrail complaints"
            + " is within its margin.");
    assertThat(of.successes().get(0).bounds().orElseThrow().pAbove()).isLessThan(.05);
    assertThat(of.guardrails().get(0).bounds().orElseThrow().pAbove()).isLessThan(.05);
    assertThat(of.guardrails().get(0).bounds().orElseThrow().gain()).isEqualTo(-.001);
    assertThat(of.sampleRatio().orElseThrow().pValue()).isEqualTo(1);
  }

  @Test
  void metricsKnowWhichWayIsBetter() {
    TestPlan plan =
        TestPlan.of(SIZE, 30, List.of(new SuccessMetric("defaults", Better.LOWER)), List.of());
    assertRuling(
        decide(plan, 10, Map.of("defaults", looks(10, -.005, .001))),
        Ruling.SHIP,
        "defaults is better by 0.005, by 0.00222 at least, over 10 days, and there is no"
            + " guardrail.");
    assertThat(decide(plan, 10, Map.of("defaults", looks(10, .005, .001))).ruling())
        .isEqualTo(Ruling.CONTINUE);
  }

  // .02 - 2.779094 * .001 = .017221, beyond the margin of .01.
  @Test
  void rollsBackOnAnyDayWhatDoesHarm() {
    String because =
        "Guardrail complaints is worse by 0.02, by 0.0172 at least, and its margin is 0.01.";
    assertRuling(decide(MUCH_BETTER, looks(10, .02, .001)), Ruling.ROLL_BACK, because);
    Decision onTheFirst =
        decide(PLAN, 1, Map.of("conversion", Looks.NONE, "complaints", looks(1, .02, .001)));
    assertRuling(onTheFirst, Ruling.ROLL_BACK, because);
    assertThat(onTheFirst.guardrails().get(0).bounds().orElseThrow().pBelow()).isLessThan(.05);
  }

  // The bound .0128 - .00278 = .01002 is beyond the margin, that of .0127 is not.
  @Test
  void theMarginIsToBeExcluded() {
    assertThat(decide(MUCH_BETTER, looks(10, .0128, .001)).ruling()).isEqualTo(Ruling.ROLL_BACK);
    assertThat(decide(MUCH_BETTER, looks(10, .0127, .001)).ruling()).isEqualTo(Ruling.CONTINUE);
  }

  // SciPy's p of 1 234 where 1 000 of 10 000 are expected is 6.19e-15.
  @Test
  void saysNothingOnASplitThatIsOff() {
    Accumulated data =
        new Accumulated(
            List.of(new Exposure(MONDAY, 0, 1_000, 8_766, 1_234)),
            Map.of("conversion", MUCH_BETTER, "complaints", HARMLESS));
    assertRuling(
        Decision.of(PLAN, data),
        Ruling.INVALID,
        "The split is off: the challenger has 1234 of 10000 units where 1000 were planned"
            + " (p = 6.2e-15, below 0.001).");
  }

  @Test
  void aSplitThatIsOffDoesNotHideHarm() {
    Accumulated data =
        new Accumulated(
            List.of(new Exposure(MONDAY, 0, 1_000, 8_766, 1_234)),
            Map.of("conversion", MUCH_BETTER, "complaints", looks(10, .02, .001)));

    assertThat(Decision.of(PLAN, data).ruling()).isEqualTo(Ruling.ROLL_BACK);
  }

  // .002 - 2.779094 * .001 = -.000779.
  @Test
  void goesOnWhileNothingIsBetter() {
    assertRuling(
        decide(looks(10, .002, .001), HARMLESS),
        Ruling.CONTINUE,
        "The test goes on, day 10 of 30: conversion is not surely better, its gain is 0.002 and may"
            + " be as low as -0.000779.");
  }

  @Test
  void endsAfterTheLastPlannedDay() {
    Map<String, Looks> looks = Map.of("conversion", looks(10, .002, .001), "complaints", HARMLESS);
    assertThat(decide(PLAN, 29, looks).ruling()).isEqualTo(Ruling.CONTINUE);
    assertRuling(
        decide(PLAN, 30, looks),
        Ruling.INCONCLUSIVE,
        "The test ends after 30 days without a decision: conversion is not surely better, its gain"
            + " is 0.002 and may be as low as -0.000779.");
    assertThat(decide(PLAN, 30, Map.of("conversion", MUCH_BETTER, "complaints", HARMLESS)).ruling())
        .isEqualTo(Ruling.SHIP);
  }

  // .002 + 2.779094 * .004 = .013116.
  @Test
  void goesOnWhileAGuardrailMayBeBeyondItsMargin() {
    assertRuling(
        decide(MUCH_BETTER, looks(10, .002, .004)),
        Ruling.CONTINUE,
        "The test goes on, day 10 of 30: guardrail complaints may be worse by 0.0131, and its"
            + " margin is 0.01.");
  }

  // Between .002221 and .007779, so surely worse and surely within .01.
  @Test
  void doesNotShipWhatIsSurelyWorseEvenWithinTheMargin() {
    assertRuling(
        decide(MUCH_BETTER, looks(10, .005, .001)),
        Ruling.CONTINUE,
        "The test goes on, day 10 of 30: complaints is worse by 0.005, by 0.00222 at least.");
  }

  @Test
  void doesNotShipOneMetricAtTheCostOfAnother() {
    TestPlan plan = TestPlan.of(SIZE, 30, List.of(CONVERSION, REVENUE), List.of());
    assertRuling(
        decide(plan, 10, Map.of("conversion", MUCH_BETTER, "revenue", looks(10, -.005, .001))),
        Ruling.CONTINUE,
        "The test goes on, day 10 of 30: revenue is worse by 0.005, by 0.00222 at least.");
  }

  @Test
  void doesNotShipBeforeAWeekIsOver() {
    assertRuling(
        decide(looks(6, .005, .001), HARMLESS),
        Ruling.CONTINUE,
        "The test goes on, day 10 of 30: conversion has 6 days over a span of 6, and a SHIP needs 3"
            + " over 7.");
    assertRuling(
        decide(MUCH_BETTER, looks(6, .001, .001)),
        Ruling.CONTINUE,
        "The test goes on, day 10 of 30: complaints has 6 days over a span of 6, and a SHIP needs 3"
            + " over 7.");
    assertThat(decide(looks(7, .005, .001), HARMLESS).ruling()).isEqualTo(Ruling.SHIP);
    Map<String, Looks> early = Map.of("conversion", looks(6, .005, .001), "complaints", HARMLESS);
    assertThat(decide(PLAN.withLeast(6, 6), 10, early).ruling()).isEqualTo(Ruling.SHIP);
  }

  @Test
  void doesNotShipOnTwoDaysAWeekApart() {
    Outcome<Effect> effect = MUCH_BETTER.latest();
    Looks two = Looks.of(Map.of(MONDAY, effect, MONDAY.plusDays(7), effect));
    assertThat(decide(two, HARMLESS).because())
        .endsWith("conversion has 2 days over a span of 8, and a SHIP needs 3 over 7.");
  }

  @Test
  void saysWhatThereIsTooLittleOf() {
    assertRuling(
        Decision.of(
            PLAN,
            new Accumulated(List.of(), Map.of("conversion", Looks.NONE, "complaints", Looks.NONE))),
        Ruling.CONTINUE,
        "The test goes on, day 0 of 30: A split is judged from 5 expected units per arm; 0 units are"
            + " too few.");
    assertThat(decide(Looks.NONE, HARMLESS).because())
        .endsWith("10 of 30: conversion: No day has outcomes in both arms yet.");
    assertThat(decide(MUCH_BETTER, Looks.NONE).because())
        .endsWith("10 of 30: guardrail complaints: No day has outcomes in both arms yet.");
  }

  /** The gain is 2.9 standard errors, above 2.78 and 2.89, below 3.04 and 3.28. */
  @ParameterizedTest
  @CsvSource({"1, 1, CONTINUE", "3, 1, SHIP", "1, 3, CONTINUE"})
  void successMetricsShareAlphaByWeight(double weight, double ofOther, Ruling ruling) {
    Looks gain = looks(10, .0029, .001);
    assertThat(decide(gain, HARMLESS).ruling()).isEqualTo(Ruling.SHIP);
    TestPlan plan =
        TestPlan.of(
            SIZE,
            30,
            List.of(
                new SuccessMetric("conversion", Better.HIGHER, weight),
                new SuccessMetric("revenue", Better.HIGHER, ofOther)),
            List.of());
    assertThat(decide(plan, 10, Map.of("conversion", gain, "revenue", looks(10, 0, .001))).ruling())
        .isEqualTo(ruling);
  }

  /**
   * .0048 + 2.779094 * .00175 = .00966 is within the margin, with 3.041 it would be .01012; and
   * neither is surely worse.
   */
  @Test
  void everyGuardrailHasAllOfAlpha() {
    TestPlan plan =
        TestPlan.of(
            SIZE,
            30,
            List.of(CONVERSION),
            List.of(COMPLAINTS, new Guardrail("approval gap", Better.LOWER, .01)));
    Looks close = looks(10, .0048, .00175);
    assertRuling(
        decide(
            plan,
            10,
            Map.of("conversion", MUCH_BETTER, "complaints", close, "approval gap", close)),
        Ruling.SHIP,
        "conversion is better by 0.005, by 0.00222 at least, over 10 days, and all 2 guardrails are"
            + " within their margins.");
  }

  /** The gain is 2.9 standard errors; .025 takes 3.04 and .0375 takes 2.89. */
  @Test
  void alphaIsThatOfThePlan() {
    Map<String, Looks> looks = Map.of("conversion", looks(10, .0029, .001), "complaints", HARMLESS);
    assertThat(decide(PLAN.withAlpha(.025), 10, looks).ruling()).isEqualTo(Ruling.CONTINUE);
    assertThat(decide(PLAN.withAlpha(.0375), 10, looks).ruling()).isEqualTo(Ruling.SHIP);
  }

  @Test
  void everyMetricOfThePlanHasLooks() {
    assertThatThrownBy(() -> decide(PLAN, 10, Map.of("conversion", MUCH_BETTER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Metric 'complaints' of the plan is not among [conversion]; hand in Looks.NONE while"
                + " nothing is in.");
  }

  @Test
  void exposuresOfADayCountOnce() {
    Exposure exposure = exposures(1).get(0);
    assertThatThrownBy(() -> new Accumulated(List.of(exposure, exposure), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Exposures of 2026-03-02, step 0, come twice; add them up.");
  }

  @Test
  void plansThatCannotBeAreRefused() {
    assertThatThrownBy(() -> PLAN.withAlpha(.5)).hasMessageContaining("they are 0.5 and 1000.0");
    assertThatThrownBy(() -> PLAN.withLeast(3, 31)).hasMessageContaining("may end after 30 days");
    assertThatThrownBy(() -> TestPlan.of(SIZE, 30, List.of(), List.of()))
        .hasMessageContaining("needs a success metric");
    assertThatThrownBy(() -> TestPlan.of(SIZE, 30, List.of(CONVERSION, CONVERSION), List.of()))
        .hasMessageContaining("'conversion' comes twice");
    assertThatThrownBy(() -> new Guardrail("complaints", Better.LOWER, 0))
        .hasMessageContaining("positive margin");
    assertThatThrownBy(() -> new SuccessMetric("revenue", Better.HIGHER, -1))
        .hasMessageContaining("positive weight");
  }

  /** 10 000 (.01) (.99) + 40 000 (.1) (.9) = 99 + 3 600. */
  @Test
  void plannedSizesAddUpOverTheRamp() {
    assertThat(
            TestPlan.plannedSize(List.of(new RampStep(100, 10_000), new RampStep(1_000, 40_000))))
        .isEqualTo(3_699);
  }
}
