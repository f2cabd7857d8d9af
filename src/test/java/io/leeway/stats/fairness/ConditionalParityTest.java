package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class ConditionalParityTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static Stratum stratum(String name, long rows, long x, long n, long y, long m) {
    return new Stratum(name, rows, new GroupRate("f", x, n), new GroupRate("m", y, m));
  }

  @Test
  void oneStratumIsTheDifferenceOfTwoRates() {
    ConditionalParity of =
        ConditionalParity.of(List.of(stratum("all", 150, 56, 70, 48, 80)), 1, NONE).orElseThrow();
    assertThat(of.difference()).isCloseTo(0.2, within(1e-15));
    assertThat(of.interval().low())
        .isCloseTo(Newcombe.difference(56, 70, 48, 80, NONE).orElseThrow().low(), within(1e-14));
    // Pooled two-proportion z 2.650172, p .008045: statsmodels 0.15.
    assertThat(of.difference() / of.errorIfAlike()).isCloseTo(2.650172, within(5e-7));
    assertThat(of.pChange()).isCloseTo(0.008045, within(5e-7));
  }

  // Berkeley in small: in each department women are admitted as often or more, but they apply where
  // few are admitted. Weights 100/300 and 200/300, differences .1 and 0.
  @Test
  void theMixOfStrataIsNoDisparity() {
    List<Stratum> strata =
        List.of(stratum("easy", 100, 18, 20, 64, 80), stratum("hard", 200, 32, 160, 8, 40));
    ConditionalParity of = ConditionalParity.of(strata, 1, NONE).orElseThrow();
    assertThat(50.0 / 180 - 72.0 / 120).isLessThan(-0.3);
    assertThat(of.difference()).isCloseTo(0.1 / 3, within(1e-14));
    assertThat(of.interval().contains(0)).isTrue();
    assertThat(of.strataUsed()).isEqualTo(2);
  }

  @Test
  void strataWithoutOneOfTheGroupsAreLeftOut() {
    List<Stratum> strata =
        List.of(stratum("both", 100, 18, 20, 64, 80), stratum("one", 70, 3, 70, 0, 0));
    ConditionalParity of = ConditionalParity.of(strata, 1, NONE).orElseThrow();
    assertThat(of.strataUsed()).isEqualTo(1);
    assertThat(of.rowsLeftOut()).isEqualTo(70);
    assertThat(ConditionalParity.of(strata, 30, NONE).reason())
        .contains("In none of 2 strata do both groups have 30 rows.");
    assertThatThrownBy(() -> stratum("both", 99, 18, 20, 64, 80))
        .hasMessageContaining("99 rows, fewer than its two groups together");
  }

  // Two strata without a difference: 5 % of 4 000 tests, within 4 Monte Carlo errors of .35 %.
  @Test
  void theTestHoldsItsLevel() {
    Well19937c random = new Well19937c(5);
    BinomialDistribution a = new BinomialDistribution(random, 100, 0.2);
    BinomialDistribution b = new BinomialDistribution(random, 300, 0.2);
    BinomialDistribution c = new BinomialDistribution(random, 200, 0.6);
    int rejected = 0;
    for (int draw = 0; draw < 4_000; draw++) {
      List<Stratum> strata =
          List.of(
              stratum("low", 400, a.sample(), 100, b.sample(), 300),
              stratum("high", 500, c.sample(), 200, c.sample(), 200));
      ConditionalParity of = ConditionalParity.of(strata, 1, NONE).orElseThrow();
      rejected += of.pChange() <= 0.05 ? 1 : 0;
    }
    assertThat(rejected / 4_000.0).isCloseTo(0.05, within(0.014));
  }

  // Three strata of differing sizes and rates: 95 % of 2 000 intervals cover the weighted
  // difference, within 4 Monte Carlo errors of .49 %.
  @Test
  void theIntervalCovers() {
    Well19937c random = new Well19937c(3);
    int[] n = {30, 200, 60};
    int[] m = {300, 100, 60};
    double[] p = {0.1, 0.4, 0.7};
    double[] q = {0.15, 0.3, 0.7};
    int all = 750;
    double truth = 0;
    BinomialDistribution[] x = new BinomialDistribution[3];
    BinomialDistribution[] y = new BinomialDistribution[3];
    for (int s = 0; s < 3; s++) {
      truth += (n[s] + m[s]) / (double) all * (p[s] - q[s]);
      x[s] = new BinomialDistribution(random, n[s], p[s]);
      y[s] = new BinomialDistribution(random, m[s], q[s]);
    }
    int covered = 0;
    for (int draw = 0; draw < 2_000; draw++) {
      Stratum[] strata = new Stratum[3];
      for (int s = 0; s < 3; s++) {
        strata[s] = stratum("s" + s, n[s] + m[s], x[s].sample(), n[s], y[s].sample(), m[s]);
      }
      covered +=
          ConditionalParity.of(List.of(strata), 1, NONE).orElseThrow().interval().contains(truth)
              ? 1
              : 0;
    }
    assertThat(covered / 2_000.0).isCloseTo(0.95, within(0.02));
  }
}
