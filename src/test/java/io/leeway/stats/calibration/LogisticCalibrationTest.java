package io.leeway.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticCalibrationTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static ReliabilityTable scores(double[] p, int... y) {
    return ScoredRows.of(p, y).byScore();
  }

  // Slope and intercepts: statsmodels 0.15. Errors and likelihood ratio: SciPy 1.17.1, Nelder-Mead
  // on the likelihood and its numerical second derivatives (step 1e-4, good to 1e-6).
  @Test
  void theLineOfTwelveRows() {
    LogisticCalibration of =
        LogisticCalibration.of(ScoredRows.twelve().byScore(), NONE).orElseThrow();
    assertThat(of.slope().mean()).isCloseTo(1.171260, within(5e-7));
    assertThat(of.intercept().mean()).isCloseTo(0.649458, within(5e-7));
    assertThat(of.slope().standardError()).isCloseTo(0.702020, within(5e-6));
    assertThat(of.intercept().standardError()).isCloseTo(0.797184, within(5e-6));
    assertThat(of.likelihoodRatio()).isCloseTo(0.7347806019, within(1e-9));
    assertThat(of.pChange()).isCloseTo(0.6925392935, within(1e-9));
    assertThat(of.slopeBound()).isZero();
    assertThat(of.interceptBound()).isZero();
    assertThat(of.clippedRows()).isZero();
    CalibrationOffset offset =
        CalibrationOffset.of(ScoredRows.twelve().byScore(), NONE).orElseThrow();
    assertThat(offset.intercept().mean()).isCloseTo(0.583445, within(5e-7));
    assertThat(offset.intercept().standardError()).isCloseTo(0.716495, within(5e-6));
    assertThat(offset.bound()).isZero();
  }

  @Test
  void overdispersionWidensTheErrorsAndTheTest() {
    LogisticCalibration of =
        LogisticCalibration.of(ScoredRows.twelve().byScore(), Overdispersion.given(4))
            .orElseThrow();
    assertThat(of.slope().standardError()).isCloseTo(2 * 0.702020, within(1e-5));
    assertThat(of.likelihoodRatio()).isCloseTo(0.7347806019 / 4, within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void theLineOfAllRowsIsWithinTheBoundOfBins(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoredRows rows = ScoredRows.drawn(random, 400, 1 + random.nextDouble(), 0.9);
    LogisticCalibration exact = LogisticCalibration.of(rows.byScore(), NONE).orElseThrow();
    CalibrationOffset exactOffset = CalibrationOffset.of(rows.byScore(), NONE).orElseThrow();
    for (ReliabilityTable table :
        List.of(rows.between(0.02, 0.1, 0.3, 0.6, 0.9, 0.98), rows.inTenths())) {
      LogisticCalibration binned = LogisticCalibration.of(table, NONE).orElseThrow();
      assertThat(binned.slopeBound()).isPositive();
      assertThat(binned.slope().mean())
          .isCloseTo(exact.slope().mean(), within(binned.slopeBound()));
      assertThat(binned.intercept().mean())
          .isCloseTo(exact.intercept().mean(), within(binned.interceptBound()));
      CalibrationOffset offset = CalibrationOffset.of(table, NONE).orElseThrow();
      assertThat(offset.intercept().mean())
          .isCloseTo(exactOffset.intercept().mean(), within(offset.bound()));
    }
  }

  // Scores near the lower ends: the rows moved to the upper ends are furthest from the binned fit,
  // and those moved to the lower ends are within the bound, too; the slope's likewise.
  @Test
  void theBoundReachesToTheEndsOfTheBins() {
    int[] y = {0, 0, 0, 1, 0, 1, 0, 1, 1};
    double[] scores = {.11, .11, .11, .11, .51, .51, .81, .81, .81};
    double[] upper = {.2, .2, .2, .2, .6, .6, .9, .9, .9};
    double[] lower = {.1, .1, .1, .1, .5, .5, .8, .8, .8};
    ReliabilityTable table = ScoredRows.of(scores, y).between(.1, .2, .5, .6, .8, .9);
    CalibrationOffset offset = CalibrationOffset.of(table, NONE).orElseThrow();
    LogisticCalibration line = LogisticCalibration.of(table, NONE).orElseThrow();
    double high = CalibrationOffset.of(scores(upper, y), NONE).orElseThrow().intercept().mean();
    double low = CalibrationOffset.of(scores(lower, y), NONE).orElseThrow().intercept().mean();
    assertThat(offset.bound()).isCloseTo(offset.intercept().mean() - high, within(1e-9));
    assertThat(low - offset.intercept().mean()).isBetween(0.0, offset.bound());
    for (double[] ends : List.of(upper, lower)) {
      LogisticCalibration exact = LogisticCalibration.of(scores(ends, y), NONE).orElseThrow();
      assertThat(line.slope().mean())
          .isCloseTo(exact.slope().mean(), within(line.slopeBound() + 1e-9));
      assertThat(line.intercept().mean())
          .isCloseTo(exact.intercept().mean(), within(line.interceptBound() + 1e-9));
    }
  }

  // Bins of .005.
  @Test
  void fineBinsGiveTheLineOfAllRows() {
    double[] borders = new double[199];
    Arrays.setAll(borders, i -> (i + 1) / 200.0);
    ScoredRows rows = ScoredRows.drawn(new SplittableRandom(7), 3_000, 1.5, 1);
    double exact = LogisticCalibration.of(rows.byScore(), NONE).orElseThrow().slope().mean();
    LogisticCalibration binned = LogisticCalibration.of(rows.between(borders), NONE).orElseThrow();
    assertThat(binned.slope().mean()).isCloseTo(exact, within(0.01));
  }

  // Right scores stay right when averaged over bins, so that the slope is 1 in coarse bins too,
  // here
  // within 4 standard errors of less than .02.
  @Test
  void tenthsDoNotMakeTheSlopeSteep() {
    ScoredRows rows = ScoredRows.drawn(new SplittableRandom(40), 40_000, 1, 1);
    LogisticCalibration of = LogisticCalibration.of(rows.inTenths(), NONE).orElseThrow();
    assertThat(of.slope().standardError()).isLessThan(0.02);
    assertThat(of.slope().mean()).isCloseTo(1, within(0.08));
  }

  // 1 500 windows of 300 rows with right scores: level 5 % with 4 Monte Carlo errors of .56 %, and
  // the slope's interval covers 1 in 95 % likewise.
  @Test
  void testAndIntervalHoldTheirLevel() {
    SplittableRandom random = new SplittableRandom(300);
    int rejected = 0;
    int covered = 0;
    for (int draw = 0; draw < 1_500; draw++) {
      LogisticCalibration of =
          LogisticCalibration.of(ScoredRows.drawn(random, 300, 1.5, 1).byScore(), NONE)
              .orElseThrow();
      rejected += of.pChange() <= 0.05 ? 1 : 0;
      covered += of.slope().interval().contains(1) ? 1 : 0;
    }
    assertThat(rejected / 1_500.0).isCloseTo(0.05, within(0.0225));
    assertThat(covered / 1_500.0).isCloseTo(0.95, within(0.0225));
  }

  @Test
  void isUndefinedWithAReason() {
    double[] p = {0.2, 0.4, 0.6, 0.8};
    assertThat(LogisticCalibration.of(scores(p, 1, 1, 1, 1), NONE).reason())
        .contains("There are labels of one class only.");
    assertThat(LogisticCalibration.of(ReliabilityTable.of(List.of()), NONE).reason())
        .contains("There are labels of one class only.");
    assertThat(CalibrationOffset.of(scores(p, 0, 0, 0, 0), NONE).reason())
        .contains("There are labels of one class only.");
    assertThat(LogisticCalibration.of(scores(p, 0, 0, 1, 1), NONE).reason())
        .contains("One score parts positives from negatives: no slope is finite.");
    assertThat(LogisticCalibration.of(scores(p, 1, 1, 0, 0), NONE).isDefined()).isFalse();
    // Overlap in one single score only still has no finite slope.
    assertThat(
            LogisticCalibration.of(scores(new double[] {0.2, 0.5, 0.5, 0.8}, 0, 0, 1, 1), NONE)
                .isDefined())
        .isFalse();
    assertThat(LogisticCalibration.of(scores(new double[] {0.5, 0.5, 0.5}, 0, 1, 1), NONE).reason())
        .contains("All scores are equal: they have no slope.");
    // ln(2) where half was promised and two thirds came.
    assertThat(
            CalibrationOffset.of(scores(new double[] {0.5, 0.5, 0.5}, 0, 1, 1), NONE)
                .orElseThrow()
                .intercept()
                .mean())
        .isCloseTo(Math.log(2), within(1e-9));
  }

  @Test
  void scoresOfZeroAndOneAreClippedAndCounted() {
    double[] p = {0, 0, 0.3, 0.4, 1, 1};
    LogisticCalibration of =
        LogisticCalibration.of(scores(p, 0, 1, 1, 0, 0, 1), NONE).orElseThrow();
    assertThat(of.clippedRows()).isEqualTo(4);
    double[] clipped = {1e-6, 1e-6, 0.3, 0.4, 1 - 1e-6, 1 - 1e-6};
    LogisticCalibration same =
        LogisticCalibration.of(scores(clipped, 0, 1, 1, 0, 0, 1), NONE).orElseThrow();
    assertThat(of.slope().mean()).isCloseTo(same.slope().mean(), within(1e-12));
  }

  @Test
  void binsThatMightPartTheClassesBoundNothing() {
    ScoredRows rows =
        ScoredRows.of(new double[] {.1, .2, .3, .6, .7, .8}, new int[] {0, 1, 0, 1, 0, 1});
    LogisticCalibration of = LogisticCalibration.of(rows.between(0.5), NONE).orElseThrow();
    assertThat(of.slopeBound()).isInfinite();
  }
}
