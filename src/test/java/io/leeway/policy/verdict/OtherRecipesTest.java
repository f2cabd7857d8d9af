package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.rate;
import static io.leeway.policy.verdict.StoredValues.untested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.stats.fairness.EqualizedOdds;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.fairness.MaxMinGap;
import io.leeway.stats.fairness.MinMaxRatio;
import io.leeway.stats.fairness.SortedGroups;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import io.leeway.stats.inference.StudentT;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OtherRecipesTest {
  private static final Rule AUC =
      Rule.of("roc_auc", Direction.FALLS_BY, 0.1, true, Severity.RETRAIN);

  private static Measure.Builder auc(double value, double error, long rarer) {
    return Measure.of("roc_auc", Comparison.NONE, value).n(rarer).stdError(error).fraction(7, 9);
  }

  @Test
  void anAucIsHeldAgainstTheReferencesOwnRow() {
    Measure reference = auc(0.8, 0.004, 1500).build();
    StoredValues values =
        new StoredValues()
            .add(0, auc(0.7, 0.03, 100).reference(0.8, 1500).build())
            .addReference("", reference);
    Finding found = values.finding(0, AUC);
    // Border .77; .7 - .77 = -.07 over sqrt(.03² + .81 · .004²) = .0302148; t with 99 degrees.
    assertThat(found.limit()).isCloseTo(0.77, within(1e-12));
    assertThat(found.pBeyond()).isCloseTo(StudentT.lowerTail(-0.07 / 0.0302148, 99), within(1e-6));
    assertThat(found.pChange().getAsDouble())
        .isCloseTo(StudentT.lowerTail(-0.1 / Math.hypot(.03, .004), 99), within(1e-9));
  }

  @Test
  void withoutTheReferencesErrorNothingIsSaid() {
    Tested tested =
        new StoredValues().add(0, auc(0.7, 0.03, 100).reference(0.8, 1500).build()).tested(0, AUC);
    assertThat(untested(tested).kind()).isEqualTo(Verdict.Kind.UNDEFINED);
    assertThat(untested(tested).reason()).isEqualTo("Of the baseline no standard error is stored.");
  }

  /** Rows that depend on one another have made the stored errors grow, of ranks and of means. */
  @Test
  void aStoredErrorHasGrownWithOverdispersion() {
    Rule below = Rule.of("roc_auc", Direction.BELOW, 0.7, false, Severity.RETRAIN);
    Measure four = auc(0.6, 0.06, 100_000).overdispersion(4, null).build();
    assertThat(new StoredValues().add(0, four).finding(0, below).pBeyond())
        .isCloseTo(Normal.lowerTail(-0.1 / 0.06), within(1e-4));
    Rule loss = Rule.of("log_loss", Direction.ABOVE, 0.5, false, Severity.RETRAIN);
    Measure mean =
        Measure.of("log_loss", Comparison.NONE, 0.6)
            .n(100_000)
            .stdError(0.06)
            .overdispersion(4, null)
            .build();
    assertThat(new StoredValues().add(0, mean).finding(0, loss).pBeyond())
        .isCloseTo(Normal.upperTail(0.1 / 0.06), within(1e-4));
  }

  @Test
  void aRelativeChangeStartsAboveZero() {
    Rule rule = Rule.of("business_ratio", Direction.FALLS_BY, 0.1, true, Severity.INVESTIGATE);
    Measure ratio =
        Measure.of("business_ratio", Comparison.NONE, -2)
            .n(2000)
            .stdError(0.1)
            .reference(-1.0, 9000)
            .build();
    Measure before =
        Measure.of("business_ratio", Comparison.NONE, -1).n(9000).stdError(0.1).build();
    Tested tested = new StoredValues().add(0, ratio).addReference("", before).tested(0, rule);
    assertThat(untested(tested).reason()).contains("needs a value above 0", "is -1.");
  }

  @Test
  void changesOfMoneyAreTestedOnCappedValues() {
    Rule rule = Rule.of("business_mean", Direction.FALLS_BY, 0.1, true, Severity.INVESTIGATE);
    StoredValues values = new StoredValues();
    money(values, "revenue", "business_mean", 100, 40, 120);
    money(values, "revenue.capped", "business_mean_capped", 90, 2, 110);
    Finding found = values.finding(0, rule);
    // 90 against .9 · 110 = 99.
    assertThat(found.estimate()).isEqualTo(90);
    assertThat(found.limit()).isCloseTo(99, within(1e-9));
    assertThat(found.pBeyond()).isLessThan(1e-4);
    assertThat(found.note()).contains("Tested on values cut at the reference's 99th percentile.");
  }

  private static void money(
      StoredValues values, String column, String metric, double now, double error, double then) {
    values
        .add(
            0,
            Segment.ALL,
            column,
            Measure.of(metric, Comparison.NONE, now)
                .n(2000)
                .stdError(error)
                .reference(then, 90_000)
                .build())
        .addReference(
            column,
            Measure.of(metric, Comparison.NONE, then).n(90_000).stdError(error / 7).build());
  }

  @Test
  void calibrationInTheLargeHasItsOwnPValueOfNoChange() {
    Rule above =
        Rule.of("calibration_in_the_large", Direction.ABOVE, 0.05, false, Severity.INVESTIGATE);
    Rule below =
        Rule.of("calibration_in_the_large", Direction.BELOW, -0.05, false, Severity.INVESTIGATE);
    StoredValues values =
        new StoredValues()
            .add(
                0,
                Measure.of("calibration_in_the_large", Comparison.NONE, 0.06)
                    .n(900)
                    .stdError(0.01)
                    .build())
            .add(
                0,
                Measure.of("calibration_in_the_large_pvalue", Comparison.NONE, 1e-6)
                    .n(900)
                    .build());
    assertThat(values.finding(0, above).pChange().getAsDouble()).isEqualTo(5e-7);
    assertThat(values.finding(0, below).pChange().getAsDouble()).isCloseTo(1, within(1e-6));
    assertThat(values.finding(0, above).isBeyond()).isTrue();
    assertThat(values.finding(0, below).pWithin()).isLessThan(1e-9);
  }

  @Test
  void ofTheCalibrationErrorChanceIsTakenOff() {
    Rule rule = Rule.of("ece", Direction.ABOVE, 0.05, false, Severity.RETRAIN);
    Measure error =
        Measure.of("ece", Comparison.NONE, 0.09).n(900).expected(0.01).stdError(0.015).build();
    Finding found = new StoredValues().add(0, error).finding(0, rule);
    assertThat(found.pBeyond()).isCloseTo(Normal.upperTail(2), within(1e-9));
    assertThat(found.estimate()).isCloseTo(0.08, within(1e-12));
    assertThat(found.pWithin()).isGreaterThan(0.9);
  }

  @Test
  void aQuantileIsDecidedByItsInterval() {
    Rule rule = Rule.of("p95", Direction.ABOVE, 200, false, Severity.RETRAIN);
    Measure slow = quantile(230, 210, 260);
    Finding found = new StoredValues().add(0, Segment.ALL, "latency", slow).finding(0, rule);
    assertThat(found.pBeyond()).isEqualTo(0.025);
    assertThat(found.pWithin()).isEqualTo(1);
    assertThat(found.note().orElseThrow()).contains("Only an interval is stored");
    Rule rises = Rule.of("p95", Direction.RISES_BY, 0.1, true, Severity.RETRAIN);
    StoredValues values =
        new StoredValues()
            .add(
                0,
                Segment.ALL,
                "latency",
                Measure.of("p95", Comparison.NONE, 230)
                    .n(4000)
                    .interval(210, 260)
                    .reference(180.0, 90_000)
                    .build())
            .addReference(
                "latency",
                Measure.of("p95", Comparison.NONE, 180).n(90_000).interval(178, 182).build());
    // 1.1 times the reference's upper end.
    assertThat(values.finding(0, rises).limit()).isCloseTo(200.2, within(1e-9));
    assertThat(values.finding(0, rises).pBeyond()).isEqualTo(0.025);
    assertThat(values.finding(0, rises).pChange().getAsDouble()).isEqualTo(0.025);
  }

  private static Measure quantile(double value, double low, double high) {
    return Measure.of("p95", Comparison.NONE, value).n(4000).interval(low, high).build();
  }

  @Test
  void rowsAreCounted() {
    Rule rule = Rule.of("n", Direction.BELOW, 1000, false, Severity.INVESTIGATE);
    Finding found =
        new StoredValues()
            .add(0, Measure.of("n", Comparison.NONE, 900).n(900).build())
            .finding(0, rule);
    assertThat(found.fact()).isTrue();
    assertThat(found.pBeyond()).isZero();
    Rule stale = Rule.of("freshness_seconds", Direction.ABOVE, 60, false, Severity.INVESTIGATE);
    Measure roughly = Measure.of("freshness_seconds", Comparison.NONE, 65).errorBound(10).build();
    Finding unsure = new StoredValues().add(0, roughly).finding(0, stale);
    assertThat(unsure.pBeyond()).isEqualTo(1);
    assertThat(unsure.pWithin()).isEqualTo(1);
  }

  private static final List<GroupRate> TPR =
      List.of(
          new GroupRate("a", 80, 100),
          new GroupRate("b", 150, 250),
          new GroupRate("c", 20, 25),
          new GroupRate("d", 70, 90));
  private static final List<GroupRate> FPR =
      List.of(new GroupRate("a", 30, 300), new GroupRate("b", 90, 500));

  private static void groups(StoredValues values, String metric, List<GroupRate> rates) {
    for (GroupRate of : rates) {
      values.add(
          0,
          new Segment(Slice.of("region"), List.of(of.group())),
          "",
          rate(metric, of.events(), of.n(), 1, 40).build());
    }
  }

  private static Measure gap(String metric, double value, double low, double high) {
    return Measure.of(metric, Comparison.NONE, value)
        .n(440)
        .interval(low, high)
        .expected(0.05)
        .build();
  }

  @Test
  void aGapIsTestedOverEveryPairOfStoredRates() {
    MaxMinGap expected = MaxMinGap.of(SortedGroups.of(TPR, 30), Overdispersion.NONE).orElseThrow();
    StoredValues values = new StoredValues();
    groups(values, "recall", TPR);
    values.add(
        0,
        Segment.ALL,
        "region",
        gap("equal_opportunity_difference_supported", expected.gap(), .05, .3));
    Finding found =
        values.finding(
            0,
            Rule.of(
                "equal_opportunity_difference_supported",
                Direction.ABOVE,
                0.1,
                false,
                Severity.INVESTIGATE));
    assertThat(found.pBeyond()).isEqualTo(expected.pLimit(0.1));
    assertThat(found.pChange().getAsDouble()).isEqualTo(expected.pChange());
    assertThat(found.pWithin()).isEqualTo(expected.pWithin(0.1));
    assertThat(found.estimate()).isEqualTo(expected.corrected());
    assertThat(found.power().detectable(0.025, Evidence.LIMIT).getAsDouble())
        .isCloseTo(expected.detectable(0.1), within(1e-9));
  }

  /** Against the upper end of the reference's interval, by the very tests of a constant limit. */
  @Test
  void howAGapHasGrownIsMeasuredFromTheMostItMayHaveBeen() {
    List<GroupRate> before =
        List.of(
            new GroupRate("a", 780, 1000),
            new GroupRate("b", 1750, 2500),
            new GroupRate("c", 200, 250),
            new GroupRate("d", 690, 900));
    MaxMinGap now = MaxMinGap.of(SortedGroups.of(TPR, 30), Overdispersion.NONE).orElseThrow();
    double most =
        MaxMinGap.of(SortedGroups.of(before, 30), Overdispersion.NONE)
            .orElseThrow()
            .interval()
            .high();
    StoredValues values = new StoredValues();
    for (int i = 0; i < TPR.size(); i++) {
      GroupRate of = TPR.get(i);
      values.add(
          0,
          new Segment(Slice.of("region"), List.of(of.group())),
          "",
          rate("recall", of.events(), of.n(), before.get(i).events(), before.get(i).n()).build());
    }
    String metric = "equal_opportunity_difference_supported";
    values.add(0, Segment.ALL, "region", gap(metric, now.gap(), .05, .3));
    Finding found =
        values.finding(0, Rule.of(metric, Direction.RISES_BY, 0.05, false, Severity.INVESTIGATE));
    assertThat(found.limit()).isCloseTo(most + 0.05, within(1e-12));
    assertThat(found.pBeyond()).isEqualTo(now.pLimit(most + 0.05));
    assertThat(found.pChange().getAsDouble()).isEqualTo(now.pLimit(most));
    assertThat(found.pWithin()).isEqualTo(now.pWithin(most + 0.05));
    Tested tooFar =
        values.tested(0, Rule.of(metric, Direction.RISES_BY, 0.9, false, Severity.INVESTIGATE));
    assertThat(StoredValues.untested(tooFar).kind()).isEqualTo(Verdict.Kind.SUPPRESSED);
    // The reference's groups have a gap of .1 of their own.
    assertThat(most).isGreaterThan(0.1);
  }

  @Test
  void equalizedOddsTakeTwiceTheSmaller() {
    EqualizedOdds expected =
        EqualizedOdds.of(
                SortedGroups.of(TPR, 30),
                Overdispersion.NONE,
                SortedGroups.of(FPR, 30),
                Overdispersion.NONE)
            .orElseThrow();
    StoredValues values = new StoredValues();
    groups(values, "recall", TPR);
    groups(values, "fpr", FPR);
    String metric = "equalized_odds_difference_supported";
    values.add(0, Segment.ALL, "region", gap(metric, expected.gap(), .05, .3));
    Rule rule = Rule.of(metric, Direction.ABOVE, 0.1, false, Severity.INVESTIGATE);
    assertThat(values.finding(0, rule).pBeyond()).isEqualTo(expected.pLimit(0.1));
    assertThat(values.finding(0, rule).pChange().getAsDouble()).isEqualTo(expected.pChange());
  }

  @Test
  void withoutTheGroupsTheStoredIntervalAndPValueAreLeft() {
    String metric = "equal_opportunity_difference_supported";
    StoredValues values =
        new StoredValues()
            .add(0, Segment.ALL, "region", gap(metric, .2, .12, .3))
            .add(
                0,
                Segment.ALL,
                "region",
                Measure.of("equal_opportunity_difference_pvalue", Comparison.NONE, 1e-5)
                    .n(440)
                    .build());
    Rule rule = Rule.of(metric, Direction.ABOVE, 0.1, false, Severity.INVESTIGATE);
    Finding found = values.finding(0, rule);
    assertThat(found.pBeyond()).isEqualTo(0.025);
    assertThat(found.pChange().getAsDouble()).isEqualTo(1e-5);
    // sqrt(.2² - .05²).
    assertThat(found.estimate()).isCloseTo(Math.sqrt(0.0375), within(1e-12));
  }

  @Test
  void aGroupAgainstTheRestIsTheTestOfTwoRates() {
    Rule above =
        Rule.of("equal_opportunity_vs_rest", Direction.ABOVE, 0.05, false, Severity.RETRAIN);
    Rule below =
        Rule.of("equal_opportunity_vs_rest", Direction.BELOW, -0.05, false, Severity.RETRAIN);
    Measure row =
        Measure.of("equal_opportunity_vs_rest", Comparison.NONE, 56 / 70.0 - 48 / 80.0)
            .n(70)
            .fraction(56, 70)
            .referenceFraction(48, 80)
            .build();
    StoredValues values =
        new StoredValues().add(0, new Segment(Slice.of("gender"), List.of("f")), "gender", row);
    RateTest limit =
        RateTest.againstReference(56, 70, 48, 80, 0.05, 1, Overdispersion.NONE).orElseThrow();
    RateTest same =
        RateTest.againstReference(56, 70, 48, 80, 0, 1, Overdispersion.NONE).orElseThrow();
    assertThat(values.finding(0, above).pBeyond()).isEqualTo(limit.pRise());
    assertThat(values.finding(0, above).pChange().getAsDouble()).isEqualTo(same.pRise());
    assertThat(values.finding(0, below).pWithin()).isLessThan(0.001);
  }

  @Test
  void fourFifthsIsTestedOverEveryPair() {
    List<GroupRate> rates = List.of(new GroupRate("a", 60, 100), new GroupRate("b", 80, 200));
    MinMaxRatio expected =
        MinMaxRatio.of(SortedGroups.of(rates, 30), Overdispersion.NONE).orElseThrow();
    StoredValues values = new StoredValues();
    groups(values, "selection_rate", rates);
    String metric = "demographic_parity_ratio_supported";
    values.add(
        0,
        Segment.ALL,
        "region",
        Measure.of(metric, Comparison.NONE, expected.ratio()).n(300).build());
    Rule rule = Rule.of(metric, Direction.BELOW, 0.8, false, Severity.RETRAIN);
    assertThat(values.finding(0, rule).pBeyond())
        .isCloseTo(expected.pLimit(0.8), Percentage.withPercentage(1e-9));
    assertThat(values.finding(0, rule).pWithin()).isGreaterThan(0.9);
  }

  @Test
  void groupsWithinASegmentAreThoseOfThatSegment() {
    Slice cross = Slice.of("state", "region");
    StoredValues values =
        new StoredValues()
            .add(0, new Segment(cross, List.of("VIC", "a")), "", rate("recall", 4, 9, 1, 2).build())
            .add(0, new Segment(cross, List.of("VIC", "b")), "", rate("recall", 5, 9, 1, 2).build())
            .add(0, new Segment(cross, List.of("NSW", "a")), "", rate("recall", 6, 9, 1, 2).build())
            .add(0, Segment.other(cross), "", rate("recall", 7, 9, 1, 2).build());
    Series gap =
        new Series(
            "v1",
            new Segment(Slice.of("state"), List.of("VIC")),
            "region",
            "equal_opportunity_difference_supported",
            null,
            Comparison.NONE);
    assertThat(values.history().groups(StoredValues.day(0), gap, "recall"))
        .containsExactly(new GroupRate("a", 4, 9), new GroupRate("b", 5, 9));
  }
}
