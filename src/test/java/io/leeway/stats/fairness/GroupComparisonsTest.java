package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

/** Ratios, equalized odds, and groups against one group or against the rest. */
class GroupComparisonsTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static final SortedGroups GROUPS =
      SortedGroups.of(
          List.of(
              new GroupRate("a", 56, 70),
              new GroupRate("b", 48, 80),
              new GroupRate("c", 60, 90),
              new GroupRate("small", 1, 12),
              new GroupRate("none", 0, 0)),
          30);

  @Test
  void theRatioIsTestedAgainstFourFifths() {
    MinMaxRatio of = MinMaxRatio.of(GROUPS, NONE).orElseThrow();
    assertThat(of.ratio()).isCloseTo(0.75, within(1e-15));
    assertThat(of.range().lowest()).isEqualTo("b");
    double p = RateTest.againstReference(48, 80, 56, 70, 0, 0.8, NONE).orElseThrow().pFall();
    assertThat(of.pLimit(0.8)).isCloseTo(Math.min(1, 6 * p), within(1e-14));
    assertThat(of.pLimit(0.5)).isEqualTo(1);
    double strict = RateTest.againstReference(48, 80, 56, 70, 0, 1, NONE).orElseThrow().pFall();
    assertThat(of.pLimit(1)).isCloseTo(6 * strict, within(1e-14));
    SortedGroups zeros =
        SortedGroups.of(List.of(new GroupRate("a", 0, 50), new GroupRate("b", 0, 50)), 1);
    assertThat(MinMaxRatio.of(zeros, NONE).reason())
        .contains("All rates are 0, and 0/0 is no ratio.");
  }

  // Four groups of 100 at rate .3: in 72 % of cases their ratio is below .8 by chance (reference
  // notes, 1.5), but in at most 5 % (3 Monte Carlo errors: .6 %) that is found.
  @Test
  void fourFifthsAreMissedByChanceButNotFoundMissing() {
    BinomialDistribution draw = new BinomialDistribution(new Well19937c(45), 100, 0.3);
    int below = 0;
    int found = 0;
    for (int i = 0; i < 4_000; i++) {
      MinMaxRatio of =
          MinMaxRatio.of(
                  SortedGroups.of(
                      List.of(
                          new GroupRate("a", draw.sample(), 100),
                          new GroupRate("b", draw.sample(), 100),
                          new GroupRate("c", draw.sample(), 100),
                          new GroupRate("d", draw.sample(), 100)),
                      30),
                  NONE)
              .orElseThrow();
      below += of.ratio() < 0.8 ? 1 : 0;
      found += of.pLimit(0.8) <= 0.05 ? 1 : 0;
    }
    assertThat(below / 4_000.0).isCloseTo(0.722, within(0.03));
    assertThat(found / 4_000.0).isLessThanOrEqualTo(0.056);
  }

  @Test
  void againstANamedGroupTheOthersAreCorrectedForTheirNumber() {
    GroupContrasts of = AgainstGroup.of(GROUPS, "a", NONE).orElseThrow();
    assertThat(of.contrasts())
        .extracting(contrast -> contrast.group().group())
        .containsExactly("b", "c");
    GroupContrast b = of.contrasts().get(0);
    assertThat(b.against().group()).isEqualTo("a");
    assertThat(b.difference()).isCloseTo(-0.2, within(1e-15));
    RateTest test = RateTest.againstReference(48, 80, 56, 70, 0, 1, NONE).orElseThrow();
    assertThat(b.pFall()).isCloseTo(2 * test.pFall(), within(1e-15));
    assertThat(b.pRise()).isEqualTo(1);
    assertThat(b.pChange()).isCloseTo(4 * test.pFall(), within(1e-14));
    assertThat(b.interval())
        .isEqualTo(
            Newcombe.contrast(48, 80, 56, 70, 1, NONE, -Normal.quantile(0.0125)).orElseThrow());
    double atLimit =
        RateTest.againstReference(48, 80, 56, 70, -0.05, 1, NONE).orElseThrow().pFall();
    assertThat(of.pLimit(0.05)).isCloseTo(4 * atLimit, within(1e-14));
    assertThat(of.pLimit(0.05)).isLessThan(MaxMinGap.of(GROUPS, NONE).orElseThrow().pLimit(0.05));
  }

  @Test
  void againstTheRestTheOthersAreSummed() {
    GroupContrasts of = AgainstRest.of(GROUPS, NONE).orElseThrow();
    assertThat(of.contrasts()).hasSize(3);
    GroupContrast a = of.contrasts().get(0);
    assertThat(a.against()).isEqualTo(new GroupRate(AgainstRest.REST, 108, 170));
    RateTest test = RateTest.againstReference(56, 70, 108, 170, 0, 1, NONE).orElseThrow();
    assertThat(a.pRise()).isCloseTo(3 * test.pRise(), within(1e-15));
    assertThat(AgainstRest.of(SortedGroups.of(List.of(), 1), NONE).isDefined()).isFalse();
  }

  @Test
  void theReferenceGroupMustBeSupported() {
    assertThat(AgainstGroup.of(GROUPS, "small", NONE).reason())
        .contains("The reference group 'small' is below the minimum of 30.");
    assertThat(AgainstGroup.of(GROUPS, "none", NONE).reason())
        .contains("The reference group 'none' has the denominator 0.");
    assertThat(AgainstGroup.of(GROUPS, "other", NONE).reason())
        .contains("The reference group 'other' has no rows.");
    assertThat(
            AgainstGroup.of(SortedGroups.of(List.of(new GroupRate("a", 1, 9)), 1), "a", NONE)
                .reason())
        .hasValueSatisfying(why -> assertThat(why).startsWith("There is no group beside"));
  }

  private static final SortedGroups TPR =
      SortedGroups.of(List.of(new GroupRate("a", 20, 40), new GroupRate("b", 20, 40)), 1);
  private static final SortedGroups FPR =
      SortedGroups.of(List.of(new GroupRate("a", 9, 90), new GroupRate("b", 10, 80)), 1);

  @Test
  void equalizedOddsTakesTheLargerGapAndHalfTheLevel() {
    EqualizedOdds of = EqualizedOdds.of(TPR, NONE, FPR, NONE).orElseThrow();
    MaxMinGap tpr = MaxMinGap.of(TPR, NONE).orElseThrow();
    MaxMinGap fpr = MaxMinGap.of(FPR, NONE).orElseThrow();
    assertThat(of.gap()).isEqualTo(fpr.gap());
    assertThat(of.pLimit(0.01))
        .isCloseTo(Math.min(1, 2 * Math.min(tpr.pLimit(0.01), fpr.pLimit(0.01))), within(1e-15));
    assertThat(of.interval().high())
        .isEqualTo(Math.max(tpr.interval(0.025).high(), fpr.interval(0.025).high()));
    assertThat(of.interval().low()).isZero();
    assertThat(of.pChange()).isEqualTo(1);
  }

  // fairlearn gives the group without positives the true positive rate 0 and reports .5.
  @Test
  void aGroupWithoutPositivesDoesNotMakeEqualizedOddsOneHalf() {
    SortedGroups withEmpty =
        SortedGroups.of(
            List.of(
                new GroupRate("a", 20, 40), new GroupRate("b", 20, 40), new GroupRate("c", 0, 0)),
            1);
    EqualizedOdds of = EqualizedOdds.of(withEmpty, NONE, FPR, NONE).orElseThrow();
    assertThat(of.gap()).isCloseTo(10.0 / 80 - 9.0 / 90, within(1e-15));
    assertThat(of.gaps().get(0).groups().undefined()).hasSize(1);
  }

  @Test
  void whereOneRateHasNoGapTheOtherSpeaksAlone() {
    SortedGroups none = SortedGroups.of(List.of(new GroupRate("a", 0, 0)), 1);
    EqualizedOdds of = EqualizedOdds.of(none, NONE, FPR, NONE).orElseThrow();
    MaxMinGap fpr = MaxMinGap.of(FPR, NONE).orElseThrow();
    assertThat(of.pLimit(0.01)).isEqualTo(fpr.pLimit(0.01));
    assertThat(of.interval()).isEqualTo(fpr.interval());
    assertThat(EqualizedOdds.of(none, NONE, none, NONE).reason())
        .hasValueSatisfying(
            why -> assertThat(why).contains("True positive rate: A gap needs two groups"));
  }
}
