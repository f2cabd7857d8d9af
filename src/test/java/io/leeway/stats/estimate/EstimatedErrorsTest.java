package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatedErrorsTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  // Errors of the reference: 1, -1, 2 in one bin and -2, -4 in the other.
  private static final List<ErrorBin> BINS =
      List.of(new ErrorBin(3, 2, 4, 6, 30), new ErrorBin(2, -6, 6, 20, 10));
  private static final double FOURTH_POWERS = 1 + 1 + 16 + 16 + 256;

  // By hand: means over all five are 2, -.8 and 5.2, of which half joins each bin.
  @Test
  void weighsTheErrorsOfTheReferenceByTheWindowsPredictions() {
    EstimatedErrors of = EstimatedErrors.of(BINS, FOURTH_POWERS, NONE).orElseThrow();
    double[] sizes = {5 / 3.5, 7 / 2.5};
    double[] errors = {1.6 / 3.5, -6.4 / 2.5};
    double[] squares = {8.6 / 3.5, 22.6 / 2.5};
    double mse = 0.75 * squares[0] + 0.25 * squares[1];
    assertThat(of.mae().mean()).isCloseTo(0.75 * sizes[0] + 0.25 * sizes[1], within(1e-14));
    assertThat(of.bias().mean()).isCloseTo(0.75 * errors[0] + 0.25 * errors[1], within(1e-14));
    assertThat(of.rmse().mean()).isCloseTo(Math.sqrt(mse), within(1e-14));
    double[] weights = {0.75 * 0.75 / 3.5 + 0.75 / 40, 0.25 * 0.25 / 2.5 + 0.25 / 40};
    double shape = 290 / (36 / 3.0 + 400 / 2.0);
    double[] variances = new double[3];
    for (int b = 0; b < 2; b++) {
      variances[0] += weights[b] * (squares[b] - sizes[b] * sizes[b]);
      variances[1] += weights[b] * (squares[b] - errors[b] * errors[b]);
      variances[2] += weights[b] * (shape - 1) * squares[b] * squares[b];
    }
    assertThat(of.mae().standardError()).isCloseTo(Math.sqrt(variances[0]), within(1e-14));
    assertThat(of.bias().standardError()).isCloseTo(Math.sqrt(variances[1]), within(1e-14));
    assertThat(of.rmse().standardError())
        .isCloseTo(Math.sqrt(variances[2]) / 2 / Math.sqrt(mse), within(1e-14));
    assertThat(of.extrapolatedShare()).isEqualTo(1);
  }

  @Test
  void overdispersionWidensErrors() {
    EstimatedErrors of = EstimatedErrors.of(BINS, FOURTH_POWERS, NONE).orElseThrow();
    EstimatedErrors wide =
        EstimatedErrors.of(BINS, FOURTH_POWERS, Overdispersion.given(4)).orElseThrow();
    assertThat(wide.mae().standardError()).isCloseTo(2 * of.mae().standardError(), within(1e-14));
    assertThat(wide.rmse().standardError()).isCloseTo(2 * of.rmse().standardError(), within(1e-14));
    assertThat(wide.bias().mean()).isEqualTo(of.bias().mean());
  }

  // By hand: with the error 1 or -1 everywhere nothing of size varies, and all of the sign does.
  @Test
  void errorsOfOneSizeHaveNoSpreadOfSize() {
    List<ErrorBin> bins = List.of(new ErrorBin(50, 0, 50, 50, 10), new ErrorBin(50, 0, 50, 50, 90));
    EstimatedErrors of = EstimatedErrors.of(bins, 100, NONE).orElseThrow();
    assertThat(of.mae()).isEqualTo(new MeanInterval(1, 0, Double.POSITIVE_INFINITY));
    assertThat(of.rmse()).isEqualTo(new MeanInterval(1, 0, Double.POSITIVE_INFINITY));
    assertThat(of.bias().standardError())
        .isCloseTo(Math.sqrt((0.01 + 0.81) / 50.5 + 0.01), within(1e-14));
    List<ErrorBin> none = List.of(new ErrorBin(50, 0, 0, 0, 10));
    assertThat(EstimatedErrors.of(none, 0, NONE).orElseThrow().rmse().standardError()).isZero();
  }

  // A bin of which the reference has nothing takes the mean of all, here 1, and is extrapolated.
  @Test
  void binsWithoutReferenceTakeTheMeanOfAll() {
    List<ErrorBin> bins = List.of(new ErrorBin(20, 10, 20, 30, 94), new ErrorBin(0, 0, 0, 0, 6));
    EstimatedErrors of = EstimatedErrors.of(bins, 60, NONE).orElseThrow();
    assertThat(of.mae().mean()).isCloseTo(1, within(1e-14));
    assertThat(of.extrapolatedShare()).isCloseTo(0.06, within(1e-15));
  }

  /** Predictions x about a mean, errors that lean with x and spread with |x|, drawn anew. */
  private static final class World {
    private final Random random;
    private final double mean;
    double[] predictions = {};
    double[] errors = {};

    World(double mean) {
      this.random = new Random(23);
      this.mean = mean;
    }

    void draw(int n) {
      predictions = new double[n];
      errors = new double[n];
      for (int i = 0; i < n; i++) {
        double x = mean + random.nextGaussian();
        predictions[i] = x;
        errors[i] = 0.2 * x + (0.5 + 0.3 * Math.abs(x)) * random.nextGaussian();
      }
    }

    double mean(java.util.function.DoubleUnaryOperator of) {
      return Arrays.stream(errors).map(of).average().orElseThrow();
    }
  }

  private static int bin(double[] edges, double x) {
    int at = Arrays.binarySearch(edges, x);
    return at >= 0 ? at + 1 : -at - 1;
  }

  private static List<ErrorBin> bins(World reference, World window) {
    double[] sorted = reference.predictions.clone();
    Arrays.sort(sorted);
    double[] edges = new double[31];
    for (int k = 0; k < 31; k++) {
      edges[k] = sorted[(k + 1) * sorted.length / 32];
    }
    double[][] sums = new double[32][5];
    for (int i = 0; i < sorted.length; i++) {
      double[] of = sums[bin(edges, reference.predictions[i])];
      double e = reference.errors[i];
      of[0]++;
      of[1] += e;
      of[2] += Math.abs(e);
      of[3] += e * e;
    }
    for (double x : window.predictions) {
      sums[bin(edges, x)][4]++;
    }
    List<ErrorBin> bins = new ArrayList<>();
    for (double[] of : sums) {
      bins.add(new ErrorBin((long) of[0], of[1], of[2], of[3], (long) of[4]));
    }
    return bins;
  }

  // Simulated with a fixed seed: 95 % within 4 Monte Carlo errors of .56 %, of all three metrics,
  // for 1 500 references of 4 000 rows and windows of 800. As the inputs shift, errors grow with
  // them, and the estimate has to follow.
  @ParameterizedTest(name = "inputs shifted by {0} sd")
  @ValueSource(doubles = {0, 0.5})
  void theIntervalCoversWhatLabelsWillShow(double shift) {
    World reference = new World(0);
    World window = new World(shift);
    window.random.setSeed(29);
    int draws = 1_500;
    double[] covered = new double[3];
    for (int draw = 0; draw < draws; draw++) {
      reference.draw(4_000);
      window.draw(800);
      double fourthPowers = 4_000 * reference.mean(e -> e * e * e * e);
      EstimatedErrors of =
          EstimatedErrors.of(bins(reference, window), fourthPowers, NONE).orElseThrow();
      covered[0] += of.mae().interval().contains(window.mean(Math::abs)) ? 1 : 0;
      covered[1] += of.rmse().interval().contains(Math.sqrt(window.mean(e -> e * e))) ? 1 : 0;
      covered[2] += of.bias().interval().contains(window.mean(e -> e)) ? 1 : 0;
    }
    for (double share : covered) {
      assertThat(share / draws).isBetween(0.95 - 0.0225, 0.95 + 0.0225);
    }
  }

  @Test
  void isUndefinedWithAReason() {
    assertThat(EstimatedErrors.of(List.of(new ErrorBin(3, 1, 1, 1, 0)), 1, NONE).reason())
        .contains("The window has no rows.");
    assertThat(EstimatedErrors.of(List.of(new ErrorBin(0, 0, 0, 0, 3)), 0, NONE).reason())
        .contains("The reference has no labelled rows.");
    assertThat(
            EstimatedErrors.of(
                    List.of(new ErrorBin(1, 1e80, 1e80, 1e160, 3)), Double.POSITIVE_INFINITY, NONE)
                .reason())
        .contains("Errors of the reference are too large for their fourth powers.");
  }

  @Test
  void refusesSumsThatCannotBe() {
    assertThatThrownBy(() -> new ErrorBin(-1, 0, 0, 0, 0))
        .hasMessageContaining("-1 reference rows");
    assertThatThrownBy(() -> new ErrorBin(1, 0, -1, 1, 0)).hasMessageContaining("0.0, -1.0");
    assertThatThrownBy(() -> EstimatedErrors.of(BINS, -1, NONE)).hasMessageContaining("-1.0");
  }
}
