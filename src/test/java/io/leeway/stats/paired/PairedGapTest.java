package io.leeway.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedGapTest {
  private static final double EXACT = 1e-12;

  // By hand: rates of the first 0.6 and 0.3, of the second 0.5 and 0.4; gaps 0.3 and 0.1.
  // Variance of a group's difference from counts with one half more each, over n + 2 = 102:
  // a: discordant 10.5 and 0.5, mean 10/102, square 11/102; b: 0.5 and 10.5, the same.
  @Test
  void growsByTheDifferenceOfTheGaps() {
    PairedGap gap =
        PairedGap.of(
                List.of(new PairedRate("b", 30, 0, 10, 60), new PairedRate("a", 50, 10, 0, 40)))
            .orElseThrow();
    assertThat(gap.first()).isCloseTo(0.3, within(EXACT));
    assertThat(gap.second()).isCloseTo(0.1, within(EXACT));
    assertThat(gap.widest()).containsExactly("a", "b");
    assertThat(gap.difference().difference()).isCloseTo(0.2, within(EXACT));
    double variance = (11 / 102.0 - (10 / 102.0) * (10 / 102.0)) / 102;
    assertThat(gap.difference().standardError()).isCloseTo(Math.sqrt(2 * variance), within(EXACT));
  }

  // With many rows one half more is nothing, and of scorers that have nothing in common the joint
  // counts are products: the variance is the sum of four binomial ones.
  @Test
  void ofIndependentScorersVariancesAddUp() {
    double n = 1e8;
    PairedGap gap =
        PairedGap.of(List.of(independent("a", 0.6, 0.5, n), independent("b", 0.3, 0.4, n)))
            .orElseThrow();
    double expected = (0.6 * 0.4 + 0.5 * 0.5 + 0.3 * 0.7 + 0.4 * 0.6) / n;
    assertThat(gap.difference().standardError() / Math.sqrt(expected)).isCloseTo(1, within(1e-6));
  }

  private static PairedRate independent(String group, double p, double q, double n) {
    return new PairedRate(
        group,
        Math.round(n * p * q),
        Math.round(n * p * (1 - q)),
        Math.round(n * (1 - p) * q),
        Math.round(n * (1 - p) * (1 - q)));
  }

  // The first is widest between a and b, the second between b and c, each of 400 rows. By the
  // definition a has w = 1, b has w = −1 and v = 1, c has v = −1; for a alone that is the variance
  // of its own first rate, which with one half more is p (1 − p)/402, p = 241/402.
  @Test
  void thePairsOfTheTwoScorersMayDiffer() {
    PairedGap gap =
        PairedGap.of(
                List.of(
                    new PairedRate("a", 160, 80, 0, 160),
                    new PairedRate("b", 80, 0, 120, 200),
                    new PairedRate("c", 120, 40, 0, 240)))
            .orElseThrow();
    assertThat(gap.first()).isCloseTo(0.4, within(EXACT));
    assertThat(gap.second()).isCloseTo(0.2, within(EXACT));
    assertThat(gap.groups()).isEqualTo(3);
    double a = 241 / 402.0 * (161 / 402.0) / 402;
    // b: −(first) − (second): −2 on both, −1 on the second alone.
    double meanB = -(2 * 80.5 + 0.5 + 120.5) / 402;
    double b = ((4 * 80.5 + 0.5 + 120.5) / 402 - meanB * meanB) / 402;
    double c = 121 / 402.0 * (281 / 402.0) / 402;
    assertThat(gap.difference().standardError()).isCloseTo(Math.sqrt(a + b + c), within(EXACT));
  }

  // z of 0.025/3 for three groups, since K (K − 1)/2 = 3: tables give 2.3940 for 0.00833.
  @Test
  void theLowerEndPaysForThePairs() {
    PairedGap gap =
        PairedGap.of(
                List.of(
                    new PairedRate("a", 160, 80, 0, 160),
                    new PairedRate("b", 80, 0, 120, 200),
                    new PairedRate("c", 120, 40, 0, 240)))
            .orElseThrow();
    double error = gap.difference().standardError();
    assertThat(gap.interval(0.95).low()).isCloseTo(0.2 - 2.3940 * error, within(1e-5));
    assertThat(gap.interval(0.95).high()).isCloseTo(0.2 + 1.959964 * error, within(1e-7));
    assertThat(gap.pGrown(gap.interval(0.95).low())).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void ofScorersThatAgreeNothingGrows() {
    PairedGap gap =
        PairedGap.of(List.of(new PairedRate("a", 60, 0, 0, 40), new PairedRate("b", 30, 0, 0, 70)))
            .orElseThrow();
    assertThat(gap.difference().difference()).isZero();
    assertThat(gap.interval(0.95).contains(0)).isTrue();
    assertThat(gap.pGrown(0.02)).isEqualTo(1);
  }

  // 2 000 draws of two scorers of the same true rates in four groups, whose decisions agree on
  // most rows: growth above 0 is found in at most 5 %, less than that since both gaps are picked.
  @Test
  void findsNoGrowthWhereThereIsNoneWithSeed17() {
    SplittableRandom random = new SplittableRandom(17);
    int found = 0;
    for (int draw = 0; draw < 2_000; draw++) {
      List<PairedRate> rates =
          List.of(
              drawn("a", 0.6, random),
              drawn("b", 0.6, random),
              drawn("c", 0.5, random),
              drawn("d", 0.4, random));
      found += PairedGap.of(rates).orElseThrow().interval(0.95).low() > 0 ? 1 : 0;
    }
    assertThat(found / 2_000.0).isLessThan(0.05);
  }

  private static PairedRate drawn(String group, double rate, SplittableRandom random) {
    long[] counts = new long[4];
    for (int i = 0; i < 100; i++) {
      boolean both = random.nextInt(5) > 0;
      double u = random.nextDouble();
      boolean first = u < rate;
      boolean second = both ? first : random.nextDouble() < rate;
      counts[(first ? 0 : 2) + (second ? 0 : 1)]++;
    }
    return new PairedRate(group, counts[0], counts[1], counts[2], counts[3]);
  }

  @Test
  void needsTwoGroupsWithRows() {
    assertThat(PairedGap.of(List.of(new PairedRate("a", 1, 0, 0, 0))).reason())
        .contains("A gap needs two groups, but there are 1.");
    PairedRate empty = new PairedRate("a", 0, 0, 0, 0);
    assertThatThrownBy(() -> PairedGap.of(List.of(empty)))
        .hasMessage("Group 'a' has no rows or is there twice.");
  }
}
