package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GapBoundsTest {
  @Test
  void aShareKeepsItsDenominator() {
    RateBounds of = RateBounds.ofShare(new GroupRate("a", 30, 60), 40).orElseThrow();
    assertThat(of.low()).isEqualTo(0.3);
    assertThat(of.high()).isEqualTo(0.7);
    assertThat(RateBounds.ofShare(new GroupRate("a", 0, 0), 0).reason())
        .contains("The denominator of the rate is 0.");
    assertThatThrownBy(() -> RateBounds.ofShare(new GroupRate("a", 1, 2), -1))
        .hasMessageContaining("-1 unlabelled rows");
  }

  // Every way in which the missing labels can fall, up to which of equal rows they are.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void aRateOfAClassIsBoundedSharply(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50; i++) {
      int n = random.nextInt(4);
      int x = random.nextInt(n + 1);
      int u = random.nextInt(4);
      int v = random.nextInt(4);
      double low = 2;
      double high = -1;
      for (int a = 0; a <= u; a++) {
        for (int b = 0; b <= v; b++) {
          if (n + a + b > 0) {
            double rate = (x + a) / (double) (n + a + b);
            low = Math.min(low, rate);
            high = Math.max(high, rate);
          }
        }
      }
      GroupRate labelled = new GroupRate("g", x, n);
      if (n + u + v == 0) {
        assertThat(RateBounds.ofClass(labelled, u, v).isDefined()).isFalse();
      } else {
        RateBounds of = RateBounds.ofClass(labelled, u, v).orElseThrow();
        assertThat(of.low()).isCloseTo(low, within(1e-15));
        assertThat(of.high()).isCloseTo(high, within(1e-15));
      }
    }
  }

  // Three groups, their rates anywhere between their bounds on grids of 21 points, so that the
  // least
  // gap is met within two steps.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
  void theGapIsBoundedSharply(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RateBounds[] bounds = new RateBounds[3];
    for (int g = 0; g < 3; g++) {
      double from = random.nextDouble(0.7);
      bounds[g] = new RateBounds("g" + g, from, from + random.nextDouble(0.3));
    }
    double low = 2;
    double high = -1;
    for (int i = 0; i < 21 * 21 * 21; i++) {
      double p = at(bounds[0], i % 21);
      double q = at(bounds[1], i / 21 % 21);
      double r = at(bounds[2], i / 441);
      double gap = Math.max(p, Math.max(q, r)) - Math.min(p, Math.min(q, r));
      low = Math.min(low, gap);
      high = Math.max(high, gap);
    }
    GapBounds of = GapBounds.of(List.of(bounds)).orElseThrow();
    assertThat(of.high()).isCloseTo(high, within(1e-12));
    assertThat(of.low()).isBetween(low - 2 * 0.3 / 20, low + 1e-12);
  }

  private static double at(RateBounds bounds, int step) {
    return bounds.low() + step * (bounds.high() - bounds.low()) / 20;
  }

  // [.2, .3] and [.5, .9]: from .2 to .7; a group's own width is no gap.
  @Test
  void aGapIsBetweenDifferentGroups() {
    GapBounds of =
        GapBounds.of(List.of(new RateBounds("a", 0.2, 0.3), new RateBounds("b", 0.5, 0.9)))
            .orElseThrow();
    assertThat(of.low()).isCloseTo(0.2, within(1e-15));
    assertThat(of.high()).isCloseTo(0.7, within(1e-15));
    GapBounds wide =
        GapBounds.of(List.of(new RateBounds("a", 0, 1), new RateBounds("b", 0.5, 0.5)))
            .orElseThrow();
    assertThat(wide.low()).isZero();
    assertThat(wide.high()).isCloseTo(0.5, within(1e-15));
    assertThat(GapBounds.of(List.of(new RateBounds("a", 0, 1))).isDefined()).isFalse();
  }
}
