package io.leeway.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances over bins: expected, maximum and squared calibration error. */
class CalibrationErrorsTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  /** 10 rows at .2 with 4 positives, 30 at .5 with 12, one at .9 without. */
  private static final ReliabilityTable TABLE =
      ReliabilityTable.of(
          List.of(
              ReliabilityBin.ofScore(0.2, 10, 4),
              ReliabilityBin.ofScore(0.5, 30, 12),
              ReliabilityBin.ofScore(0.9, 1, 0)));

  // By hand: |4 - 2| + |12 - 15| + |0 - .9| of 41; chances 1.6, 7.5, .09.
  @Test
  void theMeanDistanceStandsBesideWhatChanceMakesOfIt() {
    ExpectedCalibrationError ece = ExpectedCalibrationError.of(TABLE, NONE).orElseThrow();
    assertThat(ece.value()).isCloseTo(5.9 / 41, within(1e-14));
    double chance = Math.sqrt(1.6) + Math.sqrt(7.5) + Math.sqrt(0.09);
    assertThat(ece.expected()).isCloseTo(Math.sqrt(2 / Math.PI) * chance / 41, within(1e-14));
    assertThat(ece.corrected()).isCloseTo(ece.value() - ece.expected(), within(1e-15));
    double a = 4.5 / 11;
    double b = 12.5 / 31;
    double variance = 10 * a * (1 - a) + 30 * b * (1 - b) + 0.25 * 0.75;
    assertThat(ece.standardError()).isCloseTo(Math.sqrt(variance) / 41, within(1e-14));
    assertThat(ece.pLimit(0.05))
        .isCloseTo(
            Normal.upperTail((ece.value() - ece.expected() - 0.05) / ece.standardError()),
            within(1e-15));
  }

  @Test
  void overdispersionWidensBothOfItsParts() {
    ExpectedCalibrationError one = ExpectedCalibrationError.of(TABLE, NONE).orElseThrow();
    ExpectedCalibrationError four =
        ExpectedCalibrationError.of(TABLE, Overdispersion.given(4)).orElseThrow();
    assertThat(four.value()).isEqualTo(one.value());
    assertThat(four.expected()).isCloseTo(2 * one.expected(), within(1e-14));
    assertThat(four.standardError()).isCloseTo(2 * one.standardError(), within(1e-14));
    assertThat(ExpectedCalibrationError.of(ReliabilityTable.of(List.of()), NONE).reason())
        .contains("There are no labelled rows.");
  }

  // Scores that are right, uniform^2.5. What chance makes of the ECE is E0 within 2 % (the
  // normal approximation of few rows in the upper tenths) plus 4 Monte Carlo errors of 0.5 %;
  // p(0) <= .05 in fewer than 5 % of cases.
  @ParameterizedTest(name = "{0} rows")
  @CsvSource({"200, 3000", "2000, 600"})
  void rightScoresHaveTheExpectedError(int n, int draws) {
    SplittableRandom random = new SplittableRandom(n);
    double values = 0;
    double expected = 0;
    int rejected = 0;
    for (int draw = 0; draw < draws; draw++) {
      ExpectedCalibrationError ece =
          ExpectedCalibrationError.of(ScoredRows.drawn(random, n, 2.5, 1).inTenths(), NONE)
              .orElseThrow();
      values += ece.value();
      expected += ece.expected();
      rejected += ece.pLimit(0) <= 0.05 ? 1 : 0;
    }
    assertThat(values / expected).isCloseTo(1, within(0.04));
    assertThat((double) rejected / draws).isLessThan(0.05);
  }

  @Test
  void theGreatestDistanceLooksAtBinsWithEnoughRows() {
    MaximumCalibrationError all = MaximumCalibrationError.of(TABLE, 1).orElseThrow();
    assertThat(all.value()).isCloseTo(0.9, within(1e-15));
    assertThat(all.bin().low()).isEqualTo(0.9);
    MaximumCalibrationError most = MaximumCalibrationError.of(TABLE, 10).orElseThrow();
    assertThat(most.value()).isCloseTo(0.2, within(1e-15));
    assertThat(most.bin().low()).isEqualTo(0.2);
    assertThat(MaximumCalibrationError.of(TABLE, 31).reason())
        .contains("No bin has 31 labelled rows.");
    assertThatThrownBy(() -> MaximumCalibrationError.of(TABLE, 0))
        .hasMessageContaining("at least 1 row");
  }

  // By hand: [10 (.04 - .24/9) + 30 (.01 - .24/29)] / 41.
  @Test
  void theSquaredErrorIsFreedOfNoise() {
    SquaredCalibrationError squared = SquaredCalibrationError.of(TABLE).orElseThrow();
    double expected = (10 * (0.04 - 0.24 / 9) + 30 * (0.01 - 0.24 / 29)) / 41;
    assertThat(squared.square()).isCloseTo(expected, within(1e-15));
    assertThat(squared.root()).isCloseTo(Math.sqrt(expected), within(1e-15));
    assertThat(squared.rowsLeftOut()).isEqualTo(1);
    assertThat(SquaredCalibrationError.of(ScoredRows.twelve().byScore()).reason())
        .contains("No bin has two labelled rows.");
  }

  @Test
  void theSquareMayBeNegativeAndItsRootIsThenZero() {
    SquaredCalibrationError squared =
        SquaredCalibrationError.of(ReliabilityTable.of(List.of(ReliabilityBin.ofScore(0.5, 10, 5))))
            .orElseThrow();
    assertThat(squared.square()).isCloseTo(-0.25 / 9, within(1e-15));
    assertThat(squared.root()).isZero();
  }

  // 40 rows each at .1, .3, .6 with true shares .1, .4, .6: the truth is .01/3. Mean of 20 000
  // draws within 4 of its own errors.
  @Test
  void theSquareIsUnbiased() {
    SplittableRandom random = new SplittableRandom(4);
    double[] scores = {0.1, 0.3, 0.6};
    double[] truths = {0.1, 0.4, 0.6};
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      ReliabilityBin[] bins = new ReliabilityBin[3];
      for (int b = 0; b < 3; b++) {
        int positives = 0;
        for (int i = 0; i < 40; i++) {
          positives += random.nextDouble() < truths[b] ? 1 : 0;
        }
        bins[b] = ReliabilityBin.ofScore(scores[b], 40, positives);
      }
      double square =
          SquaredCalibrationError.of(ReliabilityTable.of(List.of(bins))).orElseThrow().square();
      sum += square;
      squares += square * square;
    }
    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / draws);
    assertThat(mean).isCloseTo(0.01 / 3, within(4 * error));
  }
}
