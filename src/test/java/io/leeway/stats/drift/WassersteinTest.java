package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WassersteinTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void truthLiesWithinTheBound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      Samples samples = Samples.random(random);
      double truth = samples.wasserstein();
      double rounding = 1e-12 * (1 + truth);
      Wasserstein exact = Wasserstein.of(samples.exact()).orElseThrow();
      assertThat(exact.value()).isCloseTo(truth, within(rounding));
      assertThat(exact.errorBound()).isZero();
      Wasserstein w = Wasserstein.of(samples.counted(random)).orElseThrow();
      // Sums of values near 1e6 round at 1e-10.
      assertThat(Math.abs(w.value() - truth))
          .as("sample %s", i)
          .isLessThanOrEqualTo(w.errorBound() + rounding + 1e-9);
    }
  }

  @Test
  void isExactWhereOneSideStaysAhead() {
    // Half of the reference lies below the cell and half of the window above it, so F leads
    // throughout
    // and W is the difference of the means: (2 * 2 + 1.2)/4 against (-1 * 2 + 0.9)/4. By hand.
    AlignedCounts counts =
        AlignedCounts.builder(3).point(-1, 2, 0).cell(0, 1, 2, 2, 0.9, 1.2).point(2, 0, 2).build();
    Wasserstein w = Wasserstein.of(counts).orElseThrow();
    assertThat(w.value()).isCloseTo(1.575, within(1e-15));
    assertThat(w.errorBound()).isZero();
  }

  @Test
  void isTheShiftOfACell() {
    AlignedCounts counts =
        AlignedCounts.builder(2).cell(0, 1, 10, 0, 4, 0).cell(3, 4, 0, 10, 0, 37).build();
    assertThat(Wasserstein.of(counts).orElseThrow())
        .isEqualTo(new Wasserstein(3.3000000000000003, 0, 10, 10));
  }

  @Test
  void boundIsReachedByTheWorstArrangement() {
    // Equal masses, all means in the middle: 0 if both lie there, 1/2 if one lies at the ends.
    AlignedCounts counts = AlignedCounts.builder(1).cell(0, 1, 2, 2, 1, 1).build();
    Wasserstein w = Wasserstein.of(counts).orElseThrow();
    assertThat(w.value()).isCloseTo(0.25, within(1e-15));
    assertThat(w.errorBound()).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void withoutSumsTheWholeWidthIsOpen() {
    Wasserstein w = Wasserstein.of(AlignedCounts.builder(1).cell(0, 2, 5, 5).build()).orElseThrow();
    assertThat(w).isEqualTo(new Wasserstein(1, 1, 5, 5));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 6})
  void boundIsSmallWithManyCellsAndSums(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = 100;
    long[] r = new long[cells];
    long[] w = new long[cells];
    double[] sumR = new double[cells];
    double[] sumW = new double[cells];
    for (int i = 0; i < 5_000; i++) {
      double x = random.nextDouble();
      double y = Math.pow(random.nextDouble(), 1.2);
      r[(int) (x * cells)]++;
      sumR[(int) (x * cells)] += x;
      w[(int) (y * cells)]++;
      sumW[(int) (y * cells)] += y;
    }
    AlignedCounts.Builder builder = AlignedCounts.builder(cells);
    for (int i = 0; i < cells; i++) {
      builder.cell(i / 100.0, (i + 1) / 100.0, r[i], w[i], sumR[i], sumW[i]);
    }
    // True distance: mean of x - mean of y = 1/2 - 1/2.2.
    Wasserstein distance = Wasserstein.of(builder.build()).orElseThrow();
    assertThat(distance.value()).isCloseTo(0.5 - 1 / 2.2, within(0.02));
    assertThat(distance.errorBound()).isLessThan(0.001);
  }

  @Test
  void scalesByASpread() {
    Wasserstein w = new Wasserstein(6, 1, 10, 10);
    assertThat(w.scaled(2)).isEqualTo(3);
    assertThat(w.scaledErrorBound(2)).isEqualTo(0.5);
    assertThatThrownBy(() -> w.scaled(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isUndefinedWithoutRows() {
    assertThat(Wasserstein.of(AlignedCounts.builder(1).point(5, 0, 3).build()).reason())
        .contains("The reference has no usable values.");
  }
}
