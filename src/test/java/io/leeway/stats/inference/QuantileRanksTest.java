package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileRanksTest {
  /** Tables of the sign test have the 40th and 61st of 100 for the median (David and Nagaraja). */
  @Test
  void areThoseOfTheTablesForTheMedianOfAHundred() {
    assertThat(QuantileRanks.of(100, 0.5, Overdispersion.NONE).orElseThrow())
        .isEqualTo(new QuantileRanks(40, 61));
  }

  /** By hand: 1000 · 0.95 = 950, 1.959964 · sqrt(47.5 · 4) = 27.02. */
  @Test
  void widenWithTheRootOfOverdispersion() {
    assertThat(QuantileRanks.of(1000, 0.95, Overdispersion.given(4)).orElseThrow())
        .isEqualTo(new QuantileRanks(922, 979));
  }

  @Test
  void areUndefinedBeyondTheValues() {
    assertThat(QuantileRanks.of(0, 0.5, Overdispersion.NONE).isDefined()).isFalse();
    assertThat(QuantileRanks.of(60, 0.95, Overdispersion.NONE).isDefined()).isFalse();
    assertThat(QuantileRanks.of(60, 0.05, Overdispersion.NONE).isDefined()).isFalse();
  }

  @Test
  void needsAShareWithinTheOpenUnitInterval() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuantileRanks.of(10, 1, Overdispersion.NONE));
  }

  /**
   * Of 4 000 samples of uniform numbers, whose quantile of p is p: 95 % and, by its steps, more.
   */
  @ParameterizedTest(name = "n {0}, p {1}, seed {2}")
  @CsvSource({"200, 0.5, 1", "500, 0.95, 2", "2000, 0.05, 3"})
  void coverTheTrueQuantile(int n, double p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    QuantileRanks ranks = QuantileRanks.of(n, p, Overdispersion.NONE).orElseThrow();
    int covered = 0;
    for (int sample = 0; sample < 4000; sample++) {
      double[] values = random.doubles(n).sorted().toArray();
      covered +=
          values[(int) ranks.lower() - 1] <= p && p <= values[(int) ranks.upper() - 1] ? 1 : 0;
    }
    // Four standard errors of a share of 4 000 are 0.014.
    assertThat(covered / 4000.0).isBetween(0.936, 0.98);
    assertThat(Arrays.asList(ranks.lower(), ranks.upper())).isSorted();
  }
}
