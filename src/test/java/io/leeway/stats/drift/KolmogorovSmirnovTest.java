package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KolmogorovSmirnovTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void truthLiesBetweenStatisticAndBound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      Samples samples = Samples.random(random);
      double truth = samples.kolmogorovSmirnov();
      KolmogorovSmirnov exact = KolmogorovSmirnov.of(samples.exact()).orElseThrow();
      assertThat(exact.statistic()).isCloseTo(truth, within(1e-12));
      assertThat(exact.errorBound()).isZero();
      KolmogorovSmirnov ks = KolmogorovSmirnov.of(samples.counted(random)).orElseThrow();
      assertThat(ks.statistic()).isLessThanOrEqualTo(truth + 1e-12);
      assertThat(ks.statistic() + ks.errorBound()).isGreaterThanOrEqualTo(truth - 1e-12);
    }
  }

  // Golden numbers of the project's statistics page, B9.
  @Test
  void testsAgainstALimit() {
    KolmogorovSmirnov ks = ofPointTwelve(1);
    assertThat(ks.statistic()).isCloseTo(0.12, within(1e-15));
    assertThat(ks.pChange(NONE)).isCloseTo(8.519e-12, Percentage.withPercentage(0.01));
    assertThat(ks.pLimit(0.05, NONE)).isCloseTo(2.703e-4, within(5e-8));
    assertThat(ks.pLimit(0.1, NONE)).isCloseTo(0.86026, within(5e-6));
  }

  @Test
  void overdispersionIsAsIfThereWereFewerRows() {
    KolmogorovSmirnov ks = ofPointTwelve(1);
    assertThat(ofPointTwelve(4).pLimit(0.03, Overdispersion.given(4)))
        .isCloseTo(ks.pLimit(0.03, NONE), Percentage.withPercentage(1e-9));
    Interval interval = ks.interval(Overdispersion.given(4));
    // 0.12 ± 1.358 sqrt(4 (1/1000 + 1/10000)), by hand.
    assertThat(interval.low()).isCloseTo(0.12 - 1.358 * Math.sqrt(0.0044), within(1e-12));
    assertThat(interval.high()).isCloseTo(0.12 + 1.358 * Math.sqrt(0.0044), within(1e-12));
  }

  private static KolmogorovSmirnov ofPointTwelve(int times) {
    return KolmogorovSmirnov.of(
            AlignedCounts.builder(2)
                .point(0, 5_000L * times, 380L * times)
                .point(1, 5_000L * times, 620L * times)
                .build())
        .orElseThrow();
  }

  @Test
  void aCellOfManyValuesWeakensTheTest() {
    KolmogorovSmirnov ks =
        KolmogorovSmirnov.of(AlignedCounts.builder(1).cell(0, 1, 100, 100).build()).orElseThrow();
    assertThat(ks.statistic()).isZero();
    assertThat(ks.errorBound()).isEqualTo(1);
    assertThat(ks.pChange(NONE)).isEqualTo(1);
    assertThat(ks.interval(NONE)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void seesAConstantMoveAway() {
    KolmogorovSmirnov ks =
        KolmogorovSmirnov.of(AlignedCounts.builder(2).point(5, 300, 0).cell(5, 9, 0, 200).build())
            .orElseThrow();
    assertThat(ks.statistic()).isEqualTo(1);
    assertThat(ks.errorBound()).isZero();
    assertThat(ks.pValue()).isLessThan(1e-50);
  }

  @Test
  void isUndefinedWithoutRows() {
    assertThat(KolmogorovSmirnov.of(AlignedCounts.builder(1).point(5, 3, 0).build()).reason())
        .contains("The window has no usable values.");
    assertThat(KolmogorovSmirnov.of(AlignedCounts.builder(1).build()).reason())
        .contains("The reference has no usable values.");
  }

  @Test
  void refusesALimitAboveOne() {
    assertThatThrownBy(() -> ofPointTwelve(1).pLimit(1.5, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }
}
