package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.estimate.ScoreChangeByFeature.Scores;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreChangeByFeatureTest {
  private static final double CENTRE = 0.5;

  private static Scores scores(double... values) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += (value - CENTRE) * (value - CENTRE);
    }
    return new Scores(values.length, sum, squares, CENTRE);
  }

  private static ScoreChangeByFeature change(List<Scores> reference, List<Scores> window) {
    return ScoreChangeByFeature.of(reference, window).orElseThrow();
  }

  @Test
  void partsAreThoseByHand() {
    // Reference .2 and .6 in equal shares; window shares 1/4, 3/4 with means .3 and .6.
    ScoreChangeByFeature of =
        change(
            List.of(scores(0.1, 0.3), scores(0.5, 0.7)),
            List.of(scores(0.3), scores(0.6, 0.6, 0.6)));
    assertThat(of.explained()).isCloseTo(0.25 * 0.6 - 0.25 * 0.2, within(1e-15));
    assertThat(of.unexplained()).isCloseTo(0.25 * 0.1, within(1e-15));
    assertThat(of.total()).isCloseTo(0.525 - 0.4, within(1e-15));
    assertThat(of.extrapolated()).isZero();
    assertThat(of.explainedError(Overdispersion.given(4)))
        .isCloseTo(2 * of.explainedError(), within(1e-15));
  }

  @Test
  void rowsInNewBinsAreUnexplained() {
    // Half of the window where the reference has none: it is held against the reference's mean .4.
    ScoreChangeByFeature of =
        change(
            List.of(scores(0.2, 0.2), scores(0.6, 0.6), scores()),
            List.of(scores(0.2), scores(0.6), scores(0.9, 0.9)));
    assertThat(of.explained()).isCloseTo(0, within(1e-15));
    assertThat(of.unexplained()).isCloseTo(0.5 * (0.9 - 0.4), within(1e-15));
    assertThat(of.total()).isCloseTo(0.65 - 0.4, within(1e-15));
    assertThat(of.extrapolated()).isEqualTo(0.5);
  }

  // 4 000 draws from a fixed population: the parts add up, and vary as the errors say. The sd of an
  // sd is 1/√8 000 = 1.1 %; 4 of those, and rare bins add some. The last bin is new to the window.
  @Test
  void errorsAreThoseOfRepeatedSamples() {
    SplittableRandom random = new SplittableRandom(5);
    double[] before = {0.5, 0.3, 0.2, 0};
    double[] after = {0.2, 0.3, 0.4, 0.1};
    double[][] parts = new double[4][4_000];
    for (int draw = 0; draw < 4_000; draw++) {
      List<Scores> reference = sample(random, before, 400, 0);
      List<Scores> window = sample(random, after, 200, 0.1);
      ScoreChangeByFeature of = change(reference, window);
      double total =
          window.stream().mapToDouble(Scores::sum).sum() / 200
              - reference.stream().mapToDouble(Scores::sum).sum() / 400;
      assertThat(of.total()).isCloseTo(total, within(1e-13));
      parts[0][draw] = of.explained();
      parts[1][draw] = of.unexplained();
      parts[2][draw] = of.explainedError();
      parts[3][draw] = of.unexplainedError();
    }
    assertThat(mean(parts[2]) / sd(parts[0])).isCloseTo(1, within(0.045));
    assertThat(mean(parts[3]) / sd(parts[1])).isCloseTo(1, within(0.045));
  }

  /** Scores of bin b are .2 b + {@code more} ± .3 uniformly. */
  private static List<Scores> sample(
      SplittableRandom random, double[] shares, int rows, double more) {
    List<List<Double>> values = new ArrayList<>();
    for (int b = 0; b < shares.length; b++) {
      values.add(new ArrayList<>());
    }
    for (int row = 0; row < rows; row++) {
      double u = random.nextDouble();
      int bin = 0;
      while (u > shares[bin]) {
        u -= shares[bin++];
      }
      values.get(bin).add(0.2 * bin + more + 0.6 * (random.nextDouble() - 0.5));
    }
    return values.stream()
        .map(of -> scores(of.stream().mapToDouble(Double::doubleValue).toArray()))
        .toList();
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  private static double sd(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / x.length);
  }

  @Test
  void isUndefinedWithoutTwoRowsOnASide() {
    List<Scores> some = List.of(scores(0.1, 0.2));
    assertThat(ScoreChangeByFeature.of(some, List.of(scores(0.1))).reason())
        .contains("A change of mean scores needs two rows on each side.");
    assertThatThrownBy(() -> ScoreChangeByFeature.of(some, List.of()))
        .hasMessageContaining("1 and 0");
  }
}
