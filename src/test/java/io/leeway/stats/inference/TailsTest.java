package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tails; expected values are integrals of the densities with 30 digits, mpmath 1.3. */
class TailsTest {
  private static final Percentage DIGITS = Percentage.withPercentage(1e-8);

  @ParameterizedTest
  @CsvSource({
    "3, 2, 1, 0.379356346780456",
    "48.45, 9, 55, 0.844714030553714",
    "100, 9, 20, 3.80108820078267e-7",
    "200, 9, 20, 1.8926602989961e-20",
    "1000, 1, 900, 0.0523185846622729",
    "5000, 19, 5200, 0.936543240892231",
    "30, 6.37, 12.5, 0.0912442583198998",
    "60, 17.8, 3.3, 4.05510225118422e-5",
    "4, 0.73, 1.9, 0.239400832287557"
  })
  void noncentralChiSquareIsTheIntegral(double x, double degrees, double lambda, double tail) {
    assertThat(NoncentralChiSquare.upperTail(x, degrees, lambda)).isCloseTo(tail, DIGITS);
  }

  // The formula is the sum itself, so large noncentralities are held against the normal limit:
  // X is about N(d + l, 2d + 4l), with a skewness of order l^-1/2.
  @ParameterizedTest
  @CsvSource({"1e5", "1e6", "1e8"})
  void noncentralChiSquareTurnsNormal(double lambda) {
    double x = 9 + lambda + 2 * Math.sqrt(18 + 4 * lambda);
    assertThat(NoncentralChiSquare.upperTail(x, 9, lambda))
        .isCloseTo(Normal.upperTail(2), within(0.3 / Math.sqrt(lambda)));
  }

  @Test
  void withoutNoncentralityItIsChiSquare() {
    assertThat(NoncentralChiSquare.upperTail(10, 5, 0)).isEqualTo(ChiSquare.upperTail(10, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "48.4, 9, 0.025",
    "48.4, 9, 0.975",
    "20, 9, 0.025",
    "9.5, 1, 0.5",
    "1e6, 9, 0.025",
    "1e-3, 9, 0.999999999",
    "3000, 200, 0.975",
    "30, 1, 0.025"
  })
  void noncentralityGivesTheTailBack(double x, double degrees, double tail) {
    double lambda = NoncentralChiSquare.noncentrality(x, degrees, tail);
    double back = NoncentralChiSquare.upperTail(x, degrees, lambda);
    if (lambda > 0) {
      assertThat(back).isCloseTo(tail, within(1e-10));
    } else {
      assertThat(back).isGreaterThanOrEqualTo(tail);
    }
  }

  @Test
  void noncentralityIsZeroWhereNoneGivesTheTail() {
    // The central tail at the mean is far above 0.025.
    assertThat(NoncentralChiSquare.noncentrality(9, 9, 0.025)).isZero();
    assertThat(NoncentralChiSquare.noncentrality(0, 9, 0.025)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0.975, 9, 0",
    "0.975, 9, 0.3",
    "0.975, 1, 1e-9",
    "0.975, 9, 40",
    "0.025, 9, 40",
    "0.999999, 2, 3",
    "0.5, 1, 1e4",
    "1e-12, 4, 100",
    "1e-12, 1, 0",
    "1e-5, 300, 2500"
  })
  void quantileGivesTheTailBack(double tail, double degrees, double lambda) {
    double x = NoncentralChiSquare.quantile(tail, degrees, lambda);
    double back = NoncentralChiSquare.upperTail(x, degrees, lambda);
    assertThat(back).isCloseTo(tail, within(1e-10 * tail));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 5, 0.0752352461465122",
    "200, 9, 3.31299239390955e-38",
    "3.84145882069412, 1, 0.05",
    "0, 3, 1"
  })
  void chiSquareIsTheIntegral(double x, double degrees, double tail) {
    assertThat(ChiSquare.upperTail(x, degrees)).isCloseTo(tail, DIGITS);
  }

  @Test
  void chiSquareWithoutDegreesIsAlwaysZero() {
    assertThat(ChiSquare.upperTail(0, 0)).isEqualTo(1);
    assertThat(ChiSquare.upperTail(0.1, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 7, 0.0204961092928764",
    "1, 1, 0.25",
    "6, 12, 3.10836943242928e-5",
    "0.3, 3, 0.39188164601996",
    "-1, 1, 0.75"
  })
  void studentIsTheIntegral(double t, double degrees, double tail) {
    assertThat(StudentT.upperTail(t, degrees)).isCloseTo(tail, DIGITS);
    assertThat(StudentT.lowerTail(-t, degrees)).isCloseTo(tail, DIGITS);
    assertThat(StudentT.quantile(1 - tail, degrees)).isCloseTo(t, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 9, 63, 0.0163401242003875",
    "5, 3, 7, 0.0366733542181865",
    "0.7, 4, 10, 0.609361450187862"
  })
  void fIsTheIntegral(double x, double above, double below, double tail) {
    assertThat(FisherF.upperTail(x, above, below)).isCloseTo(tail, DIGITS);
  }

  @Test
  void infiniteDegreesAreTheLimits() {
    assertThat(StudentT.upperTail(1.7, Double.POSITIVE_INFINITY)).isEqualTo(Normal.upperTail(1.7));
    assertThat(FisherF.upperTail(2, 5, Double.POSITIVE_INFINITY))
        .isEqualTo(ChiSquare.upperTail(10, 5));
  }

  // Abramowitz and Stegun, table 26.1 and 26.2.
  @Test
  void normalIsTheTabledOne() {
    assertThat(Normal.lowerTail(1.96)).isCloseTo(0.975002104851780, within(1e-14));
    assertThat(Normal.upperTail(6)).isCloseTo(9.865876450e-10, Percentage.withPercentage(1e-7));
    assertThat(Normal.quantile(0.975)).isCloseTo(Normal.Z95, within(1e-13));
    assertThat(Normal.lowerTail(Normal.quantile(1e-7)))
        .isCloseTo(1e-7, Percentage.withPercentage(1e-6));
  }

  @Test
  void argumentsAreChecked() {
    assertThatThrownBy(() -> NoncentralChiSquare.upperTail(1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StudentT.upperTail(1, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-2");
    assertThatThrownBy(() -> Normal.quantile(1)).isInstanceOf(IllegalArgumentException.class);
  }
}
