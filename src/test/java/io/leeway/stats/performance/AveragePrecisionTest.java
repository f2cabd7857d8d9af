package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragePrecisionTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  // Statistics page, B9.
  @Test
  void goldenRows() {
    AveragePrecision of = AveragePrecision.of(LabelledScores.golden().table()).orElseThrow();
    assertThat(of.value()).isCloseTo(.876190476, within(5e-10));
    assertThat(of.variance().orElseThrow()).isCloseTo(.010550912, within(5e-10));
    assertThat(of.errorBound()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void isTheSumOverThresholds(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 40, 6);
    assertThat(AveragePrecision.of(rows.table()).orElseThrow().value())
        .isCloseTo(overThresholds(rows, ones(rows)), within(1e-14));
  }

  /** Influence: N times what a little more weight of one row adds, by central difference. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void itsVarianceIsThatOfWhatEachRowAdds(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 30, 6);
    double squares = 0;
    for (int i = 0; i < rows.rows(); i++) {
      double[] up = ones(rows);
      double[] down = ones(rows);
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double influence =
          rows.rows() * (overThresholds(rows, up) - overThresholds(rows, down)) / 2e-5;
      squares += influence * influence;
    }
    assertThat(AveragePrecision.of(rows.table()).orElseThrow().variance().orElseThrow())
        .isCloseTo(squares / rows.rows() / rows.rows(), within(1e-9));
  }

  /** All orders within bins, ties included: rows of a bin may have the same score or not. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void noOrderWithinBinsIsBeyondTheBoundsAndTwoReachThem(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 5, 2);
    AveragePrecision binned = AveragePrecision.of(rows.bins(1)).orElseThrow();
    double[] all =
        rows.orders().stream()
            .mapToDouble(order -> overThresholds(order, ones(order)))
            .sorted()
            .toArray();
    assertThat(binned.bounds().low()).isCloseTo(all[0], within(1e-14));
    assertThat(binned.bounds().high()).isCloseTo(all[all.length - 1], within(1e-14));
    assertThat(binned.bounds().contains(binned.value())).isTrue();
  }

  /** A bin of positives alone is no certainty: below it is 1 negative, above it are 3. */
  @Test
  void positivesOfOneBinHelpEachOtherOnlyWithOneScore() {
    AveragePrecision of =
        AveragePrecision.of(
                ScoreTable.of(
                    List.of(
                        new ScoreBin(0, 0, 0, 1),
                        new ScoreBin(1, 2, 2, 0),
                        new ScoreBin(3, 3, 0, 3))))
            .orElseThrow();
    // With one score 2/5; one by one (1/4 + 2/5) / 2. By hand.
    assertThat(of.value()).isCloseTo(.4, within(1e-15));
    assertThat(of.bounds().low()).isCloseTo(.325, within(1e-15));
    assertThat(of.errorBound()).isCloseTo(.075, within(1e-15));
  }

  /** With π positives AP is π; rows vary it as they vary a rate. */
  @Test
  void aConstantScoreHasThePrevalence() {
    AveragePrecision of =
        AveragePrecision.of(ScoreTable.of(List.of(new ScoreBin(.3, .3, 20, 60)))).orElseThrow();
    assertThat(of.value()).isEqualTo(.25);
    assertThat(of.variance().orElseThrow()).isCloseTo(.25 * .75 / 80, within(1e-15));
  }

  @Test
  void needsPositivesForAValueAndNegativesForAVariance() {
    assertThat(AveragePrecision.of(ScoreTable.of(List.of(new ScoreBin(0, 1, 0, 9)))).reason())
        .hasValue("All labels are negative.");
    AveragePrecision all =
        AveragePrecision.of(ScoreTable.of(List.of(new ScoreBin(0, 1, 9, 0)))).orElseThrow();
    assertThat(all.value()).isEqualTo(1);
    assertThat(all.errorBound()).isZero();
    assertThat(all.variance().reason()).isPresent();
    assertThat(all.interval(NONE).isDefined()).isFalse();
  }

  @Test
  void aPerfectOrderHasALimitByRuleOfThumb() {
    LogitInterval of =
        AveragePrecision.of(
                ScoreTable.of(List.of(new ScoreBin(0, 0, 0, 90), new ScoreBin(1, 1, 50, 0))))
            .flatMap(perfect -> perfect.interval(NONE))
            .orElseThrow();
    assertThat(of.heuristic()).isTrue();
    assertThat(of.interval().low()).isCloseTo(Math.pow(.05, 1 / 50.0), within(1e-15));
  }

  /** 3 000 draws of rows: the Monte Carlo error of the ratio is 1.3 %, allowed are four. */
  @Test
  void itsStandardErrorIsWhatDrawsVaryBy() {
    SplittableRandom random = new SplittableRandom(17);
    Spread spread = new Spread();
    for (int draw = 0; draw < 3_000; draw++) {
      double[] scores = new double[600];
      boolean[] labels = new boolean[600];
      for (int i = 0; i < scores.length; i++) {
        labels[i] = random.nextDouble() < .2;
        scores[i] = Math.round(8 * (random.nextGaussian() + (labels[i] ? 1.5 : 0)));
      }
      spread.add(
          AveragePrecision.of(new LabelledScores(scores, labels).table())
              .flatMap(AveragePrecision::estimate)
              .orElseThrow());
    }
    assertThat(spread.statedOverSeen()).isCloseTo(1, within(.052));
  }

  private static double[] ones(LabelledScores rows) {
    double[] ones = new double[rows.rows()];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The catalogue's sum of (R_k - R_(k-1)) P_k, of weighted rows. */
  private static double overThresholds(LabelledScores rows, double[] weights) {
    double[] thresholds = rows.thresholds();
    double positives = 0;
    for (int i = 0; i < rows.rows(); i++) {
      positives += rows.label(i) ? weights[i] : 0;
    }
    double sum = 0;
    double before = 0;
    for (int t = thresholds.length - 1; t >= 0; t--) {
      double hits = 0;
      double above = 0;
      for (int i = 0; i < rows.rows(); i++) {
        if (rows.score(i) >= thresholds[t]) {
          hits += rows.label(i) ? weights[i] : 0;
          above += weights[i];
        }
      }
      sum += (hits / positives - before) * (hits / above);
      before = hits / positives;
    }
    return sum;
  }
}
