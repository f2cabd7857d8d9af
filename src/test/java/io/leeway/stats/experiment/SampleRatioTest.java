package io.leeway.stats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private static Exposure exposure(int day, int basisPoints, long champion, long challenger) {
    return new Exposure(DAY.plusDays(day), 0, basisPoints, champion, challenger);
  }

  /** SciPy 1.17.1: {@code chisquare([1234, 8766], [1000, 9000])}. */
  @Test
  void isPearsonsStatistic() {
    SampleRatio of = SampleRatio.of(List.of(exposure(0, 1_000, 8_766, 1_234))).orElseThrow();
    assertThat(of.statistic()).isCloseTo(60.84, within(1e-12));
    assertThat(of.pValue()).isCloseTo(6.190717543917382e-15, within(1e-25));
    assertThat(of.isValid()).isFalse();
  }

  /**
   * 120 of 10 000 at 1 % and 470 of 10 000 at 5 %: 590 where 600 are expected. SciPy 1.17.1: {@code
   * chisquare([590, 19410], [600, 19400])}.
   */
  @Test
  void expectedCountsAddUpOverSteps() {
    SampleRatio of =
        SampleRatio.of(List.of(exposure(0, 100, 9_880, 120), exposure(1, 500, 9_530, 470)))
            .orElseThrow();
    assertThat(of.expected()).isCloseTo(600, within(1e-9));
    assertThat(of.challenger()).isEqualTo(590);
    assertThat(of.units()).isEqualTo(20_000);
    assertThat(of.statistic()).isCloseTo(0.1718213058419244, within(1e-12));
    assertThat(of.pValue()).isCloseTo(0.6784982022930099, within(1e-12));
    assertThat(of.isValid()).isTrue();
  }

  /** Chi-square with one degree has .001 beyond 10.828 (tables); of 1 000 + 9 000 that is 98.7. */
  @Test
  void onePerMilleIsTheLimit() {
    assertThat(SampleRatio.of(List.of(exposure(0, 1_000, 8_902, 1_098))).orElseThrow().isValid())
        .isTrue();
    assertThat(SampleRatio.of(List.of(exposure(0, 1_000, 8_901, 1_099))).orElseThrow().isValid())
        .isFalse();
  }

  @Test
  void needsFiveExpectedUnitsPerArm() {
    assertThat(SampleRatio.of(List.of()).reason())
        .contains("A split is judged from 5 expected units per arm; 0 units are too few.");
    assertThat(SampleRatio.of(List.of(exposure(0, 100, 499, 0))).isDefined()).isFalse();
    assertThat(SampleRatio.of(List.of(exposure(0, 100, 500, 0))).isDefined()).isTrue();
    assertThat(SampleRatio.of(List.of(exposure(0, 9_900, 0, 499))).isDefined()).isFalse();
  }

  /** Of 4 000 true splits 200 are below .05, give or take 14; summed over steps no more than so. */
  @Test
  void trueSplitsPass() {
    SplittableRandom random = new SplittableRandom(11);
    int low = 0;
    for (int test = 0; test < 4_000; test++) {
      long one = random.doubles(2_000).filter(u -> u < .1).count();
      long two = random.doubles(2_000).filter(u -> u < .2).count();
      double p =
          SampleRatio.of(
                  List.of(
                      exposure(0, 1_000, 2_000 - one, one), exposure(1, 2_000, 2_000 - two, two)))
              .orElseThrow()
              .pValue();
      low += p < .05 ? 1 : 0;
    }
    assertThat(low).isBetween(130, 245);
  }

  @Test
  void bothArmsHaveAShare() {
    assertThatThrownBy(() -> exposure(0, 0, 10, 0))
        .hasMessageContaining("1 to 9999 basis points, but is 0");
    assertThatThrownBy(() -> exposure(0, 10_000, 10, 0)).hasMessageContaining("but is 10000");
    assertThatThrownBy(() -> exposure(0, 100, -1, 0)).hasMessageContaining("-1 and 0 units");
    assertThatThrownBy(() -> new RampStep(500, 0)).hasMessageContaining("but plans 0");
  }
}
