package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.CrossMoments;
import io.leeway.stats.inference.Normal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputShiftTest {
  private static CrossMoments two(
      double meanA, double meanB, double varA, double varB, double covariance) {
    double[] products = {
      10 * (varA + meanA * meanA), 10 * (covariance + meanA * meanB), 10 * (varB + meanB * meanB)
    };
    return CrossMoments.of(10, new double[] {10 * meanA, 10 * meanB}, products);
  }

  @Test
  void distanceIsMahalanobis() {
    // S = [[4, 1], [1, 1]], its inverse [[1, -1], [-1, 4]]/3; d = (1, 2): (1 - 4 + 16)/3.
    InputShift shift = InputShift.of(two(0, 0, 4, 1, 1), two(1, 2, 4, 1, 1), 2);
    assertThat(shift.distance()).isCloseTo(13.0 / 3, within(1e-13));
    assertThat(shift.divergence(0.5)).isCloseTo(Math.expm1(0.5), within(1e-10));
    // S⁻¹c for c = (1, 2): (-1, 7)/3.
    assertThat(shift.slopes(new double[] {1, 2})[0]).isCloseTo(-1.0 / 3, within(1e-13));
    assertThat(shift.slopes(new double[] {1, 2})[1]).isCloseTo(7.0 / 3, within(1e-13));
  }

  // The integral of (w - r)²/r over the line by the trapezoidal rule, for normal w and r.
  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.3, 1.4", "1, 0.5", "0, 1.7"})
  void divergenceOfOneInputIsTheIntegral(double mean, double variance) {
    double sd = Math.sqrt(variance);
    double integral = 0;
    for (double x = -30; x <= 30; x += 0.001) {
      double r = Normal.density(x);
      double w = Normal.density((x - mean) / sd) / sd;
      integral += 0.001 * (w - r) * (w - r) / r;
    }
    CrossMoments reference = CrossMoments.of(10, new double[] {30}, new double[] {10 * (9 + 4)});
    double at = 3 + 2 * mean;
    CrossMoments window =
        CrossMoments.of(10, new double[] {10 * at}, new double[] {10 * (at * at + 4 * variance)});
    InputShift shift = InputShift.of(reference, window, 1);
    assertThat(shift.divergence(shift.distance())).isCloseTo(integral, within(1e-7));
  }

  @Test
  void divergenceOfIndependentInputsMultiplies() {
    // One widened, one moved: 1 + divergence is 1/√(1.3 · .7) · e^.25; at most that with the shift
    // put along the widened one, e^(.25/.7).
    InputShift shift = InputShift.of(two(0, 0, 1, 1, 0), two(0, 0.5, 1.3, 1, 0), 2);
    assertThat(shift.divergence(shift.distance()))
        .isCloseTo(Math.exp(0.25 / 0.7) / Math.sqrt(1.3 * 0.7) - 1, within(1e-9));
  }

  @Test
  void divergenceIsInfiniteWhereInputsSpreadTwiceAsFarOrCollapse() {
    assertThat(InputShift.of(two(0, 0, 1, 1, 0), two(0, 0, 2.1, 1, 0), 2).divergence(0))
        .isInfinite();
    assertThat(InputShift.of(two(0, 0, 1, 1, 0), two(0, 0, 1, 0, 0), 2).divergence(0)).isInfinite();
  }
}
