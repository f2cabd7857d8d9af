package io.leeway.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.simulate.Draws.Draw;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawsTest {

  // Expected values: the class comment's formulas written again in Python, whose finaliser gives
  // SplitMix64's published sequence for seed 1234567 (6457827717110365317, 3203168211198807973, …).
  // They must stay: another value is another history for everyone's seed.
  @Test
  void drawsAreThoseOfTheFormula() {
    Draws draws = Draws.of(1, 1, 0);
    assertThat(draws.uniform(Draw.SCORED_AT)).isEqualTo(0.36539397155332415);
    assertThat(draws.uniform(Draw.STATE)).isEqualTo(0.17825175538100796);
    assertThat(draws.uniform("purpose=x")).isEqualTo(0.37264514331356563);
    // Box-Muller passes through logarithm and cosine, which Python may round otherwise.
    assertThat(draws.normal(Draw.INCOME)).isCloseTo(0.22927037095475655, within(1e-15));
    assertThat(Draws.of(-7, 75, 123_456_789_012L).uniform(Draw.NEVER_OBSERVED))
        .isEqualTo(0.10876485679240716);
  }

  // A name that shared a number with another would tie two columns together.
  @Test
  void everyNameDrawsItsOwnNumber() {
    Draws draws = Draws.of(1, 1, 0);
    assertThat(Arrays.stream(Draw.values()).map(draws::uniform)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Draw.values()).map(draws::normal)).doesNotHaveDuplicates();
  }

  // Standard errors of n draws: mean of a normal 1/sqrt(n), of its square sqrt(2/n), of an
  // exponential 1/sqrt(n), of the product of independent normals 1/sqrt(n). Five of them are
  // allowed.
  @Test
  void momentsAreThoseOfTheDistributionsWithSeed11() {
    int n = 40_000;
    double sum = 0;
    double squares = 0;
    double products = 0;
    double neighbours = 0;
    double waits = 0;
    double last = 0;
    for (int i = 0; i < n; i++) {
      Draws draws = Draws.of(11, 3, i);
      double z = draws.normal(Draw.INCOME);
      sum += z;
      squares += z * z;
      products += z * draws.normal(Draw.LOAN_AMOUNT);
      neighbours += z * last;
      waits += draws.exponential(Draw.OBSERVED_AFTER);
      last = z;
    }
    double error = 1 / Math.sqrt(n);
    assertThat(sum / n).isCloseTo(0, within(5 * error));
    assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2) * error));
    assertThat(products / n).isCloseTo(0, within(5 * error));
    assertThat(neighbours / n).isCloseTo(0, within(5 * error));
    assertThat(waits / n).isCloseTo(1, within(5 * error));
  }
}
