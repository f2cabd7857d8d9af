package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WassersteinInferenceTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  @Test
  void expectsTheMeanOfAFoldedNormalWithoutDrift() {
    // Two values 0 and 3, shares 1/2: s = sqrt(k/4) = sqrt(0.02/4) over a length of 3. By hand.
    WassersteinInference of = twoValues(50, 50, NONE);
    assertThat(of.expected())
        .isCloseTo(Math.sqrt(2 / Math.PI) * 3 * Math.sqrt(0.005), within(1e-12));
    // With F = G observed the bias is the same: t = 0.
    assertThat(of.bias()).isCloseTo(of.expected(), within(1e-12));
    assertThat(of.corrected()).isZero();
  }

  @Test
  void farFromEqualityThereIsNoBias() {
    WassersteinInference of = twoValues(99, 1, NONE);
    assertThat(of.bias()).isLessThan(1e-12);
    assertThat(of.corrected()).isCloseTo(3 * 0.98, within(1e-9));
    // SE = sqrt(1.5²/100 + 1.5²/100) as given.
    assertThat(of.standardError()).isCloseTo(1.5 * Math.sqrt(0.02), within(1e-12));
    assertThat(of.pLimit(2.94)).isCloseTo(0.5, within(1e-9));
    assertThat(of.pLimit(2.5)).isCloseTo(Normal.upperTail(0.44 / of.standardError()), within(1e-9));
    assertThat(of.interval().low()).isCloseTo(2.94 - 1.959964 * of.standardError(), within(1e-6));
  }

  @Test
  void overdispersionWidens() {
    WassersteinInference plain = twoValues(99, 1, NONE);
    WassersteinInference wide = twoValues(99, 1, Overdispersion.given(9));
    assertThat(wide.standardError()).isCloseTo(3 * plain.standardError(), within(1e-12));
    assertThat(wide.expected()).isCloseTo(3 * plain.expected(), within(1e-12));
  }

  private static WassersteinInference twoValues(long r, long w, Overdispersion overdispersion) {
    AlignedCounts counts =
        AlignedCounts.builder(2).point(0, r, w).point(3, 100 - r, 100 - w).build();
    return WassersteinInference.of(counts, 1.5, 1.5, overdispersion).orElseThrow();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void expectedIsTheAverageOfUnchangedSamples(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double sum = 0;
    double expected = 0;
    int repeats = 400;
    for (int repeat = 0; repeat < repeats; repeat++) {
      long[] r = new long[20];
      long[] w = new long[20];
      for (int i = 0; i < 1_000; i++) {
        r[random.nextInt(20)]++;
      }
      for (int i = 0; i < 300; i++) {
        w[random.nextInt(20)]++;
      }
      AlignedCounts.Builder cells = AlignedCounts.builder(20);
      for (int i = 0; i < 20; i++) {
        cells.point(i, r[i], w[i]);
      }
      WassersteinInference of =
          WassersteinInference.of(cells.build(), 5.77, 5.77, NONE).orElseThrow();
      sum += of.distance().value();
      expected += of.expected();
    }
    // The distance varies by about half its mean, so the average of 400 by 2.5 %.
    assertThat(sum / expected).isCloseTo(1, within(0.1));
  }

  @Test
  void asksForAPositiveLimit() {
    assertThatThrownBy(() -> twoValues(50, 50, NONE).pLimit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }
}
