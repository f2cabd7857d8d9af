package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.AveragePrecision;
import io.leeway.stats.performance.RocAuc;
import io.leeway.stats.performance.ScoreTable;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageBenchTest {
  private static final IntervalKind SOME = IntervalKind.exact("some");

  /**
   * The grid of the command with 400 draws in place of 10 000. The Monte Carlo error of a share
   * near .92 is then .014, that of a mean over 25 points .0022; three of them are allowed beyond a
   * bar. Rates and their gaps are summed up, so there is no such error and nothing is allowed.
   */
  @Test
  void intervalsCoverTheTruth() {
    CoverageBench bench = CoverageBench.of(400, kind -> {});
    assertThat(bench.misses(3)).isEmpty();
    assertThat(bench.lines())
        .anyMatch(line -> line.startsWith("| rate (Wilson) | 0.02, n 200 | "))
        .anyMatch(line -> line.startsWith("| gap of two rates (Newcombe) | 25 | "))
        .anyMatch(
            line -> line.startsWith("| max-min gap of groups | 4 groups of 50 to 5000, 0.10 "))
        .anyMatch(line -> line.startsWith("| max-min gap of groups | 27 | "))
        .anyMatch(line -> line.startsWith("| roc_auc (logit) | 0.95, 100 / 1900 | "))
        .anyMatch(line -> line.startsWith("| pr_auc (logit) | 20 | "));
  }

  @Test
  void aPointBelowTheBarIsNamedUnlessItMayBeChance() {
    List<Coverage> points =
        List.of(
            Coverage.ofDraws(SOME, "low", 900, 1_000, 1),
            Coverage.ofDraws(SOME, "high", 990, 1_000, 1));
    // 0.900 lies 2.1 of its errors of .0095 below .92; the mean is .945.
    assertThat(new CoverageBench(points).misses(0)).containsExactly("some, low: 0.9000");
    assertThat(new CoverageBench(points).misses(3)).isEmpty();
  }

  @Test
  void aMeanBeyondEitherBarIsNamed() {
    assertThat(new CoverageBench(List.of(new Coverage(SOME, "x", .97, 0, 1))).misses(3))
        .containsExactly("some, mean: 0.9700");
    assertThat(new CoverageBench(List.of(new Coverage(SOME, "x", .93, 0, 1))).misses(3))
        .containsExactly("some, mean: 0.9300");
  }

  @Test
  void anIntervalThatIsWideByDesignMayAlwaysHoldTheTruth() {
    IntervalKind wide = IntervalKind.conservative("wide");
    assertThat(new CoverageBench(List.of(new Coverage(wide, "x", 1, 0, 1))).misses(0)).isEmpty();
    assertThat(new CoverageBench(List.of(new Coverage(wide, "x", .929, 0, 1))).misses(0))
        .containsExactly("wide, x: 0.9290", "wide, mean: 0.9290");
  }

  @Test
  void tooFewDrawsAreRefused() {
    assertThatThrownBy(() -> CoverageBench.of(99, kind -> {}))
        .hasMessageContaining("100 draws or more");
  }

  /** Wilson's intervals of 0 and 1 of 1 end at z²/(1 + z²) = .7935 and start at .2065. By hand. */
  @Test
  void coverageOfARateSumsUpItsOutcomes() {
    assertThat(RateCoverage.ofRate(.1, 1).share()).isCloseTo(.9, within(1e-12));
    assertThat(RateCoverage.ofRate(.5, 1).share()).isCloseTo(1, within(1e-12));
    assertThat(RateCoverage.ofRate(.5, 1).width()).isCloseTo(.7935, within(5e-5));
  }

  /** 20 000 draws, whose Monte Carlo error is .0015; four of them are allowed. */
  @Test
  void coverageOfAGapIsThatOfDraws() {
    SplittableRandom random = new SplittableRandom(3);
    int held = 0;
    for (int draw = 0; draw < 20_000; draw++) {
      long x = random.doubles(30).filter(u -> u < .2).count();
      long y = random.doubles(50).filter(u -> u < .05).count();
      Interval of = Newcombe.difference(x, 30, y, 50, Overdispersion.NONE).orElseThrow();
      held += of.contains(.15) ? 1 : 0;
    }
    // The truth is taken as .2 - .05 there and as .15 here, which are one step of doubles apart.
    assertThat(RateCoverage.ofGap(.2, 30, .05, 50).share())
        .isCloseTo(held / 20_000.0, within(.006));
  }

  /**
   * Between two groups of one size with unlike rates the gap's interval is Newcombe's wherever the
   * order of the rates is not in doubt. 20 000 draws as above, on one side.
   */
  @Test
  void coverageOfTheGapOfTwoGroupsIsThatOfTwoRates() {
    double[] rates = {.1, .3};
    assertThat(GroupGapCoverage.of(rates, new int[] {1_000, 1_000}, 20_000, 5).share())
        .isCloseTo(RateCoverage.ofGap(.3, 1_000, .1, 1_000).share(), within(.006));
  }

  /** By the mean of the share of negatives below a positive, in place of the closed form. */
  @ParameterizedTest
  @ValueSource(doubles = {.5, .6, .8, .95})
  void normalScoresHaveTheAucAskedFor(double auc) {
    Binormal scores = Binormal.ofAuc(auc);
    double sum = 0;
    for (int i = -900; i <= 900; i++) {
      sum += Normal.density(i / 100.0) * Normal.lowerTail(i / 100.0 + scores.shift()) / 100;
    }
    assertThat(sum).isCloseTo(auc, within(1e-12));
    assertThat(scores.auc()).isCloseTo(auc, within(1e-12));
  }

  @Test
  void scoresThatSayNothingHaveThePrevalenceAsAveragePrecision() {
    assertThat(Binormal.ofAuc(.5).averagePrecision(.2)).isCloseTo(.2, within(1e-12));
  }

  /** One large draw; its own standard error says how near it is to be, and four are allowed. */
  @ParameterizedTest
  @ValueSource(doubles = {.6, .8, .95})
  void whatHoldsForAllHoldsForALargeDraw(double auc) {
    Binormal scores = Binormal.ofAuc(auc);
    ScoreTable table = scores.draw(new SplittableRandom(9), 30_000, 120_000);
    Estimate ap = AveragePrecision.of(table).flatMap(AveragePrecision::estimate).orElseThrow();
    assertThat(ap.value()).isCloseTo(scores.averagePrecision(.2), within(4 * ap.standardError()));
    Estimate area = RocAuc.of(table).flatMap(RocAuc::estimate).orElseThrow();
    assertThat(area.value()).isCloseTo(auc, within(4 * area.standardError()));
  }
}
