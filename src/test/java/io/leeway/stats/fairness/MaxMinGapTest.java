package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxMinGapTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static MaxMinGap of(List<GroupRate> groups) {
    return MaxMinGap.of(SortedGroups.of(groups, 1), NONE).orElseThrow();
  }

  private static List<GroupRate> groups(long... eventsAndRows) {
    List<GroupRate> groups = new ArrayList<>();
    for (int i = 0; i < eventsAndRows.length; i += 2) {
      groups.add(new GroupRate("g" + i / 2, eventsAndRows[i], eventsAndRows[i + 1]));
    }
    return groups;
  }

  // Golden numbers of the project's statistics page, B9; 2, 4, 8 and 20 equal groups agree with the
  // means of 4 000 simulations in the reference notes, 1.5.
  @ParameterizedTest(name = "{0} groups of {1}")
  @CsvSource({"2, 100, .0517", "4, 100, .0943", "8, 100, .1305", "20, 1000, .0541"})
  void noiseAloneMakesAGap(int k, int n, double expected) {
    long[] counts = new long[2 * k];
    Arrays.setAll(counts, i -> i % 2 == 0 ? 3 * n / 10 : n);
    assertThat(of(groups(counts)).expected()).isCloseTo(expected, within(5e-5));
  }

  // The last golden number of B9. And the mean range of two normals is 2 s/√π, of three 3 s/√π.
  @Test
  void noiseOfUnequalGroups() {
    assertThat(of(groups(5, 50, 20, 200, 100, 1000, 500, 5000)).expected())
        .isCloseTo(0.0472, within(5e-5));
    assertThat(ExpectedGap.of(new double[] {0.3, 0.3}))
        .isCloseTo(0.6 / Math.sqrt(Math.PI), within(1e-9));
    assertThat(ExpectedGap.of(new double[] {0.3, 0.3, 0.3}))
        .isCloseTo(0.9 / Math.sqrt(Math.PI), within(1e-9));
    // Of two normals of any errors: their difference's, √(2/π) times the root of both variances.
    assertThat(ExpectedGap.of(new double[] {1e-4, 0.3}))
        .isCloseTo(Math.sqrt(2 / Math.PI) * Math.hypot(1e-4, 0.3), within(1e-9));
    assertThat(ExpectedGap.of(new double[] {0, 0.3}))
        .isCloseTo(Math.sqrt(2 / Math.PI) * 0.3, within(1e-9));
    assertThat(ExpectedGap.of(new double[] {0, 0})).isZero();
  }

  @Test
  void namesTheGroupsOfTheGap() {
    MaxMinGap gap = of(groups(30, 100, 45, 100, 20, 100));
    assertThat(gap.gap()).isCloseTo(0.25, within(1e-15));
    assertThat(gap.range().highest()).isEqualTo("g1");
    assertThat(gap.range().lowest()).isEqualTo("g2");
    assertThat(gap.corrected())
        .isCloseTo(Math.sqrt(0.0625 - gap.expected() * gap.expected()), within(1e-14));
    assertThat(of(groups(30, 100, 31, 100)).corrected()).isZero();
  }

  @Test
  void orderOfGroupsNeverMatters() {
    MaxMinGap one = of(groups(30, 100, 45, 180, 20, 130));
    List<GroupRate> turned = new ArrayList<>(groups(30, 100, 45, 180, 20, 130));
    Collections.reverse(turned);
    MaxMinGap other = of(turned);
    assertThat(other.expected()).isEqualTo(one.expected());
    assertThat(other.interval()).isEqualTo(one.interval());
    assertThat(other.pChange()).isEqualTo(one.pChange());
    assertThat(other.pLimit(0.02)).isEqualTo(one.pLimit(0.02));
    assertThat(other.detectable(0.02)).isEqualTo(one.detectable(0.02));
  }

  // Two groups: one pair, so the tests and intervals of two rates themselves.
  @Test
  void twoGroupsAreTheTestOfTwoRates() {
    MaxMinGap gap = of(groups(56, 70, 48, 80));
    assertThat(gap.pLimit(0.05))
        .isCloseTo(
            2 * RateTest.againstReference(56, 70, 48, 80, 0.05, 1, NONE).orElseThrow().pRise(),
            within(1e-15));
    // Pooled two-proportion z: p .008045 two-sided, statsmodels 0.15.
    assertThat(gap.pChange()).isCloseTo(0.008045, within(5e-7));
    // Newcombe's interval of 56/70 - 48/80 is [.0524, .3339], Newcombe (1998).
    assertThat(gap.interval().low()).isCloseTo(0.0524, within(5e-5));
    assertThat(gap.interval().high()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void pairsCountInTestAndInterval() {
    MaxMinGap gap = of(groups(56, 70, 48, 80, 60, 90));
    double least = RateTest.againstReference(56, 70, 48, 80, 0.05, 1, NONE).orElseThrow().pRise();
    assertThat(gap.pLimit(0.05)).isCloseTo(6 * least, within(1e-14));
    double z = -Normal.quantile(0.025 / 3);
    assertThat(gap.interval().low())
        .isCloseTo(
            Newcombe.contrast(56, 70, 48, 80, 1, NONE, z).orElseThrow().low(), within(1e-14));
    assertThat(gap.interval().high())
        .isCloseTo(Newcombe.difference(56, 70, 48, 80, NONE).orElseThrow().high(), within(1e-14));
    assertThat(gap.pLimit(0.9)).isEqualTo(1);
  }

  /** Every pair has to be shown to be within, so the least sure one counts, uncorrected. */
  @Test
  void withinTakesTheLeastSurePair() {
    MaxMinGap gap = of(groups(560, 700, 520, 700, 18, 30));
    double least = RateTest.againstReference(560, 700, 18, 30, 0.25, 1, NONE).orElseThrow().pFall();
    assertThat(gap.pWithin(0.25)).isCloseTo(least, within(1e-14));
    assertThat(gap.pWithin(0.9)).isLessThan(1e-4);
    // Each of four fifths by itself: 18/30 against .6 times 560/700.
    MinMaxRatio ratio =
        MinMaxRatio.of(SortedGroups.of(groups(560, 700, 520, 700, 18, 30), 1), NONE).orElseThrow();
    assertThat(ratio.pWithin(0.6))
        .isCloseTo(
            RateTest.againstReference(18, 30, 560, 700, 0, 0.6, NONE).orElseThrow().pRise(),
            within(1e-14));
  }

  // A small group may be furthest apart without being the one that is found to be.
  @Test
  void theSurestPairNeedNotBeTheWidest() {
    MaxMinGap gap = of(groups(300, 1000, 400, 1000, 5, 9));
    assertThat(gap.range().highest()).isEqualTo("g2");
    double least =
        RateTest.againstReference(400, 1000, 300, 1000, 0, 1, NONE).orElseThrow().pRise();
    assertThat(gap.pLimit(0)).isCloseTo(6 * least, within(1e-14));
    // Fewer than 5 expected events in g2: pairwise.
    assertThat(gap.pChange()).isEqualTo(gap.pLimit(0));
  }

  // SciPy 1.17.1 chi2_contingency([[30, 70], [45, 135], [20, 110]], correction=False).
  @Test
  void noChangeIsTheChiSquareTest() {
    assertThat(of(groups(30, 100, 45, 180, 20, 130)).pChange())
        .isCloseTo(0.024905636391333315, within(1e-12));
  }

  @Test
  void overdispersionWidensAll() {
    SortedGroups groups = SortedGroups.of(groups(30, 100, 45, 180, 20, 130), 1);
    MaxMinGap one = MaxMinGap.of(groups, NONE).orElseThrow();
    MaxMinGap wide = MaxMinGap.of(groups, Overdispersion.given(4)).orElseThrow();
    assertThat(wide.expected()).isCloseTo(2 * one.expected(), within(1e-9));
    assertThat(wide.interval().low()).isLessThan(one.interval().low());
    assertThat(wide.interval().high()).isGreaterThan(one.interval().high());
    assertThat(wide.pChange()).isGreaterThan(one.pChange());
    assertThat(wide.detectable(0)).isGreaterThan(one.detectable(0));
    MaxMinGap estimated = MaxMinGap.of(groups, new Overdispersion(1, 7)).orElseThrow();
    assertThat(estimated.pChange()).isGreaterThan(one.pChange());
  }

  // 2 000 windows: the interval covers the true gap in at least 93 %, less 3 Monte Carlo errors of
  // .5 %; where there is none p_change holds 5 % likewise, and p_limit at the limit.
  @ParameterizedTest(name = "rates {0}, {1}, {2}")
  @CsvSource({
    "0.3, 0.3, 0.3, 100, 400, 1000",
    "0.1, 0.2, 0.15, 60, 400, 200",
    "0.8, 0.6, 0.7, 500, 500, 500",
    "0.5, 0.05, 0.05, 40, 60, 2000"
  })
  void intervalsCoverAndTestsHoldTheirLevel(double p, double q, double r, int n, int m, int k) {
    Well19937c random = new Well19937c(n + m + k);
    BinomialDistribution[] draws = {
      new BinomialDistribution(random, n, p),
      new BinomialDistribution(random, m, q),
      new BinomialDistribution(random, k, r)
    };
    double truth = Math.max(p, Math.max(q, r)) - Math.min(p, Math.min(q, r));
    int covered = 0;
    int beyond = 0;
    int changed = 0;
    for (int draw = 0; draw < 2_000; draw++) {
      MaxMinGap gap = of(groups(draws[0].sample(), n, draws[1].sample(), m, draws[2].sample(), k));
      covered += gap.interval().contains(truth) ? 1 : 0;
      beyond += gap.pLimit(truth) <= 0.05 ? 1 : 0;
      changed += gap.pChange() <= 0.05 ? 1 : 0;
    }
    assertThat(covered / 2_000.0).isGreaterThanOrEqualTo(0.93 - 0.015);
    assertThat(beyond / 2_000.0).isLessThanOrEqualTo(0.05 + 0.015);
    if (truth == 0) {
      assertThat(changed / 2_000.0).isCloseTo(0.05, within(0.02));
    }
  }

  // Power at the detectable gap, between the two smallest groups, others at the pooled rate: 80 %,
  // with 5 points for the normal approximation and 3 Monte Carlo errors of 1 %.
  @ParameterizedTest(name = "rate {0}, limit {1}")
  @CsvSource({"0.3, 0, 150, 200", "0.2, 0.05, 300, 300", "0.6, 0, 400, 250"})
  void theDetectableGapIsFoundInFourOfFive(double rate, double limit, int n, int m) {
    int large = 20_000;
    long[] counts = {
      Math.round(rate * n), n, Math.round(rate * m), m, Math.round(rate * large), large
    };
    double detectable = of(groups(counts)).detectable(limit);
    Well19937c random = new Well19937c(n);
    BinomialDistribution low = new BinomialDistribution(random, n, rate - detectable / 2);
    BinomialDistribution high = new BinomialDistribution(random, m, rate + detectable / 2);
    int found = 0;
    for (int draw = 0; draw < 1_500; draw++) {
      MaxMinGap gap = of(groups(low.sample(), n, high.sample(), m, counts[4], large));
      found += gap.pLimit(limit) <= 0.025 ? 1 : 0;
    }
    assertThat(found / 1_500.0).isCloseTo(0.8, within(0.08));
  }

  @Test
  void isUndefinedWithAReason() {
    assertThat(MaxMinGap.of(SortedGroups.of(groups(3, 40, 2, 20, 0, 0), 30), NONE).reason())
        .contains(
            "A gap needs two groups; 1 groups compared, 1 below the minimum of 30, 1 without"
                + " denominator.");
    SortedGroups zero = SortedGroups.of(groups(3, 40, 2, 20), Reading.ZERO, GroupRate::n);
    assertThat(MaxMinGap.of(zero, NONE).reason())
        .contains("Undefined rates count as 0, of which nothing can be inferred.");
  }

  @Test
  void nothingHappenedAnywhere() {
    MaxMinGap gap = of(groups(0, 40, 0, 50));
    assertThat(gap.gap()).isZero();
    assertThat(gap.expected()).isZero();
    assertThat(gap.pChange()).isEqualTo(1);
    assertThat(gap.interval().low()).isZero();
    assertThat(gap.interval().high()).isPositive();
    // Seeing nothing does not mean that little would be seen: 10 of 50 against 0 of 40 is needed.
    assertThat(gap.detectable(0)).isBetween(0.1, 0.3);
  }

  @Test
  void manyGroupsHoldTheirLevel() {
    SplittableRandom random = new SplittableRandom(20);
    int rejected = 0;
    for (int draw = 0; draw < 400; draw++) {
      long[] counts = new long[40];
      for (int g = 0; g < 20; g++) {
        counts[2 * g + 1] = random.nextLong(50, 350);
        for (int i = 0; i < counts[2 * g + 1]; i++) {
          counts[2 * g] += random.nextDouble() < 0.3 ? 1 : 0;
        }
      }
      rejected += of(groups(counts)).pLimit(0) <= 0.05 ? 1 : 0;
    }
    // 5 % and 3 Monte Carlo errors of 1.1 %.
    assertThat(rejected).isLessThanOrEqualTo(33);
  }
}
