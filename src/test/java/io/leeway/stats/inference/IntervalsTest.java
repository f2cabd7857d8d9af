package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalsTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  // Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
  @Test
  void wilsonIsThePublishedOne() {
    assertThat(Wilson.interval(81, 263, NONE).orElseThrow().low()).isCloseTo(0.2553, within(5e-5));
    assertThat(Wilson.interval(81, 263, NONE).orElseThrow().high()).isCloseTo(0.3662, within(5e-5));
    assertThat(Wilson.interval(15, 148, NONE).orElseThrow().low()).isCloseTo(0.0624, within(5e-5));
    assertThat(Wilson.interval(15, 148, NONE).orElseThrow().high()).isCloseTo(0.1605, within(5e-5));
    assertThat(Wilson.interval(0, 20, NONE).orElseThrow().low()).isZero();
    assertThat(Wilson.interval(0, 20, NONE).orElseThrow().high()).isCloseTo(0.1611, within(5e-5));
    assertThat(Wilson.interval(20, 20, NONE).orElseThrow().high()).isEqualTo(1);
  }

  @Test
  void wilsonEndsAreWhereTheScoreTestTurns() {
    // (p - L)² = z² L (1 - L) / N at both ends, here with N = n / phi.
    Interval interval = Wilson.interval(7, 90, Overdispersion.given(3)).orElseThrow();
    for (double end : new double[] {interval.low(), interval.high()}) {
      double distance = 7.0 / 90 - end;
      assertThat(distance * distance)
          .isCloseTo(Normal.Z95 * Normal.Z95 * end * (1 - end) / 30, within(1e-14));
    }
  }

  // By hand: arms of 2 and 4 below, of 4 and 1 above.
  @Test
  void theIntervalOfADifferenceComesFromThoseOfItsSides() {
    Interval of = Interval.ofDifference(5, new Interval(3, 9), 2, new Interval(1, 6));
    assertThat(of.low()).isCloseTo(3 - Math.sqrt(20), within(1e-15));
    assertThat(of.high()).isCloseTo(3 + Math.sqrt(17), within(1e-15));
  }

  // Newcombe (1998), Interval estimation for the difference, table II, method 10.
  @Test
  void newcombeIsThePublishedOne() {
    Interval of = Newcombe.difference(56, 70, 48, 80, NONE).orElseThrow();
    assertThat(of.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(of.high()).isCloseTo(0.3339, within(5e-5));
    Interval extreme = Newcombe.difference(10, 10, 0, 20, NONE).orElseThrow();
    assertThat(extreme.low()).isCloseTo(0.6791, within(5e-5));
    assertThat(extreme.high()).isEqualTo(1);
  }

  @Test
  void newcombeWithoutTheReferenceIsWilson() {
    Interval alone = Newcombe.contrast(7, 30, 5, 9, 0, NONE, Normal.Z95).orElseThrow();
    Interval wilson = Wilson.interval(7, 30, NONE).orElseThrow();
    assertThat(alone.low()).isCloseTo(wilson.low(), within(1e-15));
    assertThat(alone.high()).isCloseTo(wilson.high(), within(1e-15));
  }

  @Test
  void ratesWithoutRowsHaveNoInterval() {
    assertThat(Wilson.interval(0, 0, NONE).reason()).isPresent();
    assertThat(Newcombe.difference(1, 2, 0, 0, NONE).reason()).isPresent();
  }

  @Test
  void meanOfTenValues() {
    // 1..10: mean 5.5, s² = 82.5/9; t(0.975; 9) = 2.262157 (Student's table).
    MeanInterval mean = MeanInterval.of(5.5, Math.sqrt(82.5 / 9), 10, NONE).orElseThrow();
    assertThat(mean.standardError()).isCloseTo(Math.sqrt(82.5 / 90), within(1e-14));
    assertThat(mean.interval().high() - 5.5)
        .isCloseTo(2.262157 * Math.sqrt(82.5 / 90), within(1e-6));
  }

  @Test
  void overdispersionWidensAMeanAndLendsItsDegrees() {
    MeanInterval mean = MeanInterval.of(1, 2, 400, new Overdispersion(4, 11)).orElseThrow();
    assertThat(mean.standardError()).isCloseTo(0.2, within(1e-15));
    assertThat(mean.degrees()).isEqualTo(11);
  }

  @Test
  void aMeanOfOneRowHasNoError() {
    assertThat(MeanInterval.of(1, 0, 1, NONE).reason()).isPresent();
  }

  @Test
  void contrastOfMeansIsWelchsWithTheWindowsDegrees() {
    MeanInterval window = MeanInterval.of(3, 1, 100, NONE).orElseThrow();
    MeanInterval reference = MeanInterval.of(2, 2, 1600, NONE).orElseThrow();
    // Border 0.2 + 1.2 r: estimate 3 - 0.2 - 2.4 = 0.4, SE² = 0.01 + 1.44 * 0.0025.
    MeanContrast contrast = MeanContrast.of(window, reference, 0.2, 1.2);
    assertThat(contrast.estimate()).isCloseTo(0.4, within(1e-12));
    assertThat(contrast.standardError()).isCloseTo(Math.sqrt(0.0136), within(1e-12));
    assertThat(contrast.pRise())
        .isCloseTo(StudentT.upperTail(0.4 / Math.sqrt(0.0136), 99), within(1e-12));
    assertThat(contrast.pFall() + contrast.pRise()).isCloseTo(1, within(1e-12));
    assertThat(contrast.interval().contains(0)).isFalse();
  }

  @Test
  void constantValuesAreJudgedWithoutNoise() {
    MeanInterval constant = MeanInterval.of(3, 0, 100, NONE).orElseThrow();
    assertThat(MeanContrast.of(constant, 2).pRise()).isZero();
    assertThat(MeanContrast.of(constant, 3).pRise()).isEqualTo(1);
    assertThat(MeanContrast.of(constant, 4).pFall()).isZero();
  }

  @Test
  void intervalsDoNotRunBackwards() {
    assertThatThrownBy(() -> new Interval(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Interval(-1, 3).cut(0, 1)).isEqualTo(new Interval(0, 1));
    assertThat(new Interval(2, 3).cut(0, 1)).isEqualTo(new Interval(1, 1));
  }
}
