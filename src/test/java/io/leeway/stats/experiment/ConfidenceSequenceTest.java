package io.leeway.stats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.stats.experiment.ConfidenceSequence.Sides;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Normal;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfidenceSequenceTest {
  private static final Percentage TEN_DIGITS = Percentage.withPercentage(1e-8);

  private static Effect effect(double difference, double variance, double size) {
    return new Effect(difference, Math.sqrt(variance), size);
  }

  /** The formulas as written in the governance page, 2.8, by mpmath 1.3.0 with 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "TWO, 0.01, 0.000016, 10000, 40000, 0.05, 0.013057173487305621, 4.6233647287704807",
    "ONE, 0.01, 0.000016, 10000, 40000, 0.05, 0.012172773286504059, 7.2007897034636758",
    "TWO, 0.002, 0.0000004, 250000, 100000, 0.0125, 0.0022411281688102992, 23.298593511294575",
    "ONE, 0.002, 0.0000004, 250000, 100000, 0.0125, 0.0021017112602067298, 48.343593745924965",
    "TWO, -3, 2.25, 500, 500, 0.1, 4.1459078588518549, 2.0775644809788081"
  })
  void areThoseOfThePage(
      Sides sides,
      double d,
      double variance,
      double size,
      double planned,
      double alpha,
      double half,
      double eValue) {
    ConfidenceSequence sequence = new ConfidenceSequence(sides, alpha, planned);
    Interval interval = sequence.interval(effect(d, variance, size));
    assertThat(interval.high() - d).isCloseTo(half, TEN_DIGITS);
    assertThat(d - interval.low()).isCloseTo(half, TEN_DIGITS);
    assertThat(sequence.eValue(effect(d, variance, size), 0)).isCloseTo(eValue, TEN_DIGITS);
  }

  @Test
  void oneSidedEvidenceIsOfOneSideOnly() {
    ConfidenceSequence above = ConfidenceSequence.oneSided(.1, 500);
    assertThat(above.eValue(effect(-3, 2.25, 500), 0)).isEqualTo(0);
    assertThat(above.pValue(List.of(effect(-3, 2.25, 500)), 0)).isEqualTo(1);
    // The same page and program, d = 3.
    assertThat(above.eValue(effect(-3, 2.25, 500).negated(), 0))
        .isCloseTo(3.522041754301068, TEN_DIGITS);
  }

  /** Only N / N* and V matter, so that units and effective sizes of one share give the same. */
  @ParameterizedTest
  @EnumSource(Sides.class)
  void sizesMayBeCountedInAnyUnit(Sides sides) {
    double share = .1 * .9;
    Interval ofUnits =
        new ConfidenceSequence(sides, .05, 300_000).interval(effect(.01, 1e-5, 50_000));
    Interval ofSizes =
        new ConfidenceSequence(sides, .05, share * 300_000)
            .interval(effect(.01, 1e-5, share * 50_000));
    assertThat(ofSizes.low()).isCloseTo(ofUnits.low(), TEN_DIGITS);
  }

  /** Where a bound touches 0 its p-value is alpha: both say the same. */
  @ParameterizedTest
  @CsvSource({"ONE, 0.05, 20", "ONE, 0.01, 3000", "TWO, 0.05, 20", "TWO, 0.2, 700"})
  void boundsAndPValuesAgree(Sides sides, double alpha, double size) {
    ConfidenceSequence sequence = new ConfidenceSequence(sides, alpha, 500);
    Interval of = sequence.interval(effect(0, 4, size));
    assertThat(sequence.pValue(List.of(effect(of.high(), 4, size)), 0))
        .isCloseTo(alpha, TEN_DIGITS);
    assertThat(sequence.pValue(List.of(effect(of.high() + 7, 4, size)), 7))
        .isCloseTo(alpha, TEN_DIGITS);
  }

  /**
   * Ville's inequality needs a mixture of mean 1. That of one side is {@code 2 exp(z²/2) Phi(z) /
   * sqrt(N rho² + 1)}; where the closed form touches 0, it must have reached 1/alpha.
   */
  @ParameterizedTest
  @CsvSource({"0.05, 5", "0.05, 500", "0.05, 50000", "0.4, 500", "0.001, 500"})
  void oneSidedBoundsAreNoTighterThanTheirMixture(double alpha, double size) {
    double planned = 500;
    double logs = -2 * Math.log(2 * alpha);
    double time = (logs + Math.log(logs + 1)) * size / planned;
    double bound = ConfidenceSequence.oneSided(alpha, planned).interval(effect(0, 1, size)).high();
    double z = bound * Math.sqrt(time / (time + 1));
    double mixture = 2 * Math.exp(z * z / 2) * Normal.lowerTail(z) / Math.sqrt(time + 1);
    assertThat(mixture).isBetween(1 / alpha, 1 / alpha + 2);
  }

  @Test
  void pValuesRunToTheirLeast() {
    ConfidenceSequence sequence = ConfidenceSequence.twoSided(.05, 100);
    Effect strong = effect(4, 1, 50);
    Effect weak = effect(.1, 1, 100);
    double ofStrong = sequence.pValue(List.of(strong), 0);
    assertThat(ofStrong).isLessThan(.05);
    assertThat(sequence.pValue(List.of(weak), 0)).isEqualTo(1);
    assertThat(sequence.pValue(List.of(weak, strong, weak), 0)).isEqualTo(ofStrong);
    assertThat(sequence.pValue(List.of(), 0)).isEqualTo(1);
  }

  @Test
  void evidenceBeyondDoublesIsInfinite() {
    for (Sides sides : Sides.values()) {
      ConfidenceSequence sequence = new ConfidenceSequence(sides, .05, 100);
      assertThat(sequence.eValue(effect(60, 1, 100), 0)).isInfinite();
      assertThat(sequence.pValue(List.of(effect(60, 1, 100)), 0)).isEqualTo(0);
    }
  }

  /**
   * Without an effect d is Brownian motion over its time, which is drawn here at 800 looks between
   * a thousandth and a thousand times the planned size. The two-sided mixture passes 1/alpha with
   * probability alpha exactly when it is looked at always and for ever; so many looks miss a little
   * of that, and the one-sided closed form a little more. A fixed interval errs nearly always.
   */
  @ParameterizedTest
  @CsvSource({"TWO, 0.15, 0.21", "ONE, 0.12, 0.21"})
  void boundsHoldAtAllLooksTogether(Sides sides, double atLeast, double atMost) {
    double alpha = .2;
    ConfidenceSequence sequence = new ConfidenceSequence(sides, alpha, 1);
    double fixed = Normal.quantile(sides == Sides.TWO ? 1 - alpha / 2 : 1 - alpha);
    SplittableRandom random = new SplittableRandom(8);
    int tests = 3_000;
    int wrong = 0;
    int naivelyWrong = 0;
    for (int test = 0; test < tests; test++) {
      double sum = 0;
      double time = 0;
      boolean isWrong = false;
      boolean isNaivelyWrong = false;
      for (int look = 0; look < 800; look++) {
        double next = 1e-3 * Math.pow(10, 6.0 * look / 799);
        sum += random.nextGaussian() * Math.sqrt(next - time);
        time = next;
        Effect of = effect(sum / time, 1 / time, time);
        Interval bounds = sequence.interval(of);
        isWrong |= bounds.low() > 0 || (sides == Sides.TWO && bounds.high() < 0);
        double z = of.difference() / of.standardError();
        isNaivelyWrong |= (sides == Sides.TWO ? Math.abs(z) : z) > fixed;
      }
      wrong += isWrong ? 1 : 0;
      naivelyWrong += isNaivelyWrong ? 1 : 0;
    }
    // The standard error of a share of .2 of 3 000 is .0073.
    assertThat((double) wrong / tests).isBetween(atLeast, atMost + .0073);
    assertThat((double) naivelyWrong / tests).isGreaterThan(.9);
  }

  @Test
  void rejectsWhatIsNoLevelOrSize() {
    assertThatThrownBy(() -> ConfidenceSequence.twoSided(1, 10)).hasMessageContaining("but is 1.0");
    assertThatThrownBy(() -> ConfidenceSequence.oneSided(.5, 10))
        .hasMessageContaining("one-sided between 0 and 0.5, but is 0.5");
    assertThatThrownBy(() -> ConfidenceSequence.oneSided(.05, 0))
        .hasMessageContaining("planned size is positive and finite, but is 0.0");
    assertThatThrownBy(() -> effect(1, 0, 10)).hasMessageContaining("positive standard error");
  }
}
