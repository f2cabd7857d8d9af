package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KolmogorovDistributionTest {
  // Marsaglia, Tsang and Wang (2003), section 4.
  @ParameterizedTest
  @CsvSource({
    "0.274, 10, 0.62847961545650427299",
    "0.04, 2000, 0.99676943191713676985",
    "0.016, 16000, 0.99945234913828052085"
  })
  void isThePublishedOne(double d, long n, double below) {
    assertThat(KolmogorovDistribution.upperTail(d, n)).isCloseTo(1 - below, within(1e-8));
  }

  // One point x: D = max(x, 1 - x), so P(D >= d) = 2 (1 - d) for d >= 1/2.
  @ParameterizedTest
  @CsvSource({"0.3, 1", "0.5, 1", "0.6, 0.8", "0.9, 0.2", "1, 0"})
  void ofOnePointIsALine(double d, double tail) {
    assertThat(KolmogorovDistribution.upperTail(d, 1)).isCloseTo(tail, within(1e-14));
  }

  // Two points, 1/2 <= d: P(D >= d) = 2 (1 - d)²; 1/4 <= d <= 1/2: 1 - 2 (2d - 1/2)². By hand.
  @ParameterizedTest
  @CsvSource({"0.25, 1", "0.3, 0.98", "0.45, 0.68", "0.5, 0.5", "0.7, 0.18"})
  void ofTwoPointsIsTwoParabolas(double d, double tail) {
    assertThat(KolmogorovDistribution.upperTail(d, 2)).isCloseTo(tail, within(1e-14));
  }

  // Limit: 2 sum (-1)^(j-1) exp(-2 j² t²) with 40 digits, mpmath 1.3.
  @ParameterizedTest
  @CsvSource({
    "0.2, 0.999999999999494959",
    "0.4, 0.997192326777298267",
    "0.6, 0.864282779050604305",
    "0.9, 0.392730707940654374",
    "0.99, 0.280873839225548912",
    "1.0, 0.269999671677354521",
    "1.01, 0.259434169093597452",
    "1.358, 0.0500267973344470142",
    "2, 0.000670925255779695347",
    "5, 3.85749969592783557e-22"
  })
  void limitIsTheSeries(double t, double tail) {
    assertThat(KolmogorovDistribution.limitUpperTail(t)).isCloseTo(tail, within(1e-15));
  }

  // Twice the Birnbaum-Tingey sum with 30 digits, mpmath 1.3: what SciPy computes there, too.
  @ParameterizedTest
  @CsvSource({
    "0.5, 20, 3.78759524053903e-5, 1e-12",
    "0.3, 100, 1.77198698926629e-8, 1e-12",
    "0.2, 141, 2.02767842239769e-5, 1e-10",
    "0.1, 1000, 3.70368709681772e-9, 1e-09",
    "0.05, 3000, 5.8746843414544e-7, 1e-09",
    "0.2, 3000, 1.18246846900765e-105, 1e-09",
    "0.03, 4000, 0.00146207520693617, 1e-05",
    "0.05, 4000, 3.94733502779672e-9, 0.0001",
    "0.02, 20000, 2.21812700700498e-7, 1e-05"
  })
  void tailKeepsItsDigitsFarOut(double d, long n, double tail, double relative) {
    assertThat(KolmogorovDistribution.upperTail(d, n) / tail).isCloseTo(1, within(relative));
  }

  @Test
  void limitIsOneWithoutDistance() {
    assertThat(KolmogorovDistribution.limitUpperTail(0)).isEqualTo(1);
    assertThat(KolmogorovDistribution.limitUpperTail(-3)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "7", "100", "140", "141", "1000", "2000", "2001", "3000", "3001", "100000", "5000000"
  })
  void fallsInDistance(long n) {
    double before = 1;
    for (double z = 0.05; z < 4; z += 0.001) {
      double tail = KolmogorovDistribution.upperTail(z / Math.sqrt((double) n), n);
      // Neighbouring formulas may disagree by their stated error.
      assertThat(tail).as("z %s", z).isBetween(0.0, before + (n > 140 && n < 200 ? 5e-6 : 3e-7));
      before = tail;
    }
  }

  @Test
  void approachesItsLimit() {
    for (double z = 0.3; z < 3; z += 0.1) {
      // The first term that the limit leaves out is of order n^-1/2.
      assertThat(KolmogorovDistribution.upperTail(z / 1e6, 1_000_000_000_000L))
          .isCloseTo(KolmogorovDistribution.limitUpperTail(z), within(1e-6));
    }
  }

  @Test
  void pointsRoundHalfToEven() {
    // 5*5/10 = 2.5, 7*7/14 = 3.5, 1*1/2 = 0.5.
    assertThat(KolmogorovDistribution.points(5, 5)).isEqualTo(2);
    assertThat(KolmogorovDistribution.points(7, 7)).isEqualTo(4);
    assertThat(KolmogorovDistribution.points(1, 1)).isEqualTo(0);
  }

  @Test
  void needsAPoint() {
    assertThatThrownBy(() -> KolmogorovDistribution.upperTail(0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one point");
  }
}
