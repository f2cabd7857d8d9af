package io.leeway.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.GateDemand;
import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.config.Limit;
import io.leeway.config.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values of single metrics, all by hand from the catalogue's definitions. */
class GateValuesTest {
  private static final double EXACT = 1e-12;

  /** A limit that nothing breaks. */
  private static GateCheck of(GateMetric metric, HoldoutRows rows) {
    boolean high = metric.better() == GateMetric.Better.HIGH;
    return of(metric, high ? 0 : 1e9, rows);
  }

  private static GateCheck of(GateMetric metric, double limit, HoldoutRows rows) {
    boolean high = metric.better() == GateMetric.Better.HIGH;
    GateRule rule =
        new GateRule(
            metric,
            high ? GateDemand.ABOVE : GateDemand.BELOW,
            Limit.of(limit),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            200,
            true);
    List<GateCheck> checks =
        Gate.check(new GatePlan(1, 1, 0.95, List.of(rule)), rows, Facts.NONE).checks();
    return checks.get(checks.size() - 1);
  }

  private static double value(GateMetric metric, HoldoutRows rows) {
    return of(metric, rows).candidate().orElseThrow();
  }

  private static int[] ints(int times, int... values) {
    return IntStream.range(0, times * values.length).map(i -> values[i % values.length]).toArray();
  }

  private static double[] doubles(int times, double... values) {
    return IntStream.range(0, times * values.length)
        .mapToDouble(i -> values[i % values.length])
        .toArray();
  }

  /** Ten times four rows: scores 0.8, 0.4, 0.1, 0 of labels 1, 1, 0, 1. */
  private static HoldoutRows binary() {
    return HoldoutRows.binary(ints(10, 1, 1, 0, 1))
        .candidate(Scores.binary(doubles(10, 0.8, 0.4, 0.1, 0), ints(10, 1, 0, 1, 0)))
        .champion(Scores.binary(doubles(10, 0.5, 0.5, 0.5, 0.6), ints(10, 1, 1, 1, 0)))
        .build();
  }

  @Test
  void ofTwoClasses() {
    // A score of 0 is cut to 2^-52.
    assertThat(value(GateMetric.LOG_LOSS, binary()))
        .isCloseTo(
            -(Math.log(0.8) + Math.log(0.4) + Math.log(0.9) - 52 * Math.log(2)) / 4, within(EXACT));
    assertThat(value(GateMetric.BRIER, binary()))
        .isCloseTo((0.04 + 0.36 + 0.01 + 1) / 4, within(EXACT));
    assertThat(value(GateMetric.ACCURACY, binary())).isEqualTo(0.25);
    assertThat(value(GateMetric.RECALL, binary())).isCloseTo(1.0 / 3, within(EXACT));
    assertThat(of(GateMetric.SPECIFICITY, binary()).status()).isEqualTo(CheckStatus.FAIL);
    assertThat(of(GateMetric.SPECIFICITY, binary()).sentence())
        .isEqualTo(
            "specificity cannot be computed: It is judged from 30 independent rows or entities;"
                + " here are 10.");
    assertThat(value(GateMetric.PRECISION, binary())).isEqualTo(0.5);
    // Of each negative two of the three positives are above it.
    assertThat(value(GateMetric.ROC_AUC, binary())).isCloseTo(2.0 / 3, within(EXACT));
    // Mean label 3/4, mean score 1.3/4.
    assertThat(value(GateMetric.CALIBRATION_IN_THE_LARGE, binary()))
        .isCloseTo(1.7 / 4, within(EXACT));
    assertThat(of(GateMetric.CALIBRATION_IN_THE_LARGE, 0.4, binary()).status())
        .isEqualTo(CheckStatus.FAIL);
  }

  @Test
  void aSignedValueIsJudgedBySize() {
    HoldoutRows low =
        HoldoutRows.regression(doubles(20, 1, 2))
            .candidate(Scores.regression(doubles(20, 0, 1.5)))
            .build();
    GateCheck bias = of(GateMetric.BIAS, 0.5, low);
    assertThat(bias.candidate()).hasValue(-0.75);
    assertThat(bias.status()).isEqualTo(CheckStatus.FAIL);
    assertThat(bias.sentence())
        .isEqualTo("bias is -0.75 on 40 rows, but must be at most 0.5 in size.");
    assertThat(value(GateMetric.MAE, low)).isEqualTo(0.75);
    assertThat(value(GateMetric.MSE, low)).isEqualTo(0.625);
    assertThat(value(GateMetric.RMSE, low)).isCloseTo(Math.sqrt(0.625), within(EXACT));
  }

