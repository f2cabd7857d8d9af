package io.leeway.stats.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class RegressionErrorsTest {
  // scikit-learn's documentation of r2_score, mean_squared_error, mean_absolute_error and
  // mean_absolute_percentage_error: true 3 -0.5 2 7, predicted 2.5 0 2 8.
  @Test
  void documentedExample() {
    RegressionErrors of = of(new double[] {3, -.5, 2, 7}, new double[] {2.5, 0, 2, 8}, 1.5);
    assertThat(of.mae().orElseThrow().value()).isEqualTo(.5);
    assertThat(of.mse().orElseThrow().value()).isEqualTo(.375);
    assertThat(of.rmse().orElseThrow().value()).isCloseTo(Math.sqrt(.375), within(1e-15));
    assertThat(of.r2().orElseThrow().value()).isCloseTo(.948608137, within(5e-10));
    assertThat(of.mape().orElseThrow().value()).isCloseTo(.327380952, within(5e-10));
    // Errors -.5 .5 0 1 over labels 12.5 in size. By hand.
    assertThat(of.bias().orElseThrow().value()).isEqualTo(.25);
    assertThat(of.wape().orElseThrow().value()).isCloseTo(2 / 12.5, within(1e-15));
  }

  @Test
  void standardErrorsOfMeansAreThoseOfTheRows() {
    double[] labels = {3, -.5, 2, 7, 4, 1};
    double[] predictions = {2.5, 0, 2, 8, 2, 1.25};
    RegressionErrors of = of(labels, predictions, 3);
    assertThat(error(of.bias().orElseThrow()))
        .isCloseTo(meanError(labels, predictions, e -> e), within(1e-14));
    assertThat(error(of.mae().orElseThrow()))
        .isCloseTo(meanError(labels, predictions, Math::abs), within(1e-14));
    assertThat(error(of.mse().orElseThrow()))
        .isCloseTo(meanError(labels, predictions, e -> e * e), within(1e-14));
    assertThat(error(of.rmse().orElseThrow()))
        .isCloseTo(
            meanError(labels, predictions, e -> e * e) / 2 / of.rmse().orElseThrow().value(),
            within(1e-14));
  }

  @Test
  void withoutFourthPowersSquaresHaveNoError() {
    RegressionErrors of =
        new RegressionErrors(
            new RegressionErrors.Errors(4, 1, 2, 1.5, OptionalDouble.empty()),
            new RegressionErrors.Labels(12.5, 11.5, 62.25),
            new RegressionErrors.Relative(4, 1.3));
    assertThat(of.mse().orElseThrow().estimate().reason())
        .hasValueSatisfying(why -> assertThat(why).contains("fourth powers"));
    assertThat(of.rmse().orElseThrow().value()).isCloseTo(Math.sqrt(.375), within(1e-15));
    assertThat(of.rmse().orElseThrow().estimate().isDefined()).isFalse();
    assertThat(of.mae().orElseThrow().estimate().isDefined()).isTrue();
  }

  // scikit-learn's documentation of r2_score: constant labels give 1 where all is right, else 0.
  @Test
  void r2OfConstantLabelsIsAConvention() {
    // A shift that is not the label, so that rounding has a say.
    double[] constant = {.1, .1, .1};
    Measure right = of(constant, constant, 7.3).r2().orElseThrow();
    assertThat(right.value()).isEqualTo(1);
    assertThat(right.byConvention()).isTrue();
    Measure wrong = of(constant, new double[] {.1, .1, .1 + 1e-8}, 7.3).r2().orElseThrow();
    assertThat(wrong.value()).isZero();
    assertThat(wrong.byConvention()).isTrue();
    assertThat(wrong.estimate().reason()).hasValue("All labels are the same.");
  }

  /** By the same page: 1 2 3 against 2 2 2 is 0 and against 3 2 1 is -3, of their own right. */
  @Test
  void r2IsNoConventionWhereLabelsDiffer() {
    Measure mean = of(new double[] {1, 2, 3}, new double[] {2, 2, 2}, 5).r2().orElseThrow();
    assertThat(mean.value()).isCloseTo(0, within(1e-14));
    assertThat(mean.byConvention()).isFalse();
    assertThat(of(new double[] {1, 2, 3}, new double[] {3, 2, 1}, 0).r2().orElseThrow().value())
        .isCloseTo(-3, within(1e-14));
    // Labels that differ by a millionth of what they lie from the shift are not the same.
    assertThat(
            of(new double[] {1, 1 + 1e-6, 1 - 1e-6}, new double[] {1, 1, 1}, 2)
                .r2()
                .orElseThrow()
                .byConvention())
        .isFalse();
  }

  @Test
  void fewRowsAndZerosLeaveThingsUndefined() {
    RegressionErrors none = of(new double[0], new double[0], 0);
    assertThat(none.mae().isDefined()).isFalse();
    assertThat(none.rmse().isDefined()).isFalse();
    assertThat(none.wape().isDefined()).isFalse();
    RegressionErrors one = of(new double[] {0}, new double[] {2}, 0);
    assertThat(one.mae().orElseThrow().value()).isEqualTo(2);
    assertThat(one.mae().orElseThrow().estimate().isDefined()).isFalse();
    assertThat(one.r2().reason()).isPresent();
    assertThat(one.mape().reason()).hasValue("No row has a label other than 0.");
    assertThat(one.wape().reason()).hasValue("All labels are 0.");
  }

  @Test
  void errorsOfZeroHaveAnErrorOfZero() {
    RegressionErrors right = of(new double[] {1, 2, 3}, new double[] {1, 2, 3}, 0);
    assertThat(error(right.rmse().orElseThrow())).isZero();
    assertThat(right.r2().orElseThrow().value()).isEqualTo(1);
    assertThat(right.r2().orElseThrow().byConvention()).isFalse();
  }

  /** 4 000 draws of 300 rows: the Monte Carlo error of the ratio is 1.1 %, allowed are four. */
  @Test
  void theStandardErrorOfRmseIsWhatDrawsVaryBy() {
    SplittableRandom random = new SplittableRandom(41);
    Spread spread = new Spread();
    for (int draw = 0; draw < 4_000; draw++) {
      double[] labels = new double[300];
      double[] predictions = new double[300];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextGaussian();
        predictions[i] = labels[i] + .5 + random.nextGaussian();
      }
      spread.add(of(labels, predictions, 0).rmse().orElseThrow().estimate().orElseThrow());
    }
    assertThat(spread.statedOverSeen()).isCloseTo(1, within(.045));
  }

  @Test
  void refusesNegativeSquares() {
    assertThatThrownBy(() -> new RegressionErrors.Errors(1, 0, 0, -1, OptionalDouble.empty()))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new RegressionErrors.Labels(0, 0, Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new RegressionErrors.Relative(-1, 0)).hasMessageContaining("-1");
  }

  static RegressionErrors of(double[] labels, double[] predictions, double shift) {
    double sum = 0;
    double absolute = 0;
    double squares = 0;
    double fourth = 0;
    double size = 0;
    double shifted = 0;
    double shiftedSquares = 0;
    long relativeRows = 0;
    double relative = 0;
    for (int i = 0; i < labels.length; i++) {
      double e = predictions[i] - labels[i];
      sum += e;
      absolute += Math.abs(e);
      squares += e * e;
      fourth += e * e * e * e;
      size += Math.abs(labels[i]);
      shifted += labels[i] - shift;
      shiftedSquares += (labels[i] - shift) * (labels[i] - shift);
      if (labels[i] != 0) {
        relativeRows++;
        relative += Math.abs(e / labels[i]);
      }
    }
    return new RegressionErrors(
        new RegressionErrors.Errors(
            labels.length, sum, absolute, squares, OptionalDouble.of(fourth)),
        new RegressionErrors.Labels(size, shifted, shiftedSquares),
        new RegressionErrors.Relative(relativeRows, relative));
  }

  private static double error(Measure measure) {
    return measure.estimate().orElseThrow().standardError();
  }

  /** The standard deviation of single rows over the root of their number, in two passes. */
  private static double meanError(double[] labels, double[] predictions, DoubleUnaryOperator of) {
    double n = labels.length;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += of.applyAsDouble(predictions[i] - labels[i]) / n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double from = of.applyAsDouble(predictions[i] - labels[i]) - mean;
      squares += from * from;
    }
    return Math.sqrt(squares / (n - 1) / n);
  }
}
