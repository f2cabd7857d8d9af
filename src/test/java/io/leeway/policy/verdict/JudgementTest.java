package io.leeway.policy.verdict;

import static io.leeway.policy.verdict.StoredValues.day;
import static io.leeway.policy.verdict.StoredValues.psi;
import static io.leeway.policy.verdict.StoredValues.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Limit;
import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.config.RuleTerms;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.policy.verdict.Verdict.Kind;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {
  private static final Rule EMERGENCY =
      Rule.of("accuracy", Direction.FALLS_BY, 0.05, true, Severity.EMERGENCY);
  private static final Rule INVESTIGATE =
      Rule.of("accuracy", Direction.FALLS_BY, 0.05, true, Severity.INVESTIGATE);
  private static final Rule PSI = Rule.of("psi", Direction.ABOVE, 0.1, false, Severity.INVESTIGATE);
  private static final long[] EVEN = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
  private static final long[] SHIFTED = {30, 40, 60, 80, 100, 120, 140, 130, 140, 160};

  private static Verdict only(List<Verdict> verdicts) {
    assertThat(verdicts).hasSize(1);
    return verdicts.get(0);
  }

  private static Verdict judge(StoredValues values, int day, Rule rule) {
    return only(Judgement.by(List.of(rule)).of(values.history(), day(day)));
  }

  private static StoredValues accuracy(long correct) {
    return new StoredValues().add(0, rate("accuracy", correct, 500, 4250, 5000).build());
  }

  @Test
  void beyondTheLimitForSureIsABreach() {
    Verdict verdict = judge(accuracy(370), 0, EMERGENCY);
    assertThat(verdict.kind()).isEqualTo(Kind.BREACH);
    assertThat(verdict.persistence()).isEqualTo(Repeats.ONCE);
    Verdict.Tests tests = verdict.tests().orElseThrow();
    assertThat(tests.evidence()).isEqualTo(Evidence.LIMIT);
    assertThat(tests.qLimit()).isEqualTo(tests.pLimit());
    assertThat(tests.familySize()).isEqualTo(1);
    assertThat(verdict.sentence())
        .startsWith(
            "accuracy is 0.74 (n 500), below the limit 0.8075 of 'accuracy falls-by 5%', and"
                + " surely beyond it: q ")
        .contains(
            "among 1 test of performance; 0.7563 would have been found with probability 80 %");
  }

  @Test
  void withinForSureIsOk() {
    Verdict verdict = judge(accuracy(430), 0, EMERGENCY);
    assertThat(verdict.kind()).isEqualTo(Kind.OK);
    assertThat(verdict.sentence()).contains("0.86 (n 500), above the limit", "surely within");
  }

  @Test
  void neitherIsInconclusiveAndSaysWhatIsMissing() {
    Verdict seen = judge(accuracy(395), 0, EMERGENCY);
    assertThat(seen.kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(seen.sentence()).contains("but neither surely beyond", "of within");
    Verdict unseen = judge(accuracy(410), 0, EMERGENCY);
    assertThat(unseen.kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(unseen.sentence()).contains("above the limit", "of beyond");
  }

  @Test
  void tooFewRowsAreSuppressedAndInNoFamily() {
    Measure few =
        rate("accuracy", 3, 20, 4250, 5000).lowSupport("Judged from 30; here are 20.").build();
    StoredValues values =
        accuracy(370).add(0, new Segment(Slice.of("state"), List.of("ACT")), "", few);
    List<Verdict> verdicts = Judgement.by(List.of(EMERGENCY)).of(values.history(), day(0));
    assertThat(verdicts).extracting(Verdict::kind).containsExactly(Kind.BREACH, Kind.SUPPRESSED);
    assertThat(verdicts.get(0).tests().orElseThrow().familySize()).isEqualTo(1);
    assertThat(verdicts.get(1).tests()).isEmpty();
    assertThat(verdicts.get(1).sentence())
        .isEqualTo("accuracy in state=ACT is not judged. Judged from 30; here are 20.");
  }

  @Test
  void whatIsUndefinedOrAConventionIsUndefined() {
    Measure none = Measure.undefined("accuracy", Comparison.NONE, "The denominator is 0.").build();
    assertThat(judge(new StoredValues().add(0, none), 0, EMERGENCY))
        .satisfies(
            verdict -> {
              assertThat(verdict.kind()).isEqualTo(Kind.UNDEFINED);
              assertThat(verdict.sentence()).endsWith("The denominator is 0.");
            });
    Measure convention = rate("accuracy", 1, 50, 1, 50).convention("One class only.").build();
    assertThat(judge(new StoredValues().add(0, convention), 0, EMERGENCY).kind())
        .isEqualTo(Kind.UNDEFINED);
  }

  @Test
  void noRowsAreNoData() {
    Rule rows = Rule.of("n", Direction.BELOW, 10, false, Severity.INVESTIGATE);
    Measure none = Measure.of("n", Comparison.NONE, 0).n(0).noData("There are no rows.").build();
    assertThat(judge(new StoredValues().add(0, none), 0, rows).kind()).isEqualTo(Kind.NO_DATA);
  }

  @Test
  void whatWasThereAndIsGoneIsNoData() {
    StoredValues values = accuracy(430).add(1, psi(EVEN));
    Verdict gone = judge(values, 2, EMERGENCY);
    assertThat(gone.kind()).isEqualTo(Kind.NO_DATA);
    assertThat(gone.subject().modelVersion()).isEqualTo("v1");
    assertThat(gone.value()).isEmpty();
    Verdict never = judge(values, 3, EMERGENCY);
    assertThat(never.kind()).isEqualTo(Kind.NO_DATA);
    assertThat(never.sentence()).contains("that the rule 'accuracy falls-by 5%' could judge");
  }

  @Test
  void whatIsToldNowAndThenIsNotMissed() {
    Rule schema = Rule.of("schema_change", Direction.ABOVE, 0, false, Severity.INVESTIGATE);
    Measure gone =
        Measure.of("schema_change", Comparison.BASELINE, 1).note("Column 'age' is gone.").build();
    StoredValues values = accuracy(430).add(0, Segment.ALL, "age", gone).add(1, psi(EVEN));
    assertThat(judge(values, 0, schema).kind()).isEqualTo(Kind.BREACH);
    assertThat(judge(values, 0, schema).tests().orElseThrow().familySize()).isZero();
    Judgement judgement = Judgement.by(List.of(schema));
    assertThat(judgement.of(values.history(), day(1))).isEmpty();
    assertThat(judgement.of(values.history(), day(5)))
        .extracting(Verdict::kind)
        .containsExactly(Kind.NO_DATA);
  }

  @Test
  void aChangeIsABreachWhereTheEstimateIsBeyond() {
    Rule once = INVESTIGATE.withPersistence(Repeats.ONCE);
    // 390 of 500 = .78 is below .8075, and a fall for sure (p 1e-5), but not below .8075 for sure.
    Verdict verdict = judge(accuracy(390), 0, once);
    assertThat(verdict.kind()).isEqualTo(Kind.BREACH);
    assertThat(verdict.tests().orElseThrow().evidence()).isEqualTo(Evidence.CHANGE);
    assertThat(verdict.sentence()).contains("and surely changed: q ");
    assertThat(judge(accuracy(390), 0, EMERGENCY).kind()).isEqualTo(Kind.INCONCLUSIVE);
    // Surely changed, but not beyond the limit.
    StoredValues many = new StoredValues();
    many.add(0, rate("accuracy", 8200, 10_000, 42_500, 50_000).build());
    assertThat(judge(many, 0, once).kind()).isEqualTo(Kind.OK);
  }

  @Test
  void aChangeInOneWindowNeedsMore() {
    // p of no change is 0.004: enough at 0.05, not at 0.05 over 30 days.
    StoredValues values = new StoredValues().add(0, rate("accuracy", 74, 100, 4250, 5000).build());
    Verdict once = judge(values, 0, INVESTIGATE.withPersistence(Repeats.ONCE));
    assertThat(once.tests().orElseThrow().qChange()).isBetween(0.05 / 30, 0.05);
    assertThat(once.kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(once.sentence()).contains("above 0.001667");
    values
        .add(1, rate("accuracy", 74, 100, 4250, 5000).build())
        .add(2, rate("accuracy", 74, 100, 4250, 5000).build());
    assertThat(judge(values, 2, INVESTIGATE).kind()).isEqualTo(Kind.BREACH);
  }

  @Test
  void twoOfThreeNeedsAnEarlierWindow() {
    StoredValues values =
        new StoredValues()
            .add(0, Segment.ALL, "income", psi(EVEN))
            .add(1, Segment.ALL, "income", psi(SHIFTED))
            .add(2, Segment.ALL, "income", psi(EVEN))
            .add(3, Segment.ALL, "income", psi(SHIFTED));
    assertThat(judge(values, 1, PSI).kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(judge(values, 1, PSI).sentence()).contains("q 1 among 1 test of drift, 2 of 3");
    // The latest one has to violate.
    assertThat(judge(values, 2, PSI).kind()).isEqualTo(Kind.OK);
    assertThat(judge(values, 3, PSI).kind()).isEqualTo(Kind.BREACH);
  }

  @Test
  void aMissingWindowCountsAsQuiet() {
    StoredValues values =
        new StoredValues()
            .add(0, Segment.ALL, "income", psi(SHIFTED))
            .add(3, Segment.ALL, "income", psi(SHIFTED));
    assertThat(judge(values, 3, PSI).tests().orElseThrow().combinedChange()).isEqualTo(1);
    values.add(1, Segment.ALL, "income", psi(SHIFTED));
    // Two of the last three days, day 2 is missing.
    assertThat(judge(values, 3, PSI).kind()).isEqualTo(Kind.BREACH);
  }

  @Test
  void thinBinsAreNoEvidenceOfAChangeInOneWindow() {
    StoredValues values =
        new StoredValues().add(0, Segment.ALL, "income", psi(0, 0, 0, 0, 0, 10, 20, 30, 40, 50));
    Verdict verdict = judge(values, 0, PSI.withPersistence(Repeats.ONCE));
    assertThat(verdict.kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(verdict.sentence()).contains("it takes 20 rows per bin, and there are 15");
  }

  @Test
  void anAssumedVariationNeedsASecondWindow() {
    Measure assumed =
        rate("accuracy", 370, 500, 4250, 5000).flag(Examination.INDEPENDENCE_ASSUMED).build();
    StoredValues values = new StoredValues().add(0, assumed).add(1, assumed);
    assertThat(judge(values, 0, EMERGENCY).kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(judge(values, 1, EMERGENCY).kind()).isEqualTo(Kind.BREACH);
    assertThat(judge(values, 1, EMERGENCY).persistence()).isEqualTo(Repeats.TWICE);
  }

  @Test
  void valuesThatMisleadWaitForTheirLabels() {
    Measure young =
        rate("accuracy", 370, 500, 4250, 5000)
            .flag(Measure.PROVISIONAL)
            .flag(Examination.WAITS)
            .note("38 % of labels are in.")
            .build();
    StoredValues values = new StoredValues().add(0, young);
    Verdict waiting = judge(values, 0, EMERGENCY);
    assertThat(waiting.kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(waiting.tests()).isEmpty();
    assertThat(waiting.isProvisional()).isTrue();
    assertThat(waiting.sentence())
        .isEqualTo("accuracy is not judged. Labels are still coming in. 38 % of labels are in.");
    assertThat(judge(values, 0, EMERGENCY.withLabels(Rule.Labels.AS_THEY_ARE)).kind())
        .isEqualTo(Kind.BREACH);
  }

  @Test
  void whatLateLabelsDoNotMisleadIsJudgedAtOnce() {
    Rule rule = Rule.of("recall", Direction.FALLS_BY, 0.05, true, Severity.EMERGENCY);
    Measure young = rate("recall", 370, 500, 4250, 5000).flag(Measure.PROVISIONAL).build();
    Verdict verdict = judge(new StoredValues().add(0, young), 0, rule);
    assertThat(verdict.kind()).isEqualTo(Kind.BREACH);
    assertThat(verdict.isProvisional()).isTrue();
  }

  @Test
  void theLabelsOwnDriftAndGapsOfPrecisionWaitToo() {
    Measure gap =
        Measure.of("predictive_parity_difference_supported", Comparison.NONE, 0.2)
            .n(500)
            .interval(0.15, 0.25)
            .flag(Measure.PROVISIONAL)
            .build();
    Rule parity = Rule.of(gap.metric(), Direction.ABOVE, 0.1, false, Severity.INVESTIGATE);
    StoredValues values =
        new StoredValues()
            .add(0, Segment.ALL, "gender", gap)
            .add(0, Segment.ALL, "defaulted", psi(SHIFTED).asProvisional());
    assertThat(judge(values, 0, parity).sentence()).contains("Labels are still coming in.");
    assertThat(judge(values, 0, PSI).sentence()).contains("Labels are still coming in.");
  }

  /** On the second day no label of a month has come, which is no news. */
  @Test
  void howManyLabelsHaveComeWaitsForThem() {
    Rule coverage = Rule.of("label_coverage", Direction.FALLS_BY, 0.1, true, Severity.INVESTIGATE);
    StoredValues values =
        new StoredValues()
            .add(0, rate("label_coverage", 0, 500, 1900, 2000).build().asProvisional())
            .add(1, rate("label_coverage", 0, 500, 1900, 2000).build());
    assertThat(judge(values, 0, coverage).sentence()).contains("Labels are still coming in.");
    assertThat(judge(values, 1, coverage).tests()).isPresent();
  }

  @Test
  void falseAlarmsAreSharedWithinTheFamilyOfAWindow() {
    Rule failures = Rule.of("failure_rate", Direction.ABOVE, 0.01, false, Severity.EMERGENCY);
    Judgement judgement = Judgement.by(List.of(EMERGENCY, failures));
    StoredValues values = accuracy(382);
    double alone = qOf(judgement.of(values.history(), day(0)));
    values.add(0, rate("failure_rate", 8, 200, 50, 5000).build());
    for (int day = 1; day < 9; day++) {
      values.add(day, rate("accuracy", 430, 500, 4250, 5000).build());
    }
    // Another family, and other windows of the same run.
    List<Verdict> all = judgement.of(values.history(), values.history().windows());
    assertThat(qOf(all)).isEqualTo(alone);
    for (int state = 0; state < 9; state++) {
      Segment segment = new Segment(Slice.of("state"), List.of("s" + state));
      values.add(0, segment, "", rate("accuracy", 430, 500, 4250, 5000).build());
    }
    List<Verdict> crowded = judgement.of(values.history(), day(0));
    assertThat(qOf(crowded)).isCloseTo(10 * alone, within(1e-12));
    assertThat(crowded.get(0).kind()).isEqualTo(Kind.INCONCLUSIVE);
    assertThat(crowded.get(0).sentence()).contains("among 10 tests of performance, above 0.05");
  }

  private static double qOf(List<Verdict> verdicts) {
    return verdicts.get(0).tests().orElseThrow().qLimit();
  }

  @Test
  void versionsShareOneFamilyAndHaveTheirOwnPast() {
    StoredValues values = new StoredValues();
    for (int day = 0; day < 3; day++) {
      values.add(day, "v1", Segment.ALL, "income", psi(SHIFTED));
    }
    values.add(2, "v2", Segment.ALL, "income", psi(SHIFTED));
    List<Verdict> verdicts = Judgement.by(List.of(PSI)).of(values.history(), day(2));
    assertThat(verdicts)
        .extracting(of -> of.subject().modelVersion() + " " + of.kind())
        .containsExactly("v1 BREACH", "v2 INCONCLUSIVE");
    assertThat(verdicts.get(0).tests().orElseThrow().familySize()).isEqualTo(2);
  }

  @Test
  void rulesAreForTheirPlaceOnly() {
    StoredValues values =
        accuracy(430)
            .add(0, new Segment(Slice.of("state"), List.of("VIC")), "", accuracyOf(430))
            .add(0, Segment.ALL, "income", psi(EVEN))
            .add(0, Segment.ALL, "age", psi(EVEN));
    Rule sliced =
        new Rule(
            "accuracy",
            Direction.FALLS_BY,
            Limit.share(0.05),
            Against.BASELINE,
            Severity.EMERGENCY,
            Evidence.LIMIT,
            Optional.empty(),
            Rule.Labels.WAIT,
            Optional.of(Slice.of("state")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(StoredValues.DAILY),
            RuleTerms.USUAL);
    assertThat(judge(values, 0, sliced).subject().segment().toString()).isEqualTo("state=VIC");
    assertThat(Judgement.by(List.of(PSI, EMERGENCY, EMERGENCY)).of(values.history(), day(0)))
        .hasSize(4);
  }

  private static Measure accuracyOf(long correct) {
    return rate("accuracy", correct, 500, 4250, 5000).build();
  }

  @Test
  void otherGranularitiesHaveOtherRules() {
    Rule weekly =
        new Rule(
            "psi",
            Direction.ABOVE,
            Limit.of(0.1),
            Against.BASELINE,
            Severity.INVESTIGATE,
            Evidence.CHANGE,
            Optional.of(new Persistence(1, 1)),
            Rule.Labels.WAIT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("7 days"),
            RuleTerms.USUAL);
    StoredValues values = new StoredValues().add(0, Segment.ALL, "income", psi(EVEN));
    assertThat(Judgement.by(List.of(weekly)).of(values.history(), day(0))).isEmpty();
  }

  /**
   * Quiet and drifting columns, few rows and many, with the window's spread known and estimated.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {13, 21, 34, 55})
  void brieflyTheSameAreBreachesAndBeyondTheLimit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StoredValues values = new StoredValues();
    for (int day = 0; day < 8; day++) {
      for (int column = 0; column < 30; column++) {
        int rows = 20 << random.nextInt(6);
        double drift = column < 4 ? 0.6 : 0;
        long[] counts = new long[10];
        for (int row = 0; row < rows; row++) {
          double u = random.nextDouble();
          counts[(int) (10 * (random.nextDouble() < drift ? u * u : u))]++;
        }
        Overdispersion phi = column % 2 == 0 ? Overdispersion.NONE : new Overdispersion(1.3, 20);
        values.add(day, Segment.ALL, "c" + column, psi(phi, counts));
      }
    }
    Rule learned = Rule.of("psi", Direction.ABOVE, Limit.learned(2), Severity.INVESTIGATE);
    Judgement wholly = Judgement.by(List.of(PSI, PSI.withEvidence(Evidence.LIMIT), learned));
    History history = values.history();
    assertThat(told(wholly.briefly().of(history, history.windows())))
        .isEqualTo(told(wholly.of(history, history.windows())));
    assertThat(wholly.of(history, history.windows())).anyMatch(of -> of.kind() == Kind.BREACH);
  }

  private static List<List<Object>> told(List<Verdict> verdicts) {
    return verdicts.stream()
        .<List<Object>>map(
            of ->
                List.of(
                    of.subject(),
                    of.rule(),
                    of.kind() == Kind.BREACH,
                    of.isBeyond(),
                    of.tests().isPresent(),
                    of.kind() == Kind.BREACH ? of.tests().orElseThrow().q() : 1.0))
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void oneByOneOrAllAtOnceIsTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StoredValues values = new StoredValues();
    for (int day = 0; day < 12; day++) {
      for (String column : List.of("income", "age", "rate")) {
        if (random.nextInt(5) > 0) {
          long[] counts = random.longs(10, 20, 180).toArray();
          values.add(day, Segment.ALL, column, psi(counts));
        }
      }
      values.add(day, accuracyOf(370 + random.nextInt(60)));
    }
    List<Rule> rules =
        List.of(PSI, EMERGENCY, INVESTIGATE, INVESTIGATE.withAgainst(Against.PREVIOUS));
    Judgement judgement = Judgement.by(rules);
    History history = values.history();
    List<Verdict> atOnce = judgement.of(history, history.windows());
    List<Verdict> oneByOne = new ArrayList<>();
    history.windows().forEach(window -> oneByOne.addAll(judgement.of(history, window)));
    assertThat(atOnce).isEqualTo(oneByOne);

    // Nor does it matter in which order values come, nor what lies beyond the look back.
    List<Stored> shuffled = new ArrayList<>(values.values());
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(
            judgement.of(
                History.of(StoredValues.MODEL, StoredValues.DAILY, StoredValues.ZONE, shuffled),
                history.windows()))
        .containsExactlyInAnyOrderElementsOf(atOnce);
    List<Stored> near =
        values.values().stream()
            .filter(of -> !of.subject().window().start().isBefore(day(6).start()))
            .toList();
    assertThat(
            judgement.of(
                History.of(StoredValues.MODEL, StoredValues.DAILY, StoredValues.ZONE, near),
                day(9)))
        .isEqualTo(judgement.of(history, day(9)));
  }

  @Test
  void refusesValuesThatAreThereTwiceOrOfAnotherModel() {
    StoredValues twice = accuracy(430).add(0, accuracyOf(431));
    assertThatThrownBy(twice::history).hasMessageContaining("There are two values of");
    assertThatThrownBy(
            () ->
                History.of("other", StoredValues.DAILY, StoredValues.ZONE, accuracy(430).values()))
        .hasMessageContaining("The history is of model 'other'");
  }
}
