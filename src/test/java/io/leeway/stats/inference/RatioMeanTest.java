package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioMeanTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static RatioMean of(double[] x, double[] y) {
    double[] sums = new double[5];
    for (int i = 0; i < x.length; i++) {
      sums[0] += x[i];
      sums[1] += y[i];
      sums[2] += x[i] * x[i];
      sums[3] += x[i] * y[i];
      sums[4] += y[i] * y[i];
    }
    return new RatioMean(x.length, sums[0], sums[1], sums[2], sums[3], sums[4], 0);
  }

  @Test
  void ratioHasTheErrorOfItsResiduals() {
    // x = 1, 4, 5; y = 1, 2, 3; ratio 10/6; residuals by hand -2/3, 2/3, 0; mean of y 2.
    RatioMean sums = of(new double[] {1, 4, 5}, new double[] {1, 2, 3});
    MeanInterval ratio = sums.ratio(NONE).orElseThrow();
    assertThat(ratio.mean()).isCloseTo(10.0 / 6, within(1e-15));
    assertThat(ratio.standardError())
        .isCloseTo(Math.sqrt((8.0 / 9) / 2) / 2 / Math.sqrt(3), within(1e-12));
    assertThat(sums.ratio(Overdispersion.given(4)).orElseThrow().standardError())
        .isCloseTo(2 * ratio.standardError(), within(1e-14));
  }

  @Test
  void aMeanIsTheRatioToOnes() {
    // 1..10: s² = 82.5/9, as in IntervalsTest.
    MeanInterval mean = new RatioMean(10, 55, 10, 385, 55, 10, 0).ratio(NONE).orElseThrow();
    assertThat(mean.mean()).isEqualTo(5.5);
    assertThat(mean.standardError()).isCloseTo(Math.sqrt(82.5 / 90), within(1e-14));
    assertThat(mean.degrees()).isEqualTo(9);
  }

  @Test
  void squaresAboutTheMeansGiveTheSame() {
    // x = 1, 4, 5 and y = 1, 2, 3 about 10/3 and 2, by hand: 78/9, 4 and 2.
    MeanInterval ratio = new RatioMean(3, 10, 6, 78.0 / 9, 4, 2, 0).ratio(NONE).orElseThrow();
    assertThat(ratio.standardError())
        .isCloseTo(Math.sqrt((8.0 / 9) / 2) / 2 / Math.sqrt(3), within(1e-12));
  }

  @Test
  void theContrastIsAgainstTheReferencesRatio() {
    RatioMean window = of(new double[] {1, 4, 5}, new double[] {1, 2, 3});
    RatioMean reference = of(new double[] {2, 2, 4}, new double[] {1, 1, 2});
    // The reference's ratio is exactly 2, without residuals: SE is the window's.
    MeanContrast contrast = window.contrast(reference, 0.9, NONE).orElseThrow();
    assertThat(contrast.estimate()).isCloseTo(10.0 / 6 - 1.8, within(1e-14));
    assertThat(contrast.standardError())
        .isEqualTo(window.ratio(NONE).orElseThrow().standardError());
  }

  // Ratio 3 with y skewed and x noisy in proportion to it, n = 200: the interval covers 3 in .95 of
  // 4 000 draws, ± 3.5 · .0034, less some for the skewness.
  @Test
  void theIntervalCoversTheTrueRatio() {
    SplittableRandom random = new SplittableRandom(12);
    int covered = 0;
    for (int draw = 0; draw < 4_000; draw++) {
      double[] x = new double[200];
      double[] y = new double[200];
      for (int i = 0; i < 200; i++) {
        y[i] = Math.exp(0.5 * random.nextGaussian());
        x[i] = y[i] * (3 + random.nextGaussian());
      }
      covered += of(x, y).ratio(NONE).orElseThrow().interval().contains(3) ? 1 : 0;
    }
    assertThat(covered / 4_000.0).isBetween(0.93, 0.962);
  }

  @Test
  void isUndefinedWithAReason() {
    assertThat(of(new double[] {1, 2}, new double[] {1, -1}).ratio(NONE).reason())
        .contains("The denominator of the ratio is 0.");
    assertThat(of(new double[] {1}, new double[] {1}).ratio(NONE).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("two rows").contains("has 1"));
    assertThat(new RatioMean(9, 1, 1, 1, 1, 1, 3).ratio(NONE).reason())
        .hasValueSatisfying(why -> assertThat(why).startsWith("3 of the rows"));
    assertThat(new RatioMean(9, Double.POSITIVE_INFINITY, 9, 1, 1, 9, 0).ratio(NONE).reason())
        .contains("The sums are too large for a number.");
    RatioMean window = of(new double[] {1, 4}, new double[] {1, 2});
    assertThat(window.contrast(new RatioMean(0, 0, 0, 0, 0, 0, 0), 1, NONE).reason())
        .hasValueSatisfying(why -> assertThat(why).startsWith("In the reference:"));
  }

  @Test
  void refusesNegativeSquares() {
    assertThatThrownBy(() -> new RatioMean(2, 1, 1, -1, 1, 1, 0)).hasMessageContaining("-1.0");
  }
}
