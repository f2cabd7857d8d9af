package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Overdispersion;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private static final Confusion SOME = new Confusion(60, 30, 80, 40);

  @Test
  void ratesAreCountsOfTheirOwnDenominators() {
    assertThat(SOME.n()).isEqualTo(210);
    assertThat(SOME.accuracy()).isEqualTo(new Share(140, 210));
    assertThat(SOME.precision()).isEqualTo(new Share(60, 90));
    assertThat(SOME.recall()).isEqualTo(new Share(60, 100));
    assertThat(SOME.specificity()).isEqualTo(new Share(80, 110));
    assertThat(SOME.falsePositiveRate()).isEqualTo(new Share(30, 110));
    assertThat(SOME.falseNegativeRate()).isEqualTo(new Share(40, 100));
    assertThat(SOME.negativePredictiveValue()).isEqualTo(new Share(80, 120));
    assertThat(SOME.baseRate()).isEqualTo(new Share(100, 210));
    assertThat(SOME.predictedRate()).isEqualTo(new Share(90, 210));
  }

  @Test
  void countsAddUpAndNoneIsTheNeutralOne() {
    assertThat(SOME.plus(new Confusion(1, 2, 3, 4))).isEqualTo(new Confusion(61, 32, 83, 44));
    assertThat(SOME.plus(Confusion.EMPTY)).isEqualTo(SOME);
  }

  // Newcombe (1998), table I, method 3: 81 of 263.
  @Test
  void aShareHasWilsonsInterval() {
    Share share = new Share(81, 263);
    assertThat(share.interval(Overdispersion.NONE).orElseThrow().low())
        .isCloseTo(0.2553, within(5e-5));
    assertThat(share.estimate().orElseThrow().standardError())
        .isCloseTo(Math.sqrt(81.0 / 263 * 182 / 263 / 263), within(1e-15));
  }

  /** Others say 0 (scikit-learn, Clarify) or 1 (MLlib's binary metrics). */
  @Test
  void precisionWithoutPredictedPositivesIsUndefined() {
    Confusion none = new Confusion(0, 0, 30, 5);
    assertThat(none.precision().value().reason()).isPresent();
    assertThat(none.precision().interval(Overdispersion.NONE).isDefined()).isFalse();
    assertThat(none.recall().value().orElseThrow()).isZero();
    assertThat(none.f1().orElseThrow().value()).isZero();
  }

  @Test
  void allNegativesLeaveWhatIsAboutPositivesUndefined() {
    Confusion negatives = new Confusion(0, 0, 30, 0);
    assertThat(negatives.recall().value().isDefined()).isFalse();
    assertThat(negatives.f1().reason()).hasValue("No row is positive or predicted so.");
    assertThat(negatives.balancedAccuracy().reason()).hasValue("No labelled row is positive.");
    assertThat(new Confusion(3, 0, 0, 2).balancedAccuracy().reason())
        .hasValue("No labelled row is negative.");
    assertThat(negatives.accuracy().value().orElseThrow()).isEqualTo(1);
  }

  @Test
  void mccIsTheOneOfTwoClasses() {
    // (60*80 - 30*40) / sqrt(90*100*110*120), by its definition.
    assertThat(SOME.mcc().orElseThrow().value())
        .isCloseTo(3600 / Math.sqrt(90.0 * 100 * 110 * 120), within(1e-15));
    // scikit-learn's documentation of matthews_corrcoef: +1 +1 +1 -1 against +1 -1 +1 +1 is -0.33.
    assertThat(new Confusion(2, 1, 0, 1).mcc().orElseThrow().value())
        .isCloseTo(-1 / 3.0, within(1e-15));
    assertThat(new Confusion(5, 0, 7, 0).mcc().orElseThrow().value()).isCloseTo(1, within(1e-15));
  }

  @Test
  void mccOfOneClassIsAConventionThatNoRuleMayUse() {
    for (Confusion one :
        new Confusion[] {
          new Confusion(5, 0, 0, 0), new Confusion(0, 0, 30, 5), new Confusion(4, 9, 0, 0)
        }) {
      Measure mcc = one.mcc().orElseThrow();
      assertThat(mcc.value()).isZero();
      assertThat(mcc.byConvention()).isTrue();
      assertThat(mcc.estimate().reason()).isPresent();
    }
    assertThat(new Confusion(0, 0, 30, 5).mcc().orElseThrow().estimate().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("All predictions are of one class"));
    assertThat(SOME.mcc().orElseThrow().byConvention()).isFalse();
    assertThat(Confusion.EMPTY.mcc().reason()).hasValue("No row has a label.");
  }

  /** A wide count must not lose mcc to rounding: 3e9 rows of which one is classified wrong. */
  @Test
  void mccHoldsForBillionsOfRows() {
    Confusion wide = new Confusion(1_500_000_000, 0, 1_500_000_000, 1);
    // With fp 0, fn 1 and tp = tn = T: T T / sqrt(T (T + 1) T (T + 1)) = 1 - 1/(T + 1). By hand.
    assertThat(1 - wide.mcc().orElseThrow().value()).isCloseTo(1 / 1_500_000_001.0, within(1e-14));
  }

  /**
   * The multinomial delta method with gradients by central difference, which is what the closed
   * forms must come to.
   */
  @Test
  void standardErrorsAreThoseOfTheDeltaMethod() {
    double[] counts = {60, 30, 80, 40};
    Map<ToDoubleFunction<double[]>, Estimate> all =
        Map.of(
            n -> 2 * n[0] / (2 * n[0] + n[1] + n[3]),
            SOME.f1().orElseThrow(),
            n ->
                (n[0] * n[2] - n[1] * n[3])
                    / Math.sqrt((n[0] + n[1]) * (n[0] + n[3]) * (n[2] + n[1]) * (n[2] + n[3])),
            SOME.mcc().orElseThrow().estimate().orElseThrow(),
            n -> (n[0] / (n[0] + n[3]) + n[2] / (n[2] + n[1])) / 2,
            SOME.balancedAccuracy().orElseThrow());
    all.forEach(
        (formula, estimate) -> {
          assertThat(estimate.value()).isCloseTo(formula.applyAsDouble(counts), within(1e-14));
          assertThat(estimate.standardError())
              .isCloseTo(Deltas.standardError(formula, counts), within(1e-9));
        });
  }

  /** 4 000 draws of 500 rows: the Monte Carlo error of the ratio is 1.1 %, allowed are four. */
  @Test
  void standardErrorsAreWhatDrawsVaryBy() {
    SplittableRandom random = new SplittableRandom(11);
    Spread f1 = new Spread();
    Spread mcc = new Spread();
    Spread balanced = new Spread();
    for (int draw = 0; draw < 4_000; draw++) {
      long[] n = new long[4];
      for (int row = 0; row < 500; row++) {
        double u = random.nextDouble();
        n[u < .2 ? 0 : u < .3 ? 1 : u < .9 ? 2 : 3]++;
      }
      Confusion of = new Confusion(n[0], n[1], n[2], n[3]);
      f1.add(of.f1().orElseThrow());
      mcc.add(of.mcc().orElseThrow().estimate().orElseThrow());
      balanced.add(of.balancedAccuracy().orElseThrow());
    }
    assertThat(f1.statedOverSeen()).isCloseTo(1, within(.045));
    assertThat(mcc.statedOverSeen()).isCloseTo(1, within(.045));
    assertThat(balanced.statedOverSeen()).isCloseTo(1, within(.045));
  }

  @Test
  void refusesNegativeCounts() {
    assertThatThrownBy(() -> new Confusion(1, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fp -1");
    assertThatThrownBy(() -> new Share(3, 2)).hasMessageContaining("3 of 2");
  }
}
