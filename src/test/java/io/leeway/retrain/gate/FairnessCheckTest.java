package io.leeway.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.GateDemand;
import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.config.Limit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairnessCheckTest {
  /** A group's rows by label, and how many of either the two models select. */
  private record Group(
      String name, int positives, int negatives, int first, int firstOfNegatives, int second) {
    int rows() {
      return positives + negatives;
    }
  }

  private static HoldoutRows rows(boolean withChampion, Group... groups) {
    int n = Arrays.stream(groups).mapToInt(Group::rows).sum();
    int[] labels = new int[n];
    int[] codes = new int[n];
    int[] candidate = new int[n];
    int[] champion = new int[n];
    int row = 0;
    for (int g = 0; g < groups.length; g++) {
      Arrays.fill(codes, row, row + groups[g].rows(), g);
      Arrays.fill(labels, row, row + groups[g].positives, 1);
      Arrays.fill(candidate, row, row + groups[g].first, 1);
      Arrays.fill(champion, row, row + groups[g].second, 1);
      int negatives = row + groups[g].positives;
      Arrays.fill(candidate, negatives, negatives + groups[g].firstOfNegatives, 1);
      row += groups[g].rows();
    }
    HoldoutRows.Builder builder =
        HoldoutRows.binary(labels)
            .candidate(Scores.binary(scores(candidate), candidate))
            .attribute("gender", Groups.of(Arrays.stream(groups).map(Group::name).toList(), codes));
    return withChampion
        ? builder.champion(Scores.binary(scores(champion), champion)).build()
        : builder.build();
  }

  private static double[] scores(int[] decisions) {
    return Arrays.stream(decisions).mapToDouble(of -> of == 1 ? 0.8 : 0.2).toArray();
  }

  private static GateCheck check(
      GateMetric metric, GateDemand demand, double limit, HoldoutRows rows) {
    GateRule rule =
        new GateRule(
            metric,
            demand,
            Limit.of(limit),
            List.of(),
            Optional.of("gender"),
            Optional.empty(),
            200,
            true);
    List<GateCheck> checks =
        Gate.check(new GatePlan(1, 30, 0.95, List.of(rule)), rows, Facts.NONE).checks();
    return checks.get(checks.size() - 1);
  }

  private static GateCheck growth(HoldoutRows rows) {
    return check(GateMetric.EQUAL_OPPORTUNITY_DIFFERENCE, GateDemand.GROWS_BY, 0.02, rows);
  }

  // True positive rates of the candidate 0.9 and 0.6, of the champion 0.8 and 0.8.
  @Test
  void aGapThatSurelyGrowsFails() {
    GateCheck check =
        growth(
            rows(true, new Group("f", 100, 150, 60, 0, 80), new Group("m", 100, 150, 90, 0, 80)));
    assertThat(check.status()).isEqualTo(CheckStatus.FAIL);
    assertThat(check.group()).isEqualTo(CheckGroup.FAIRNESS);
    assertThat(check.attribute()).contains("gender");
    assertThat(check.candidate().orElseThrow()).isCloseTo(0.3, within(1e-12));
    assertThat(check.champion()).hasValue(0);
    assertThat(check.low().orElseThrow()).isGreaterThan(0.02);
    assertThat(check.sentence())
        .isEqualTo(
            "equal_opportunity_difference of gender is 0.3, between m and f, the champion's 0: it"
                + " grows by 0.3, and 0.02 is allowed; it surely grows by more.");
  }

  @Test
  void aGapThatMayHaveGrownByChanceIsAWarningAndOneThatShrinksPasses() {
    HoldoutRows grown =
        rows(true, new Group("f", 100, 150, 77, 0, 80), new Group("m", 100, 150, 81, 0, 80));
    assertThat(growth(grown).status()).isEqualTo(CheckStatus.WARN);
    assertThat(growth(grown).sentence()).endsWith("; that may be chance.");
    GateCheck shrunk =
        growth(
            rows(true, new Group("f", 100, 150, 80, 0, 60), new Group("m", 100, 150, 80, 0, 80)));
    assertThat(shrunk.status()).isEqualTo(CheckStatus.PASS);
    assertThat(shrunk.sentence()).contains("it shrinks by 0.2, and 0.02 is allowed");
  }

  @Test
  void groupsBelowTheFloorsAreNamedAndInNoGap() {
    GateCheck check =
        growth(
            rows(
                true,
                new Group("f", 100, 150, 80, 0, 80),
                new Group("m", 100, 150, 80, 0, 80),
                new Group("x", 29, 400, 0, 0, 29),
                new Group("u", 60, 100, 0, 0, 60)));
    assertThat(check.status()).isEqualTo(CheckStatus.PASS);
    assertThat(check.sentence()).endsWith("; too small to be compared: x, u.");
    GateCheck alone =
        growth(rows(true, new Group("f", 100, 150, 80, 0, 80), new Group("x", 9, 9, 0, 0, 9)));
    assertThat(alone.status()).isEqualTo(CheckStatus.INSUFFICIENT_DATA);
    assertThat(alone.sentence())
        .isEqualTo(
            "equal_opportunity_difference needs two groups of gender with 200 rows and 30 in the"
                + " rate's denominator; there are 1; too small to be compared: x.");
  }

  // Selected: f 60 of 250, m 90 of 250: ratio 2/3, difference 0.12; of negatives 10 and 0 of 150.
  @Test
  void valuesAreHeldAgainstTheirLimitsWithAndWithoutChampion() {
    Group f = new Group("f", 100, 150, 50, 10, 80);
    Group m = new Group("m", 100, 150, 90, 0, 80);
    for (HoldoutRows rows : List.of(rows(true, f, m), rows(false, f, m))) {
      GateCheck ratio = check(GateMetric.DISPARATE_IMPACT_RATIO, GateDemand.ABOVE, 0.8, rows);
      assertThat(ratio.status()).isEqualTo(CheckStatus.FAIL);
      assertThat(ratio.candidate().orElseThrow()).isCloseTo(2.0 / 3, within(1e-12));
      assertThat(ratio.sentence())
          .isEqualTo(
              "disparate_impact_ratio of gender is 0.6667, between m with 0.36 and f with 0.24, but"
                  + " must be at least 0.8.");
      GateCheck parity =
          check(GateMetric.DEMOGRAPHIC_PARITY_DIFFERENCE, GateDemand.BELOW, 0.121, rows);
      assertThat(parity.candidate().orElseThrow()).isCloseTo(0.12, within(1e-12));
      assertThat(parity.status()).isEqualTo(CheckStatus.PASS);
      GateCheck wrongly =
          check(GateMetric.PREDICTIVE_EQUALITY_DIFFERENCE, GateDemand.BELOW, 0.05, rows);
      assertThat(wrongly.candidate().orElseThrow()).isCloseTo(1.0 / 15, within(1e-12));
      assertThat(wrongly.status()).isEqualTo(CheckStatus.FAIL);
      assertThat(growth(rows).status())
          .isEqualTo(
              rows.champion().isPresent() ? CheckStatus.FAIL : CheckStatus.SKIPPED_NO_CHAMPION);
    }
  }

  @Test
  void aRatioOfNobodySelectedFails() {
    HoldoutRows rows =
        rows(true, new Group("f", 100, 150, 0, 0, 80), new Group("m", 100, 150, 0, 0, 80));
    // Scores are all 0.2 then, so one row is selected in a group too small to take part.
    HoldoutRows some =
        rows(
            true,
            new Group("f", 100, 150, 0, 0, 80),
            new Group("m", 100, 150, 0, 0, 80),
            new Group("x", 40, 10, 1, 0, 1));
    assertThat(check(GateMetric.DISPARATE_IMPACT_RATIO, GateDemand.ABOVE, 0.8, rows).status())
        .isEqualTo(CheckStatus.FAIL);
    assertThat(check(GateMetric.DISPARATE_IMPACT_RATIO, GateDemand.ABOVE, 0.8, some).sentence())
        .isEqualTo(
            "disparate_impact_ratio cannot be computed: All rates are 0, and 0/0 is no ratio.");
  }
}
