package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeparationAndLiftTest {
  private static final ScoreTable CONSTANT = ScoreTable.of(List.of(new ScoreBin(.3, .3, 20, 60)));
  private static final ScoreTable PERFECT =
      ScoreTable.of(List.of(new ScoreBin(0, 0, 0, 80), new ScoreBin(1, 1, 20, 0)));

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void separationIsTheMostOverThresholds(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 40, 6);
    Separation of = Separation.of(rows.table()).orElseThrow();
    assertThat(of.estimate().value()).isCloseTo(mostOverThresholds(rows), within(1e-14));
    assertThat(of.estimate().errorBound()).isZero();
    assertThat(distance(rows, of.threshold())).isCloseTo(of.estimate().value(), within(1e-14));
    assertThat(Separation.of(rows.turned().table()).orElseThrow().estimate().value())
        .isCloseTo(of.estimate().value(), within(1e-14));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void separationOfRowsLiesBetweenTheValueAndItsBound(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 5, 2);
    Separation binned = Separation.of(rows.bins(1)).orElseThrow();
    double[] all =
        rows.orders().stream()
            .mapToDouble(SeparationAndLiftTest::mostOverThresholds)
            .sorted()
            .toArray();
    assertThat(all[0]).isCloseTo(binned.estimate().value(), within(1e-14));
    assertThat(all[all.length - 1])
        .isCloseTo(binned.estimate().value() + binned.estimate().errorBound(), within(1e-14));
  }

  /**
   * Against a fixed threshold, 3 000 draws; the Monte Carlo error of the ratio is 1.3 %. Looking
   * for the best threshold lessens the spread a little, so that the stated error is not too small.
   */
  @Test
  void itsStandardErrorIsNotBelowWhatDrawsVaryBy() {
    SplittableRandom random = new SplittableRandom(23);
    Spread spread = new Spread();
    for (int draw = 0; draw < 3_000; draw++) {
      double[] scores = new double[800];
      boolean[] labels = new boolean[800];
      for (int i = 0; i < scores.length; i++) {
        labels[i] = i < 300;
        scores[i] = Math.round(4 * (random.nextGaussian() + (labels[i] ? 1.5 : 0)));
      }
      spread.add(
          Separation.of(new LabelledScores(scores, labels).table()).orElseThrow().estimate());
    }
    assertThat(spread.statedOverSeen()).isBetween(1 - .04, 1.15);
  }

  @Test
  void neitherIsDefinedWithOneClass() {
    ScoreTable one = ScoreTable.of(List.of(new ScoreBin(0, 1, 0, 9)));
    assertThat(Separation.of(one).reason()).hasValue("All labels are negative.");
    assertThat(Lift.of(one, .1).reason()).hasValue("All labels are negative.");
  }

  @Test
  void aConstantScoreSeparatesAndLiftsNothing() {
    assertThat(Separation.of(CONSTANT).orElseThrow().estimate().value()).isZero();
    assertThat(Lift.of(CONSTANT, .1).orElseThrow()).isEqualTo(new Lift(1, 0));
  }

  /** Of 100 rows with 20 positives the top 10 are positives: 1 over .2. The top 40 hold all. */
  @Test
  void aPerfectScoreSeparatesAllAndLiftsToTheMost() {
    assertThat(Separation.of(PERFECT).orElseThrow().estimate().value()).isEqualTo(1);
    assertThat(Separation.of(PERFECT).orElseThrow().threshold()).isEqualTo(1);
    assertThat(Lift.of(PERFECT, .1).orElseThrow().value()).isCloseTo(5, within(1e-14));
    assertThat(Lift.of(PERFECT, .4).orElseThrow().value()).isCloseTo(2.5, within(1e-14));
    assertThat(Lift.of(PERFECT, 1).orElseThrow().value()).isCloseTo(1, within(1e-14));
  }

  /** Top 4 of 12 rows: the 2 above, and 2 of the 5 at the border, of which 3 are positives. */
  @Test
  void tiesAtTheBorderCountByTheirShare() {
    ScoreTable table =
        ScoreTable.of(
            List.of(new ScoreBin(1, 1, 1, 4), new ScoreBin(2, 2, 3, 2), new ScoreBin(3, 3, 1, 1)));
    // (1 + 2 * 3/5) / 4 over 5/12. By hand.
    assertThat(Lift.of(table, 4 / 12.0).orElseThrow().value())
        .isCloseTo(2.2 / 4 / (5 / 12.0), within(1e-14));
    assertThat(Lift.of(table, 4 / 12.0).orElseThrow().errorBound()).isZero();
  }

  /** The same where the border's bin is of many scores: both or none of the two may be positive. */
  @Test
  void aCoarseBinAtTheBorderLeavesItsRowsOpen() {
    ScoreTable table =
        ScoreTable.of(
            List.of(new ScoreBin(1, 2, 1, 4), new ScoreBin(2, 3, 3, 2), new ScoreBin(3, 4, 1, 1)));
    Lift of = Lift.of(table, 4 / 12.0).orElseThrow();
    assertThat(of.value()).isCloseTo(2.2 / 4 / (5 / 12.0), within(1e-14));
    // Between 1 and 3 positives in 4 rows; 2.2 is farther from 1.
    assertThat(of.errorBound()).isCloseTo(1.2 / 4 / (5 / 12.0), within(1e-14));
  }

  /** Of all permutations of the rows within bins the mean is the value; the farthest, the bound. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void liftIsTheMeanOfPermutationsAndNoneIsBeyondTheBound(long seed) {
    LabelledScores rows = LabelledScores.random(new SplittableRandom(seed), 5, 2);
    for (int top = 1; top <= 5; top++) {
      int k = top;
      double[] all =
          rows.orders().stream()
              .filter(order -> order.thresholds().length == 5)
              .mapToDouble(order -> liftOfUntied(order, k))
              .sorted()
              .toArray();
      Lift binned = Lift.of(rows.bins(1), k / 5.0).orElseThrow();
      assertThat(Arrays.stream(all).average().orElseThrow())
          .isCloseTo(binned.value(), within(1e-12));
      assertThat(Math.max(all[all.length - 1] - binned.value(), binned.value() - all[0]))
          .isCloseTo(binned.errorBound(), within(1e-12));
    }
  }

  @Test
  void refusesATopThatIsNoShare() {
    assertThatThrownBy(() -> Lift.of(PERFECT, 0)).hasMessageContaining("(0, 1]");
  }

  @Test
  void tablesAscendAndLeaveOutEmptyBins() {
    ScoreTable table =
        ScoreTable.of(
            List.of(new ScoreBin(0, 1, 2, 3), new ScoreBin(1, 2, 0, 0), new ScoreBin(2, 2, 1, 0)));
    assertThat(table.bins()).hasSize(2);
    assertThat(table.positives()).isEqualTo(3);
    assertThat(table.rows()).isEqualTo(6);
    assertThatThrownBy(
            () -> ScoreTable.of(List.of(new ScoreBin(1, 1, 1, 0), new ScoreBin(1, 1, 0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must ascend");
    assertThatThrownBy(
            () -> ScoreTable.of(List.of(new ScoreBin(0, 2, 1, 0), new ScoreBin(1, 3, 0, 1))))
        .hasMessageContaining("must ascend");
    assertThatThrownBy(() -> new ScoreBin(0, Double.NaN, 1, 1)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new ScoreBin(0, 1, -1, 1)).hasMessageContaining("-1 positives");
  }

  private static double liftOfUntied(LabelledScores rows, int top) {
    double border = rows.thresholds()[rows.rows() - top];
    double among = 0;
    for (int i = 0; i < rows.rows(); i++) {
      among += rows.label(i) && rows.score(i) >= border ? 1 : 0;
    }
    return among / top / (rows.positives() / rows.rows());
  }

  private static double mostOverThresholds(LabelledScores rows) {
    double most = 0;
    for (double threshold : rows.thresholds()) {
      most = Math.max(most, distance(rows, threshold));
    }
    return most;
  }

  private static double distance(LabelledScores rows, double threshold) {
    double positives = 0;
    double negatives = 0;
    for (int i = 0; i < rows.rows(); i++) {
      boolean above = rows.score(i) >= threshold;
      positives += above && rows.label(i) ? 1 : 0;
      negatives += above && !rows.label(i) ? 1 : 0;
    }
    double p = rows.positives();
    return Math.abs(positives / p - negatives / (rows.rows() - p));
  }
}
