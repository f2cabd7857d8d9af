package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import io.leeway.stats.experiment.Ruling;
import io.leeway.stats.inference.ChiSquare;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbBenchTest {
  private static AbBench bench(long seed, int threads) {
    return AbBench.of(2, seed, new Parallel(threads), row -> {});
  }

  private static AbOutcomes outcomes(AbKind kind, double rate, int tests, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<AbHistory> histories = new ArrayList<>();
    for (int test = 0; test < tests; test++) {
      histories.add(AbHistory.of(kind, rate, random));
    }
    return new AbOutcomes(histories);
  }

  @Test
  void theSeedAloneSettlesTheTable() {
    List<String> lines = bench(3, 1).lines();
    assertThat(bench(3, 2).lines()).isEqualTo(lines);
    assertThat(bench(4, 1).lines()).isNotEqualTo(lines);
    assertThat(lines).hasSize(2 + 3 * AbKind.values().length);
    assertThat(lines).allMatch(line -> line.chars().filter(at -> at == '|').count() == 12);
    assertThat(lines.get(2)).startsWith("| nothing differs | 5 % | 2 | ");
    assertThat(lines.get(4)).startsWith("| nothing differs | 0.2 % | 2 | ");
  }

  /**
   * Of 200 tests without a difference at most 10 are to say SHIP, and 18 with the noise of a
   * binomial (0.4 % beyond); a z-test at 5 % at each of 30 looks errs far oftener.
   */
  @Test
  void dailyLooksDoNotShipWhatIsNoBetter() {
    AbOutcomes of = outcomes(AbKind.SAME, .05, 200, 5);
    assertThat(of.count(Ruling.SHIP)).isLessThanOrEqualTo(18);
    assertThat(of.naiveShare()).isGreaterThan(.15);
    assertThat(of.count(Ruling.ROLL_BACK)).isLessThanOrEqualTo(1);
  }

  /** A fifth of 5 % is seven times its standard error after thirty days. */
  @Test
  void whatIsMuchBetterShipsAndWhatDoesHarmDoesNot() {
    AbOutcomes better = outcomes(AbKind.BETTER_BY_FIFTH, .05, 40, 6);
    assertThat(better.count(Ruling.SHIP)).isGreaterThanOrEqualTo(34);
    assertThat(better.medianDay(Ruling.SHIP).orElseThrow()).isBetween(7, 29);
    AbOutcomes harmful = outcomes(AbKind.HARMFUL, .05, 40, 7);
    assertThat(harmful.count(Ruling.SHIP)).isZero();
    assertThat(harmful.count(Ruling.ROLL_BACK)).isGreaterThanOrEqualTo(30);
  }

  /** Chi-square of the draws against the distribution itself, its tail from 9 on together. */
  @ParameterizedTest
  @CsvSource({"20, 0.2", "7, 0.9", "400, 0.01"})
  void drawsAreBinomial(int units, double share) {
    SplittableRandom random = new SplittableRandom(9);
    int draws = 20_000;
    int[] counts = new int[10];
    for (int draw = 0; draw < draws; draw++) {
      counts[(int) Math.min(9, AbHistory.binomial(random, units, share))]++;
    }
    BinomialDistribution of = new BinomialDistribution(null, units, share);
    double statistic = 0;
    for (int x = 0; x < 10; x++) {
      double expected = draws * (x < 9 ? of.probability(x) : 1 - of.cumulativeProbability(8));
      if (expected > 1e-9) {
        statistic += (counts[x] - expected) * (counts[x] - expected) / expected;
      } else {
        assertThat(counts[x]).isZero();
      }
    }
    assertThat(ChiSquare.upperTail(statistic, 9)).isGreaterThan(1e-3);
  }

  @Test
  void theBarIsAtFivePercentWhereNothingDiffers() {
    AbBench.Row same = new AbBench.Row(AbKind.SAME, .05);
    AbBench.Row better = new AbBench.Row(AbKind.BETTER_BY_TENTH, .05);
    assertThat(new AbBench(Map.of(same, shipped(5), better, shipped(90))).misses()).isEmpty();
    AbBench missed = new AbBench(Map.of(same, shipped(6), better, shipped(90)));
    assertThat(missed.misses())
        .containsExactly(
            "nothing differs, base rate 5 %: 6 of 100 tests say SHIP; at most 5 % may.");
  }

  /** The upper bound of 6 in 100 is .1150 by SciPy 1.17.1, {@code beta.ppf(.95, 7, 94)}. */
  @Test
  void aLineSaysHowTestsEnded() {
    AbBench bench = new AbBench(Map.of(new AbBench.Row(AbKind.SAME, .01), shipped(6)));
    assertThat(bench.lines().get(2))
        .isEqualTo(
            "| nothing differs | 1 % | 100 | 6.0 % | 11.5 % | 8 | 0.0 % | 0.0 % |  | 0.0 % | 94.0 %"
                + " |");
  }

  /** Of 100, on days 8, 8, ... */
  private static AbOutcomes shipped(int tests) {
    List<AbHistory> histories =
        new ArrayList<>(Collections.nCopies(tests, new AbHistory(Ruling.SHIP, 8, false)));
    histories.addAll(
        Collections.nCopies(100 - tests, new AbHistory(Ruling.INCONCLUSIVE, 30, false)));
    return new AbOutcomes(histories);
  }

  @Test
  void thereMustBeATest() {
    assertThatThrownBy(() -> AbBench.of(0, 1, row -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--tests is 0");
  }
}
