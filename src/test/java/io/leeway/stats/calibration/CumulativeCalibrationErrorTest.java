package io.leeway.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CumulativeCalibrationErrorTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static CumulativeCalibrationError of(ReliabilityTable table) {
    return CumulativeCalibrationError.of(table, NONE).orElseThrow();
  }

  // Golden vector: MCGrad at commit 0155fe7, metrics.py.
  @Test
  void twelveRows() {
    CumulativeCalibrationError of = of(ScoredRows.twelve().byScore());
    assertThat(of.value()).isCloseTo(0.108333, within(5e-7));
    assertThat(of.sigma()).isCloseTo(0.117038, within(5e-7));
    assertThat(of.z().orElseThrow()).isCloseTo(0.925625, within(5e-7));
    assertThat(of.pChange().orElseThrow()).isCloseTo(0.968013, within(5e-7));
    assertThat(of.bound()).isZero();
  }

  @Test
  void equalScoresAreOneStep() {
    ReliabilityTable table = ReliabilityTable.of(List.of(ReliabilityBin.ofScore(0.5, 100, 50)));
    assertThat(of(table).value()).isZero();
    assertThat(of(table).bound()).isZero();
    assertThat(of(table).pChange().orElseThrow()).isEqualTo(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
  void theValueOfAllRowsIsWithinTheBoundOfBins(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoredRows rows = ScoredRows.drawn(random, 300, 1.5, 0.8 + 0.4 * random.nextDouble());
    double exact = of(rows.byScore()).value();
    CumulativeCalibrationError binned = of(rows.between(0.1, 0.25, 0.5, 0.7));
    assertThat(exact).isBetween(binned.value() - 1e-12, binned.value() + binned.bound() + 1e-12);
  }

  // Two bins at p = .1 in each of which 1 of 10 is positive: D is 0 at their ends. With the
  // positive
  // first in one bin and last in the other the range is 2 · .9 = 1.8 rows, more than the greatest
  // max(Σy, Σp) of a bin, 1.
  @Test
  void excessInTwoBinsAddsUp() {
    ReliabilityTable table =
        ReliabilityTable.of(
            List.of(
                new ReliabilityBin(0.099, 0.1, 10, 1, 1, 0.1, 0.1),
                new ReliabilityBin(0.1, 0.101, 10, 1, 1, 0.1, 0.1)));
    CumulativeCalibrationError of = of(table);
    assertThat(of.value()).isCloseTo(0, within(1e-15));
    assertThat(of.bound()).isCloseTo(1.8 / 20, within(1e-14));
  }

  // Right scores; the size of the p-value does not depend on the number of rows. MCGrad's statistic
  // has .039 at 50 rows, .041 at 200 and .061 at 1 000; 4 Monte Carlo errors of .4 % on top.
  @ParameterizedTest(name = "{0} rows")
  @CsvSource({"50, 3000", "200, 3000", "1000, 2000"})
  void thePValueIsFairToGroupsOfAnySize(int n, int draws) {
    SplittableRandom random = new SplittableRandom(n);
    int rejected = 0;
    for (int draw = 0; draw < draws; draw++) {
      CumulativeCalibrationError of = of(ScoredRows.drawn(random, n, 2, 1).byScore());
      rejected += of.pChange().orElseThrow() <= 0.05 ? 1 : 0;
    }
    assertThat((double) rejected / draws).isBetween(0.039 - 0.016, 0.061 + 0.016);
  }

  @Test
  void findsScoresThatAreTooLowByAFifth() {
    SplittableRandom random = new SplittableRandom(5);
    CumulativeCalibrationError of = of(ScoredRows.drawn(random, 5_000, 2, 1.2).byScore());
    assertThat(of.pChange().orElseThrow()).isLessThan(1e-6);
  }

  @Test
  void isUndefinedWithAReason() {
    ReliabilityTable sure =
        ReliabilityTable.of(
            List.of(ReliabilityBin.ofScore(0, 5, 1), ReliabilityBin.ofScore(1, 5, 5)));
    assertThat(of(sure).value()).isCloseTo(0.1, within(1e-15));
    assertThat(of(sure).pChange().reason())
        .contains("All scores are 0 or 1: nothing is left to chance.");
    assertThat(CumulativeCalibrationError.of(ReliabilityTable.of(List.of()), NONE).isDefined())
        .isFalse();
  }

  // Feller's density 8 Σ(-1)^(k-1) k² φ(k r), integrated by SciPy 1.17.1 quad (relative 1e-12).
  @ParameterizedTest
  @CsvSource({
    "1.2, 0.7931900460921018",
    "2.5, 0.04967273618182484",
    "4, 0.00025336993465500593",
    "6, 7.892701160301586e-09"
  })
  void theRangeOfBrownianMotionHasItsTail(double x, double tail) {
    assertThat(BrownianRange.upperTail(x)).isCloseTo(tail, Percentage.withPercentage(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.3, 1.7, 2, 2.5, 3})
  void bothSeriesOfTheRangeAgree(double x) {
    assertThat(BrownianRange.alternating(x))
        .isCloseTo(1 - BrownianRange.distribution(x), within(1e-12));
    assertThat(BrownianRange.upperTail(0)).isEqualTo(1);
  }
}
