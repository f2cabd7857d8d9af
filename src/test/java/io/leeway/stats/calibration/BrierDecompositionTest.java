package io.leeway.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrierDecompositionTest {
  // Brier score of the 12 rows: statsmodels 0.15, and by hand 1.9775 / 12.
  @Test
  void partsOfSingleScoresAddUpToTheGoldenScore() {
    BrierDecomposition of = BrierDecomposition.of(ScoredRows.twelve().byScore()).orElseThrow();
    assertThat(of.brier()).isCloseTo(0.164792, within(5e-7));
    assertThat(of.withinVariance()).isCloseTo(0, within(1e-15));
    assertThat(of.withinCovariance()).isCloseTo(0, within(1e-15));
    assertThat(of.uncertainty()).isCloseTo(35.0 / 144, within(1e-15));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void theIdentityIsExactForAnyBins(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoredRows rows = ScoredRows.drawn(random, 1 + random.nextInt(400), 1.5, 1.2);
    assertThat(BrierDecomposition.of(rows.byScore()).orElseThrow().brier())
        .isCloseTo(rows.brier(), within(1e-13));
    assertThat(BrierDecomposition.of(rows.inTenths()).orElseThrow().brier())
        .isCloseTo(rows.brier(), within(1e-13));
    assertThat(BrierDecomposition.of(rows.between(0.33)).orElseThrow().brier())
        .isCloseTo(rows.brier(), within(1e-13));
  }

  // Scores .1 and .3 in one bin, the positive at .3: covariance 2 · 2 · (.1 · .5) / 2 = .1.
  @Test
  void whatSeparatesWithinABinIsItsCovariance() {
    BrierDecomposition of =
        BrierDecomposition.of(ScoredRows.of(new double[] {.1, .3}, new int[] {0, 1}).between(0.5))
            .orElseThrow();
    assertThat(of.withinVariance()).isCloseTo(0.01, within(1e-15));
    assertThat(of.withinCovariance()).isCloseTo(0.1, within(1e-15));
    assertThat(of.resolution()).isZero();
    assertThat(BrierDecomposition.of(ReliabilityTable.of(List.of())).isDefined()).isFalse();
  }
}
