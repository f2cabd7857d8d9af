package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverdispersionTest {
  @Test
  void ofRatesIsPearsonsStatisticPerDegree() {
    // p = 60/300; (10-20)² + 0 + (30-20)² over 100 * 0.2 * 0.8 = 16, over 2 degrees: 6.25. By hand.
    Overdispersion of =
        Overdispersion.ofRates(new long[] {10, 20, 30, 0}, new long[] {100, 100, 100, 0})
            .orElseThrow();
    assertThat(of.phi()).isCloseTo(6.25, within(1e-12));
    assertThat(of.degrees()).isEqualTo(2);
  }

  @Test
  void ofTwoBinsIsThatOfTheRate() {
    Overdispersion rates =
        Overdispersion.ofRates(new long[] {10, 35, 30}, new long[] {100, 170, 100}).orElseThrow();
    Overdispersion bins =
        Overdispersion.ofBins(new long[][] {{10, 90}, {35, 135}, {30, 70}}).orElseThrow();
    assertThat(bins.phi()).isCloseTo(rates.phi(), within(1e-12)).isGreaterThan(1);
  }

  @Test
  void ofMeansIsTheirVarianceTimesNOverS2() {
    // Means 1, 2, 3 of 50 rows, s = 5: variance 1 * 50 / 25 = 2. By hand.
    Overdispersion of =
        Overdispersion.ofMeans(new double[] {1, 2, 3}, new long[] {50, 50, 50}, 5).orElseThrow();
    assertThat(of.phi()).isCloseTo(2, within(1e-12));
  }

  @Test
  void isNeverBelowOne() {
    assertThat(
            Overdispersion.ofRates(new long[] {20, 20}, new long[] {100, 100}).orElseThrow().phi())
        .isEqualTo(1);
    assertThat(Overdispersion.ofRates(new long[] {0, 0}, new long[] {9, 9}).orElseThrow().phi())
        .isEqualTo(1);
    assertThat(
            Overdispersion.ofMeans(new double[] {2, 2}, new long[] {9, 9}, 0).orElseThrow().phi())
        .isEqualTo(1);
  }

  // Ten equal rows per entity make counts vary ten times as much (statistics page, B9: 9.99).
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void findsTenRowsPerEntity(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[][] counts = new long[2_000][10];
    for (long[] window : counts) {
      for (int entity = 0; entity < 100; entity++) {
        window[random.nextInt(10)] += 10;
      }
    }
    // 18 000 degrees: the standard error of phi is 10 * sqrt(2/18000) = 0.105.
    assertThat(Overdispersion.ofBins(counts).orElseThrow().phi()).isCloseTo(10, within(0.45));
  }

  @Test
  void needsTwoWindows() {
    assertThat(Overdispersion.ofRates(new long[] {1}, new long[] {2}).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("two reference windows"));
    assertThat(Overdispersion.ofBins(new long[][] {{0, 0}, {1, 2}}).isDefined()).isFalse();
  }

  @Test
  void refusesImpossibleCounts() {
    assertThatThrownBy(() -> Overdispersion.ofRates(new long[] {3}, new long[] {2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 events in 2 rows");
    assertThatThrownBy(() -> new Overdispersion(0.5, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
