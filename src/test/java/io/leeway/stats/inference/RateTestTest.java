package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTestTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  // The next four: golden numbers of the project's statistics page, B9.
  @Test
  void fallsByFivePercent() {
    RateTest test = RateTest.againstReference(380, 500, 4250, 5000, 0, 0.95, NONE).orElseThrow();
    assertThat(test.z()).isCloseTo(-2.521044, within(5e-7));
    assertThat(test.pFall()).isCloseTo(0.00585036, within(5e-9));
    assertThat(test.pRise()).isCloseTo(1 - test.pFall(), within(1e-12));
  }

  @Test
  void noChange() {
    RateTest test = RateTest.againstReference(380, 500, 4250, 5000, 0, 1, NONE).orElseThrow();
    assertThat(test.z()).isCloseTo(-4.989750, within(5e-7));
    assertThat(test.pFall()).isCloseTo(3.02287e-7, within(5e-13));
  }

  @Test
  void smallWindowFallsByFivePercent() {
    RateTest test = RateTest.againstReference(25, 50, 1700, 2000, 0, 0.95, NONE).orElseThrow();
    assertThat(test.pFall()).isCloseTo(7.2747e-7, within(5e-12));
  }

  @Test
  void risesByTwoPoints() {
    RateTest test = RateTest.againstReference(12, 200, 50, 5000, 0.02, 1, NONE).orElseThrow();
    assertThat(test.z()).isCloseTo(2.176899, within(5e-7));
    assertThat(test.pRise()).isCloseTo(0.0147441, within(5e-8));
  }

  // Sum of binomial probabilities with 30 digits, mpmath 1.3; B9 gives 1.01e-3.
  @Test
  void constantLimitIsTheBinomialTail() {
    RateTest test = RateTest.againstConstant(8, 200, 0.01, NONE).orElseThrow();
    assertThat(test.pRise()).isCloseTo(0.00101255715052, Percentage.withPercentage(1e-7));
    // P(X <= 8) = 1 - P(X >= 9).
    assertThat(test.pFall()).isCloseTo(0.999787463228, within(1e-11));
  }

  @Test
  void tailsOfAConstantLimitShareTheObservedCount() {
    // P(X <= 3) + P(X >= 3) = 1 + P(X = 3); 10 over 3 times 0.4³ 0.6⁷ by hand.
    RateTest test = RateTest.againstConstant(3, 10, 0.4, NONE).orElseThrow();
    assertThat(test.pFall() + test.pRise())
        .isCloseTo(1 + 120 * 0.064 * Math.pow(0.6, 7), within(1e-12));
  }

  @Test
  void nothingOfSomethingIsNoRise() {
    assertThat(RateTest.againstConstant(0, 50, 0.1, NONE).orElseThrow().pRise()).isEqualTo(1);
    assertThat(RateTest.againstConstant(0, 50, 0.1, NONE).orElseThrow().pFall())
        .isCloseTo(Math.pow(0.9, 50), within(1e-14));
    assertThat(RateTest.againstConstant(5, 50, 0, NONE).orElseThrow().pRise()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void goldenSectionFindsTheLikeliestBorder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 40; i++) {
      long n = 1 + random.nextLong(200);
      long m = 1 + random.nextLong(500);
      long x = random.nextLong(n + 1);
      long y = random.nextLong(m + 1);
      double a = random.nextInt(3) == 0 ? 0 : random.nextDouble(-0.2, 0.2);
      double b = random.nextInt(3) == 0 ? 1 : random.nextDouble(0.5, 1.2);
      double z = RateTest.againstReference(x, n, y, m, a, b, NONE).orElseThrow().z();
      double best = Double.POSITIVE_INFINITY;
      for (int step = 0; step <= 50_000; step++) {
        double q = step / 50_000.0;
        double p = a + b * q;
        if (p >= 0 && p <= 1) {
          best = Math.min(best, 2 * (loss(x, n, p) + loss(y, m, q)));
        }
      }
      double excess = (double) x / n - a - b * y / m;
      if (Math.abs(excess) > 1e-12) {
        assertThat(z * z)
            .as("%s of %s against %s of %s, %s + %s r", x, n, y, m, a, b)
            .isLessThanOrEqualTo(best + 1e-9)
            .isCloseTo(best, within(0.02 + 0.002 * best));
        assertThat(Math.signum(z)).isEqualTo(Math.signum(excess));
      }
    }
  }

  private static double loss(long x, long n, double p) {
    return (x == 0 ? 0 : x * Math.log((double) x / n / p))
        + (x == n ? 0 : (n - x) * Math.log((double) (n - x) / n / (1 - p)));
  }

  @Test
  void overdispersionShrinksZAndThickensTails() {
    RateTest plain = RateTest.againstReference(380, 500, 4250, 5000, 0, 1, NONE).orElseThrow();
    RateTest wide =
        RateTest.againstReference(380, 500, 4250, 5000, 0, 1, new Overdispersion(4, 7))
            .orElseThrow();
    assertThat(wide.z()).isCloseTo(plain.z() / 2, within(1e-12));
    assertThat(wide.pFall()).isEqualTo(StudentT.lowerTail(wide.z(), 7));
    assertThat(wide.pFall()).isGreaterThan(Normal.lowerTail(wide.z()));
  }

  /**
   * Power against a reference of 5 000 at .85, p below .001: the statistics page, B9. Of 1 000
   * repeats a share has a standard error of .016 at most.
   */
  @ParameterizedTest
  @CsvSource({
    "0.05, 500, 0.41, 0",
    "0.05, 2000, 0.97, 0.01",
    "0.10, 500, 0.99, 0.47",
    "0.10, 2000, 1, 0.99",
    "0.15, 200, 0.98, 0.67"
  })
  void findsFallsOfAccuracyAsOftenAsStated(double fall, int n, double change, double strict) {
    SplittableRandom random = new SplittableRandom(17);
    int repeats = 1_000;
    int changes = 0;
    int stricts = 0;
    for (int i = 0; i < repeats; i++) {
      long y = events(random, 5_000, 0.85);
      long x = events(random, n, 0.85 - fall);
      changes +=
          RateTest.againstReference(x, n, y, 5_000, 0, 1, NONE).orElseThrow().pFall() < 0.001
              ? 1
              : 0;
      stricts +=
          RateTest.againstReference(x, n, y, 5_000, 0, 0.95, NONE).orElseThrow().pFall() < 0.001
              ? 1
              : 0;
    }
    assertThat(changes / (double) repeats).isCloseTo(change, within(0.05));
    assertThat(stricts / (double) repeats).isCloseTo(strict, within(0.05));
  }

  /** The page's B9: .041 to .054 at the limit where an event is expected; standard error .0034. */
  @ParameterizedTest
  @CsvSource({"500, 0.85", "200, 0.1", "2000, 0.02"})
  void errsFivePercentAtTheLimit(int n, double rate) {
    SplittableRandom random = new SplittableRandom(19);
    int repeats = 4_000;
    int wrong = 0;
    for (int i = 0; i < repeats; i++) {
      long y = events(random, 5_000, rate);
      long x = events(random, n, 0.95 * rate);
      wrong +=
          RateTest.againstReference(x, n, y, 5_000, 0, 0.95, NONE).orElseThrow().pFall() < 0.05
              ? 1
              : 0;
    }
    assertThat(wrong / (double) repeats).isBetween(0.041 - 0.01, 0.054 + 0.01);
  }

  private static long events(SplittableRandom random, int n, double rate) {
    long events = 0;
    for (int row = 0; row < n; row++) {
      events += random.nextDouble() < rate ? 1 : 0;
    }
    return events;
  }

  @Test
  void isUndefinedWithoutRows() {
    assertThat(RateTest.againstReference(0, 0, 1, 2, 0, 1, NONE).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("denominator"));
    assertThat(RateTest.againstConstant(0, 0, 0.5, NONE).isDefined()).isFalse();
  }

  @Test
  void refusesMoreEventsThanRows() {
    assertThatThrownBy(() -> RateTest.againstConstant(3, 2, 0.5, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 of 2");
    assertThatThrownBy(() -> RateTest.againstReference(1, 2, 1, 2, 1.5, 1, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("border");
  }
}
