package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalseDiscoveryTest {
  // Benjamini and Hochberg (1995), section 4.1: fifteen comparisons of two treatments of heart
  // attacks. They reject the first four at 0.05, where Bonferroni rejects three.
  private static final double[] HEART_ATTACKS = {
    .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528,
    .7590, 1
  };

  @Test
  void agreesWithTheAuthorsExample() {
    double[] q = FalseDiscovery.adjusted(HEART_ATTACKS);
    // By hand, m p(j)/j: the 6th is 15 · .0278/6 = .0695, above that of the 7th, which counts.
    assertThat(q)
        .containsExactly(
            new double[] {
              .0015,
              .003,
              .0095,
              15 * .0095 / 4,
              .0603,
              15 * .0298 / 7,
              15 * .0298 / 7,
              .0645,
              .0765,
              .486,
              15 * .4262 / 11,
              15 * .5719 / 12,
              15 * .6528 / 13,
              15 * .7590 / 14,
              1
            },
            within(1e-12));
    assertThat(Arrays.stream(q).filter(one -> one <= 0.05)).hasSize(4);
  }

  @Test
  void keepsTheOrderOfTheTests() {
    assertThat(FalseDiscovery.adjusted(new double[] {.9, .01, .5}))
        .containsExactly(new double[] {.9, .03, .75}, within(1e-12));
  }

  @Test
  void tiesShareOneValue() {
    // Three at rank 3 of 4: 4 · .03/3 = .04.
    assertThat(FalseDiscovery.adjusted(new double[] {.03, .2, .03, .03}))
        .containsExactly(new double[] {.04, .2, .04, .04}, within(1e-12));
    assertThat(FalseDiscovery.adjusted(new double[] {0.0, -0.0, 1})).containsExactly(0, 0, 1);
  }

  @Test
  void noTestsHaveNoValues() {
    assertThat(FalseDiscovery.adjusted(new double[0])).isEmpty();
    assertThat(FalseDiscovery.adjusted(new double[] {.04})).containsExactly(.04);
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (double wrong : new double[] {Double.NaN, -1e-9, 1.1, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> FalseDiscovery.adjusted(new double[] {.5, wrong}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A p-value lies in [0, 1], but that of test 1 is " + wrong + ".");
    }
  }

  /** By definition: q is the least alpha at which the step-up procedure rejects the test. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
  void isTheLeastLevelAtWhichTheTestIsRejected(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] p = new double[1 + random.nextInt(40)];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.round(1000 * Math.pow(random.nextDouble(), 3)) / 1000.0;
    }
    double[] q = FalseDiscovery.adjusted(p);
    for (int i = 0; i < p.length; i++) {
      assertThat(isRejected(p, i, q[i] + 1e-12)).isTrue();
      assertThat(q[i] > 0 && isRejected(p, i, q[i] - 1e-12)).isFalse();
    }
  }

  private static boolean isRejected(double[] p, int test, double alpha) {
    double[] ascending = p.clone();
    Arrays.sort(ascending);
    double threshold = -1;
    for (int k = 1; k <= p.length; k++) {
      if (ascending[k - 1] <= alpha * k / p.length) {
        threshold = ascending[k - 1];
      }
    }
    return alpha >= 1 || p[test] <= threshold;
  }

  /** Half the tests are quiet, half find something: false alarms stay below half of 5 %. */
  @Test
  void falseAlarmsAreNoMoreThanTheStatedShare() {
    SplittableRandom random = new SplittableRandom(20);
    double share = 0;
    int rounds = 2000;
    for (int round = 0; round < rounds; round++) {
      double[] p = new double[40];
      for (int i = 0; i < p.length; i++) {
        p[i] = i < 20 ? random.nextDouble() : random.nextDouble() * 1e-3;
      }
      double[] q = FalseDiscovery.adjusted(p);
      long wrong = Arrays.stream(q, 0, 20).filter(one -> one <= 0.05).count();
      long all = Arrays.stream(q).filter(one -> one <= 0.05).count();
      share += all == 0 ? 0 : (double) wrong / all;
    }
    // Exactly 0.025 for independent tests (theorem 1 of 1995); four standard errors are 0.003.
    assertThat(share / rounds).isCloseTo(0.025, within(0.003));
  }
}
