package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.day;
import static io.leeway.policy.verdict.StoredValues.psi;
import static io.leeway.policy.verdict.StoredValues.rate;
import static io.leeway.policy.verdict.StoredValues.untested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.monitor.metrics.Varying;
import io.leeway.stats.drift.ChiSquareTest;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.JensenShannon;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedBorderTest {
  private static final Overdispersion TWENTY_EIGHT = new Overdispersion(4, 27);
  private static final long[] EVEN = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
  private static final Rule FALLS = rule("accuracy", Direction.FALLS_BY, 3);
  private static final Rule PSI = rule("psi", Direction.ABOVE, 3);

  private static Rule rule(String metric, Direction direction, double spreads) {
    return Rule.of(metric, direction, Limit.learned(spreads), Severity.INVESTIGATE);
  }

  private static Measure.Builder accuracy(long right) {
    return rate("accuracy", right, 400, 10_080, 11_200).overdispersion(4, 27.0);
  }

  private static StoredValues of(Measure.Builder measure) {
    return new StoredValues().add(0, measure.build());
  }

  private static String why(Verdict.Kind kind, StoredValues values, Rule rule) {
    Tested.Untested untested = untested(values.tested(0, rule));
    assertThat(untested.kind()).isEqualTo(kind);
    return untested.reason();
  }

  @Test
  void ofARateItIsSpreadsOfAWindowAboutTheReference() {
    // 4 · .9 · .1 · (1/400 + 1/11200) = .36 · 29/11200 = .000932142857; its root is .0305310146.
    assertThat(of(accuracy(360)).finding(0, FALLS).limit())
        .isCloseTo(0.9 - 3 * 0.0305310146, within(1e-9));
    assertThat(of(accuracy(360)).finding(0, rule("accuracy", Direction.RISES_BY, 2)).limit())
        .isCloseTo(0.9 + 2 * 0.0305310146, within(1e-9));
  }

  @Test
  void theWindowItselfMovesNothing() {
    double limit = of(accuracy(360)).finding(0, FALLS).limit();
    assertThat(of(accuracy(200)).finding(0, FALLS).limit()).isEqualTo(limit);
    long[] shifted = {300, 200, 100, 100, 100, 50, 50, 40, 30, 30};
    assertThat(new StoredValues().add(0, psi(TWENTY_EIGHT, shifted)).finding(0, PSI).limit())
        .isEqualTo(new StoredValues().add(0, psi(TWENTY_EIGHT, EVEN)).finding(0, PSI).limit());
  }

  private static Measure.Builder auc(long rarer, double error, double phi, Double degrees) {
    return Measure.of("roc_auc", Comparison.NONE, 0.8)
        .n(rarer)
        .stdError(error)
        .overdispersion(phi, degrees);
  }

  /** The reference's error of .004 has grown by the root of 4 already. */
  @Test
  void whatAnErrorHasGrownByIsNotCountedTwice() {
    StoredValues values =
        of(auc(200, 0.03, 4, 27.0).reference(0.8, 3000))
            .addReference("", auc(3000, 0.004, 4, 27.0).build());
    // .004 sqrt(3000/200 + 1) = .016.
    assertThat(values.finding(0, rule("roc_auc", Direction.FALLS_BY, 3)).limit())
        .isCloseTo(0.8 - 3 * 0.016, within(1e-12));
  }

  /** Where a segment's own windows tell nothing its window has the factor of a larger one. */
  @Test
  void theFactorIsThatOfTheWindow() {
    StoredValues values =
        of(auc(200, 0.03, 4, 27.0).reference(0.8, 3000))
            .addReference("", auc(3000, 0.002, 1, null).build());
    assertThat(values.finding(0, rule("roc_auc", Direction.FALLS_BY, 3)).limit())
        .isCloseTo(0.8 - 3 * 0.016, within(1e-12));
  }

  @Test
  void ofSkewedValuesItIsThatOfTheCappedOnes() {
    StoredValues values = new StoredValues();
    for (String capped : new String[] {"", "capped"}) {
      String metric = capped.isEmpty() ? "business_mean" : "business_mean_capped";
      String column = capped.isEmpty() ? "revenue" : "revenue.capped";
      double then = capped.isEmpty() ? 120 : 110;
      double error = capped.isEmpty() ? 9 : 0.5;
      Measure.Builder now = Measure.of(metric, Comparison.NONE, then - 1).n(5_000).stdError(3);
      values
          .add(0, Segment.ALL, column, now.reference(then, 175_000).overdispersion(4, 27.0).build())
          .addReference(
              column,
              Measure.of(metric, Comparison.NONE, then)
                  .n(175_000)
                  .stdError(error)
                  .overdispersion(4, 27.0)
                  .build());
    }
    // 110 - 3 · .5 sqrt(175000/5000 + 1) = 110 - 3 · .5 · 6.
    assertThat(values.finding(0, rule("business_mean", Direction.FALLS_BY, 3)).limit())
        .isCloseTo(101, within(1e-9));
  }

  private static Measure divergence(String metric, DivergenceTest test) {
    Interval interval = test.interval(TWENTY_EIGHT);
    return Measure.of(metric, Comparison.BASELINE, test.value())
        .n(test.nWin())
        .reference(null, test.nRef())
        .interval(interval.low(), interval.high())
        .dof(test.degrees())
        .overdispersion(4, 27.0)
        .build();
  }

  @Test
  void ofDivergencesItIsSpreadsAboveTheNoise() {
    // k phi = (1/1000 + 1/10000) · 4 = .0044; 3 · .0044 · sqrt(18) = .0560028571.
    StoredValues values = new StoredValues().add(0, psi(TWENTY_EIGHT, EVEN));
    assertThat(values.finding(0, PSI).limit()).isCloseTo(0.0560028571, within(1e-9));
    long[] reference = {3000, 5000, 2000, 10_000};
    long[] window = {300, 500, 200, 1_000};
    // k phi = (1/2000 + 1/20000) · 4 = .0022; 3 · .0022 · sqrt(6) = .0161666323 = L. The distance
    // of
    // Jensen and Shannon is sqrt(L/(8 ln 2)), Cramér's V sqrt(L/(k (n + m))), k (n + m) = 12.1.
    Measure js =
        divergence("js_distance", JensenShannon.testOfCategories(reference, window).orElseThrow());
    assertThat(limit(js)).isCloseTo(Math.sqrt(0.0161666323 / 5.5451774445), within(1e-9));
    Measure v =
        divergence("cramers_v", ChiSquareTest.testOfCategories(reference, window).orElseThrow());
    assertThat(limit(v)).isCloseTo(Math.sqrt(0.0161666323 / 12.1), within(1e-9));
  }

  private static double limit(Measure measure) {
    return new StoredValues()
        .add(0, measure)
        .finding(0, rule(measure.metric(), Direction.ABOVE, 3))
        .limit();
  }

  @Test
  void tooFewWindowsOfTheReferenceTeachNothing() {
    String daily = "A learned limit needs 14 windows of the reference";
    assertThat(why(Verdict.Kind.SUPPRESSED, of(accuracy(360).overdispersion(4, 4.0)), FALLS))
        .isEqualTo(daily + "; it has 5.");
    assertThat(why(Verdict.Kind.SUPPRESSED, of(accuracy(360).overdispersion(4, 12.0)), FALLS))
        .isEqualTo(daily + "; it has 13.");
    assertThat(of(accuracy(360).overdispersion(4, 13.0)).finding(0, FALLS)).isNotNull();
    assertThat(why(Verdict.Kind.SUPPRESSED, of(accuracy(360).overdispersion(4, null)), FALLS))
        .isEqualTo(daily + " that tell how much they differ; here that is assumed, not estimated.");
    Overdispersion assumed = Overdispersion.given(4);
    assertThat(why(Verdict.Kind.SUPPRESSED, new StoredValues().add(0, psi(assumed, EVEN)), PSI))
        .startsWith(daily);
  }

  @ParameterizedTest
  @CsvSource({"1 hour, 6, false", "1 hour, 7, true", "7 days, 7, true", "1 day, 7, false"})
  void eightWindowsAreEnoughExceptOfDays(String granularity, double degrees, boolean isJudged) {
    Subject subject = new Subject("credit", "v1", granularity, day(0), Segment.ALL, "");
    Measure measure = accuracy(360).overdispersion(4, degrees).build();
    History history =
        History.of("credit", granularity, StoredValues.ZONE, List.of(new Stored(subject, measure)));
    Verdict verdict = Judgement.by(List.of(FALLS)).of(history, day(0)).get(0);
    assertThat(verdict.tests().isPresent()).isEqualTo(isJudged);
    assertThat(verdict.kind() == Verdict.Kind.SUPPRESSED).isNotEqualTo(isJudged);
  }

  @Test
  void withoutAReferenceThereIsNothingToLearnFrom() {
    Measure.Builder alone = Measure.of("accuracy", Comparison.NONE, 0.9).n(400).fraction(360, 400);
    assertThat(why(Verdict.Kind.UNDEFINED, of(alone.overdispersion(4, 27.0)), FALLS))
        .isEqualTo("The reference has no value of it.");
    assertThat(
            why(
                Verdict.Kind.UNDEFINED,
                of(auc(200, 0.03, 4, 27.0).reference(0.8, 3000)),
                rule("roc_auc", Direction.FALLS_BY, 3)))
        .isEqualTo("Of the baseline no standard error is stored.");
    assertThat(why(Verdict.Kind.UNDEFINED, of(rate("accuracy", 360, 400, 10_080, 11_200)), FALLS))
        .isEqualTo("How much it varies between the reference's windows is not stored.");
  }

  @Test
  void whatNeverVariesHasNoSpread() {
    Measure.Builder nulls = rate("null_rate", 1, 400, 0, 11_200).overdispersion(4, 27.0);
    assertThat(why(Verdict.Kind.UNDEFINED, of(nulls), rule("null_rate", Direction.RISES_BY, 3)))
        .isEqualTo(
            "In the whole reference it is 0, so there is no spread to learn; write a number in place"
                + " of learned.");
  }

  @Test
  void aLimitThatNoRateCanPassIsNotJudged() {
    // 3 sqrt(4 · .02 · .98 (1/400 + 1/11200)) = .0428 is more than .02.
    Measure.Builder recall = rate("recall", 8, 400, 224, 11_200).overdispersion(4, 27.0);
    assertThat(why(Verdict.Kind.SUPPRESSED, of(recall), rule("recall", Direction.FALLS_BY, 3)))
        .isEqualTo(
            "Of a window with 400 rows the learned limit is -0.02274, and no rate is beyond that.");
  }

  @Test
  void rulesWithOtherLimitsFindOtherThings() {
    Rule four = rule("accuracy", Direction.FALLS_BY, 4);
    Rule rises = rule("accuracy", Direction.RISES_BY, 3);
    Rule surely = FALLS.withEvidence(Evidence.LIMIT);
    List<Verdict> verdicts =
        Judgement.by(List.of(FALLS, four, rises, surely)).of(of(accuracy(280)).history(), day(0));
    double spread = 0.0305310146;
    assertThat(verdicts)
        .extracting(of -> of.tests().orElseThrow().limit())
        .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-9 ? 0 : 1)
        .containsExactly(0.9 - 3 * spread, 0.9 - 4 * spread, 0.9 + 3 * spread, 0.9 - 3 * spread);
  }

  @Test
  void theSentenceNamesTheLimitAndWhereItIsFrom() {
    Verdict verdict =
        Judgement.by(List.of(FALLS.withPersistence(Repeats.ONCE)))
            .of(of(accuracy(284)).history(), day(0))
            .get(0);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.BREACH);
    assertThat(verdict.sentence())
        .startsWith(
            "accuracy is 0.71 (n 400), below the limit 0.8084 of 'accuracy falls-by learned 3',"
                + " learned from 28 windows of the reference, and surely changed: q ");
  }

  /** What the published values say they vary by decides what can be learned. */
  @Test
  void whatHasNoFactorCannotBeLearned() {
    Set<String> without =
        JudgedMetric.names().stream()
            .map(name -> JudgedMetric.of(name).orElseThrow())
            .filter(
                of ->
                    of.stands() == JudgedMetric.Stands.ALONE
                        && of.changes() != JudgedMetric.Changes.NONE
                        && of.recipe().learns(Direction.FALLS_BY)
                        && !of.learns(Direction.FALLS_BY))
            .map(JudgedMetric::name)
            .collect(Collectors.toSet());
    Set<String> expected =
        JudgedMetric.names().stream()
            .filter(name -> Varying.of(name).isEmpty())
            .map(name -> JudgedMetric.of(name).orElseThrow())
            .filter(
                of ->
                    of.stands() == JudgedMetric.Stands.ALONE
                        && of.recipe().learns(Direction.FALLS_BY))
            .map(JudgedMetric::name)
            .collect(Collectors.toSet());
    expected.add("out_of_range_rate");
    assertThat(without).isEqualTo(expected).contains("duplicate_rate", "ks_separation");
    assertThat(JudgedMetric.of("mae").orElseThrow().learns(Direction.RISES_BY)).isTrue();
  }
}
