package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.performance.RocAuc;
import io.leeway.stats.performance.ScoreBin;
import io.leeway.stats.performance.ScoreTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  void ofOneBorderIsThatOfTheRate() {
    long[][] counts = {{10, 90}, {35, 135}, {0, 0}, {30, 70}};
    assertThat(Overdispersion.ofCumulative(counts).orElseThrow().phi())
        .isCloseTo(Overdispersion.ofBins(counts).orElseThrow().phi(), within(1e-12));
  }

  @Test
  void ofADistributionIsItsLargestVarianceOverTheLargestOfIndependentRows() {
    // Below the borders lie 30 and 60, then 10 and 40 of 100: shares .2 and .5. Variances (10² +
    // 10²)/100 = 2 at both, over 1 degree; the largest of independent rows is .25. By hand.
    Overdispersion of =
        Overdispersion.ofCumulative(new long[][] {{30, 30, 40}, {10, 30, 60}}).orElseThrow();
    assertThat(of.phi()).isCloseTo(2 / 0.25, within(1e-12));
    assertThat(of.degrees()).isEqualTo(1);
  }

  /**
   * Rows are uniform on [0, 1) and windows move by d = ±0.05; what leaves stays at the end. A share
   * below x then has the variance n d² = 2.5 besides x (1 - x), so phi = 1 + 2.5 / .25 at the
   * middle; of ten bins only the two at the ends hold more or fewer rows.
   */
  @Test
  void windowsThatMoveAsAWholeVaryMoreThanTheirBins() {
    SplittableRandom random = new SplittableRandom(4);
    int windows = 1_000;
    long[][] counts = new long[windows][10];
    for (int w = 0; w < windows; w++) {
      double shift = w % 2 == 0 ? 0.05 : -0.05;
      for (int row = 0; row < 1_000; row++) {
        double value = Math.min(0.999, Math.max(0, random.nextDouble() + shift));
        counts[w][(int) (10 * value)]++;
      }
    }
    double cumulative = Overdispersion.ofCumulative(counts).orElseThrow().phi();
    double bins = Overdispersion.ofBins(counts).orElseThrow().phi();
    // The 1 is a chi-square over 1 000 degrees, and so off by .045; the middle is one of 9 borders.
    assertThat(cumulative).isCloseTo(11, within(0.8));
    assertThat(bins).isLessThan(cumulative / 1.5);
  }

  @Test
  void ofMeansIsTheirVarianceTimesNOverS2() {
    // Means 1, 2, 3 of 50 rows, s = 5: variance 1 * 50 / 25 = 2. By hand.
    Overdispersion of =
        Overdispersion.ofMeans(new double[] {1, 2, 3}, new long[] {50, 50, 50}, 5).orElseThrow();
    assertThat(of.phi()).isCloseTo(2, within(1e-12));
  }

  @Test
  void ofEstimatesIsTheirWeightedSumOfSquaresPerDegree() {
    // 1, 2 and 4 with weights 4, 4 and 1: mean 16/9, (4 * 7² + 4 * 2² + 20²)/81 = 68/9, over 2
    // degrees. By hand.
    Overdispersion of =
        Overdispersion.ofEstimates(
                List.of(Estimate.exact(1, 0.5), Estimate.exact(2, 0.5), new Estimate(4, 1.0, 0.1)))
            .orElseThrow();
    assertThat(of.phi()).isCloseTo(34.0 / 9, within(1e-12));
    assertThat(of.degrees()).isEqualTo(2);
  }

  /** With s / sqrt n as standard error: three windows of the test above. */
  @Test
  void ofEstimatesOfMeansIsThatOfMeans() {
    double error = 5 / Math.sqrt(50);
    assertThat(
            Overdispersion.ofEstimates(
                    List.of(
                        Estimate.exact(1, error),
                        Estimate.exact(2, error),
                        Estimate.exact(3, error)))
                .orElseThrow()
                .phi())
        .isCloseTo(2, within(1e-12));
  }

  /** AUC 0.8 of 50 positives and 250 negatives a window, each of them so many rows. */
  @ParameterizedTest(name = "{0} equal rows per entity")
  @ValueSource(ints = {1, 4})
  void ofEstimatesFindsHowManyRowsAnEntityHas(int rowsPerEntity) {
    SplittableRandom random = new SplittableRandom(6);
    double shift = Math.sqrt(2) * Normal.quantile(0.8);
    List<Estimate> windows = new ArrayList<>();
    for (int w = 0; w < 2_000; w++) {
      List<ScoreBin> bins = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        double score = random.nextGaussian() + (i < 50 ? shift : 0);
        int positives = i < 50 ? rowsPerEntity : 0;
        bins.add(new ScoreBin(score, score, positives, rowsPerEntity - positives));
      }
      bins.sort(Comparator.comparing(ScoreBin::low));
      windows.add(
          RocAuc.of(ScoreTable.of(bins))
              .flatMap(RocAuc::estimate)
              .flatMap(Estimate::logit)
              .orElseThrow());
    }
    // 2 000 degrees: the standard error of phi is phi * sqrt(2/2000) = 3 % of it. That standard
    // errors come from 50 positives makes it about 3 % too large.
    assertThat(Overdispersion.ofEstimates(windows).orElseThrow().phi())
        .isBetween(0.95 * rowsPerEntity, 1.12 * rowsPerEntity);
  }

  @Test
  void anEstimateWithoutErrorGivesNone() {
    assertThat(
            Overdispersion.ofEstimates(List.of(Estimate.exact(1, 0), Estimate.exact(2, 1)))
                .reason())
        .hasValueSatisfying(why -> assertThat(why).contains("standard error of 0"));
  }

  @Test
  void isNeverBelowOne() {
    assertThat(
            Overdispersion.ofRates(new long[] {20, 20}, new long[] {100, 100}).orElseThrow().phi())
        .isEqualTo(1);
    assertThat(Overdispersion.ofRates(new long[] {0, 0}, new long[] {9, 9}).orElseThrow().phi())
        .isEqualTo(1);
    assertThat(Overdispersion.ofCumulative(new long[][] {{0, 9}, {0, 9}}).orElseThrow().phi())
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
    // 2 000 degrees at each border: 10 * sqrt(2/2000) = 0.32, and the largest of nine.
    assertThat(Overdispersion.ofCumulative(counts).orElseThrow().phi()).isBetween(9.0, 11.3);
  }

  @Test
  void needsTwoWindows() {
    assertThat(Overdispersion.ofRates(new long[] {1}, new long[] {2}).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("two reference windows"));
    assertThat(Overdispersion.ofBins(new long[][] {{0, 0}, {1, 2}}).isDefined()).isFalse();
    assertThat(Overdispersion.ofEstimates(List.of()).isDefined()).isFalse();
    assertThat(Overdispersion.ofEstimates(List.of(Estimate.exact(1, 1))).isDefined()).isFalse();
    assertThat(Overdispersion.ofCumulative(new long[][] {{0, 0}, {1, 2}}).isDefined()).isFalse();
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