  // Scores (0.7, 0.2, 0.1), (0.1, 0.3, 0.5), (0, 1, 1) of labels 0, 1, 2. The second sums to 0.9,
  // the third to 2; its 0 is cut to 2^-52 and its ones to 1 − 2^-52, so about 1/2 is left.
  @Test
  void ofSeveralClasses() {
    HoldoutRows rows =
        HoldoutRows.multiclass(3, ints(20, 0, 1, 2))
            .candidate(
                Scores.multiclass(
                    3, doubles(20, 0.7, 0.2, 0.1, 0.1, 0.3, 0.5, 0, 1, 1), ints(20, 0, 2, 1)))
            .build();
    assertThat(value(GateMetric.LOG_LOSS, rows))
        .isCloseTo(-(Math.log(0.7) + Math.log(0.3 / 0.9) + Math.log(0.5)) / 3, within(1e-10));
    assertThat(value(GateMetric.BRIER, rows))
        .isCloseTo((0.09 + 0.04 + 0.01 + 0.01 + 0.49 + 0.25 + 0 + 1 + 0) / 3, within(EXACT));
    assertThat(value(GateMetric.ACCURACY, rows)).isCloseTo(1.0 / 3, within(EXACT));
    // Highest scores 0.7 (right), 0.5 (wrong) and 1 (class 1, the first on the tie, wrong).
    assertThat(value(GateMetric.ECE, rows)).isCloseTo((0.3 + 0.5 + 1) / 3, within(EXACT));
  }

  @Test
  void aClassThatIsMissingFails() {
    HoldoutRows rows =
        HoldoutRows.multiclass(3, ints(20, 0, 2))
            .candidate(
                Scores.multiclass(3, doubles(20, 0.7, 0.2, 0.1, 0.1, 0.3, 0.6), ints(20, 0, 2)))
            .build();
    GateRule rule =
        new GateRule(
            GateMetric.LOG_LOSS,
            GateDemand.BELOW,
            Limit.of(9),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            200,
            true);
    assertThat(Gate.check(new GatePlan(1, 1, 0.95, List.of(rule)), rows, Facts.NONE).blocking())
        .extracting(GateCheck::sentence)
        .containsExactly("The holdout has no row of class 1; metrics of fewer classes mislead.");
  }

  // 800 rows of score 0.25, of which 250 positive, and 200 of 0.75, of which 130: distances
  // 50 and 20 of 1000. Chance alone makes √(2/π)(√(800 · 3/16) + √(200 · 3/16))/1000 = 0.01466.
  @Test
  void calibrationIsJudgedWithoutWhatChanceMakesOfIt() {
    int[] labels = new int[1_000];
    double[] scores = new double[1_000];
    Arrays.fill(scores, 0, 800, 0.25);
    Arrays.fill(scores, 800, 1_000, 0.75);
    Arrays.fill(labels, 0, 250, 1);
    Arrays.fill(labels, 800, 930, 1);
    HoldoutRows rows = HoldoutRows.binary(labels).candidate(Simulated.scores(scores)).build();
    GateCheck check = of(GateMetric.ECE, 0.06, rows);
    assertThat(check.group()).isEqualTo(CheckGroup.CALIBRATION);
    assertThat(check.candidate().orElseThrow()).isCloseTo(0.07, within(EXACT));
    assertThat(check.status()).isEqualTo(CheckStatus.PASS);
    assertThat(check.sentence())
        .isEqualTo("ece is 0.07 on 1000 rows, without chance 0.05534, and must be at most 0.06.");
    assertThat(of(GateMetric.ECE, 0.055, rows).status()).isEqualTo(CheckStatus.FAIL);
  }

  // Decisions differ on the second row of four; Wilson by hand for 10 of 40, z = 1.96:
  // (0.25 + 0.04802 ± 0.13412...)/1.09604: 0.1419 to 0.4019.
  @Test
  void decisionsFlip() {
    GateCheck check = of(GateMetric.DECISION_FLIP_RATE, binary());
    assertThat(check.candidate()).hasValue(0.25);
    assertThat(check.low().orElseThrow()).isCloseTo(0.1419, within(1e-4));
    assertThat(check.high().orElseThrow()).isCloseTo(0.4019, within(1e-4));
  }

  // The champion's scores are 0, 1, …, 99: deciles 9.9, 19.8, …, ten in each bin. The candidate's
  // are all below 50, twenty in each of the five lowest bins, none in the others, which count as
  // 0.0001: 5 · 0.1 · ln 2 + 5 · 0.0999 · ln 1000.
  @Test
  void scoresMove() {
    double[] champion = IntStream.range(0, 100).asDoubleStream().toArray();
    double[] candidate = IntStream.range(0, 100).mapToDouble(i -> Math.floorDiv(i, 2)).toArray();
    HoldoutRows rows =
        HoldoutRows.regression(new double[100])
            .candidate(Scores.regression(candidate))
            .champion(Scores.regression(champion))
            .build();
    GateCheck check = of(GateMetric.SCORE_PSI, 0.25, rows);
    assertThat(check.candidate().orElseThrow())
        .isCloseTo(0.5 * Math.log(2) + 0.4995 * Math.log(1_000), within(1e-9));
    assertThat(check.status()).isEqualTo(CheckStatus.FAIL);
    assertThat(check.group()).isEqualTo(CheckGroup.STABILITY);
  }

  @Test
  void everyMetricOfATaskHasAValueOrIsSkipped() {
    for (GateMetric metric : GateMetric.values()) {
      if (metric.fits(Task.BINARY) && metric.kind() != GateMetric.Kind.GAP) {
        assertThat(of(metric, binary()).status())
            .as(metric.text())
            .isIn(CheckStatus.PASS, CheckStatus.FAIL);
      }
    }
  }
}
