package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareSumTest {
  @ParameterizedTest
  @CsvSource({"1, 0.5", "2, 3", "6, 20", "40, 60", "40, 130", "300, 420"})
  void equalWeightsAreOneChiSquare(int weights, double x) {
    ChiSquareSum sum = ChiSquareSum.of(2.0 * weights, 4.0 * weights, 2);
    double exact = ChiSquare.upperTail(x, weights);
    assertThat(sum.upperTail(2 * x)).isCloseTo(exact, within(1e-5 * exact));
  }

  /** Two weights are convolved exactly: here by a fine sum over the first one's quantiles. */
  @ParameterizedTest
  @CsvSource({"5, 1, 4", "5, 1, 30", "5, 1, 90", "20, 1, 400", "1.1, 1, 20"})
  void twoWeightsAreExact(double first, double second, double x) {
    double exact = 0;
    int steps = 200_000;
    double end = Math.sqrt(x / first);
    for (int i = 0; i < steps; i++) {
      double z = end * (i + 0.5) / steps;
      double left = (x - first * z * z) / second;
      exact += 2 * Normal.density(z) * 2 * Normal.upperTail(Math.sqrt(left)) * end / steps;
    }
    exact += 2 * Normal.upperTail(end);
    double found =
        ChiSquareSum.of(first + second, first * first + second * second, first).upperTail(x);
    assertThat(found).isCloseTo(exact, within(1e-3 * exact));
  }

  // Weights 5, 3, 1, 1, 1, .5, .5: 4 million sums; tails of 1e-2 to 2e-5 within a tenth and four
  // standard errors. The one chi-square of the same mean and variance gives 2e-5 as 2e-6.
  @Test
  void tailsAreThoseOfSimulatedSums() {
    double[] weights = {5, 3, 1, 1, 1, 0.5, 0.5};
    double sum = 12;
    double squares = 37.5;
    double[] at = {38, 58, 78, 102};
    int[] above = new int[at.length];
    SplittableRandom random = new SplittableRandom(5);
    int draws = 4_000_000;
    for (int draw = 0; draw < draws; draw++) {
      double total = 0;
      for (double weight : weights) {
        double z = random.nextGaussian();
        total += weight * z * z;
      }
      for (int i = 0; i < at.length; i++) {
        above[i] += total > at[i] ? 1 : 0;
      }
    }
    ChiSquareSum of = ChiSquareSum.of(sum, squares, 5);
    for (int i = 0; i < at.length; i++) {
      double simulated = (double) above[i] / draws;
      double error = 4 * Math.sqrt(simulated / draws);
      assertThat(above[i]).isPositive();
      assertThat(of.upperTail(at[i])).isCloseTo(simulated, within(0.1 * simulated + error));
    }
    double one = ChiSquare.upperTail(102 * sum / squares, sum * sum / squares);
    assertThat(one).isLessThan(0.2 * above[3] / draws);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 7, 1.5",
    "3, 7, 40",
    "10, 70, 2",
    "10, 70, 9",
    "45, 2000, 1.8",
    "1, 7, 30",
    "6, 12, 0.01"
  })
  void anEstimatedUnitMakesItFishersF(int weights, double below, double f) {
    ChiSquareSum sum = ChiSquareSum.of(weights, weights, 1);
    double exact = FisherF.upperTail(f, weights, below);
    assertThat(sum.upperTail(f * weights, below)).isCloseTo(exact, within(1e-4 * exact));
  }

  @Test
  void endsAreOneAndNothing() {
    ChiSquareSum sum = ChiSquareSum.of(10, 40, 5);
    assertThat(sum.upperTail(0)).isEqualTo(1);
    assertThat(sum.upperTail(-1, 7)).isEqualTo(1);
    assertThat(sum.upperTail(1e-9)).isCloseTo(1, within(1e-4));
    assertThat(sum.upperTail(1e6)).isBetween(0.0, 1e-300);
    assertThat(sum.upperTail(30, Double.POSITIVE_INFINITY)).isEqualTo(sum.upperTail(30));
    assertThatIllegalArgumentException().isThrownBy(() -> sum.upperTail(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChiSquareSum(0, 1, 1));
  }
}
