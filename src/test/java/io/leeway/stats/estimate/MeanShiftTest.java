package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.estimate.ScoreChangeByFeature.Scores;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanShiftTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static Scores bin(double... values) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += (value - 1) * (value - 1);
    }
    return new Scores(values.length, sum, squares, 1);
  }

  private static MeanShift of(List<Scores> reference, List<Scores> window) {
    return MeanShift.of(reference, window).orElseThrow();
  }

  // By hand: shares 1/2, 1/2 → 3/4, 1/4 with means 2 and 6 before, 2 and 8 after: total 3.5 - 4,
  // of it mix 1/4 · 2 - 1/4 · 7 = -1.25 and relation 2 · (1/4 + 1/2)/2 = .75.
  @Test
  void splitsTheChangeIntoMixAndRelation() {
    RelationShift of =
        of(List.of(bin(1, 3), bin(5, 7)), List.of(bin(1, 3, 2, 2, 0, 4), bin(7, 9))).parts(NONE);
    assertThat(of.total().mean()).isCloseTo(-0.5, within(1e-14));
    assertThat(of.mix().mean()).isCloseTo(-1.25, within(1e-14));
    assertThat(of.relation().mean()).isCloseTo(0.75, within(1e-14));
    // Total: squares 20 about 4 of four rows, 66 about 3.5 of eight, by n - 1 and n.
    assertThat(of.total().standardError())
        .isCloseTo(Math.sqrt(20 / 3.0 / 4 + 66 / 7.0 / 8), within(1e-14));
    assertThat(of.unseenShare()).isZero();
  }

  // By hand: 1, 3 before and 7, 9, 11 after; squares about their means 2 and 8. Within all bins of
  // the side 2/1 and 8/2, so means vary by (2 + 2)/2/2 and (8 + 4)/3/3; t with one degree.
  @Test
  void aBinIsTestedByStudentsT() {
    MeanShift of = of(List.of(bin(1, 3), bin(5)), List.of(bin(7, 9, 11), bin()));
    MeanContrast change = of.inBin(0, NONE).orElseThrow();
    assertThat(change.estimate()).isCloseTo(7, within(1e-14));
    assertThat(change.standardError()).isCloseTo(Math.sqrt(1 + 12 / 9.0), within(1e-14));
    assertThat(change.degrees()).isEqualTo(1);
    assertThat(of.inBin(1, NONE).isDefined()).isFalse();
    assertThat(of.inBin(0, Overdispersion.given(4)).orElseThrow().standardError())
        .isCloseTo(2 * change.standardError(), within(1e-14));
  }

  // What only one side has is another mix: of 0, 2 before; 0, 2 and 10, 12 after.
  @Test
  void unseenBinsAreMix() {
    RelationShift of = of(List.of(bin(0, 2), bin()), List.of(bin(0, 2), bin(10, 12))).parts(NONE);
    assertThat(of.relation().mean()).isZero();
    assertThat(of.mix().mean()).isCloseTo(5, within(1e-14));
    assertThat(of.unseenShare()).isEqualTo(0.5);
  }

  // Of zeros and ones a mean is a rate: the parts are those of RelationShift.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void ofZerosAndOnesItIsTheSplitOfRates(long seed) {
    Random random = new Random(seed);
    List<RelationBin> rates = new ArrayList<>();
    List<Scores> window = new ArrayList<>();
    List<Scores> reference = new ArrayList<>();
    for (int b = 0; b < 8; b++) {
      int n = random.nextInt(40) * random.nextInt(2);
      int m = 1 + random.nextInt(60);
      int x = random.nextInt(n + 1);
      int y = random.nextInt(m + 1);
      rates.add(new RelationBin(n, x, m, y));
      window.add(new Scores(n, x, x, 0));
      reference.add(new Scores(m, y, y, 0));
    }
    rates.add(new RelationBin(10, 4, 10, 5));
    window.add(new Scores(10, 4, 4, 0));
    reference.add(new Scores(10, 5, 5, 0));
    RelationShift expected = RelationShift.of(rates, NONE).orElseThrow();
    RelationShift of = of(reference, window).parts(NONE);
    assertThat(of.total().mean()).isCloseTo(expected.total().mean(), within(1e-13));
    assertThat(of.mix().mean()).isCloseTo(expected.mix().mean(), within(1e-13));
    assertThat(of.relation().mean()).isCloseTo(expected.relation().mean(), within(1e-13));
    assertThat(of.unseenShare()).isEqualTo(expected.unseenShare());
  }

  private static final double[] W = {0.5, 0.3, 0.2};
  private static final double[] R = {0.2, 0.3, 0.5};
  private static final double[] P = {1, 4, -2};
  private static final double[] Q = {0, 4.5, 0};
  private static final double[] SD = {1, 2, 0.5};

  private static List<Scores> draw(Random random, int n, double[] shares, double[] means) {
    double[][] sums = new double[3][3];
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      int bin = u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
      double value = means[bin] + SD[bin] * random.nextGaussian();
      sums[bin][0]++;
      sums[bin][1] += value;
      sums[bin][2] += value * value;
    }
    List<Scores> bins = new ArrayList<>();
    for (double[] of : sums) {
      bins.add(new Scores((long) of[0], of[1], of[2], 0));
    }
    return bins;
  }

  // Simulated with a fixed seed: errors are the sds of the parts within 4 · 1.2 % over 4 000 draws,
  // and the intervals cover the truth in 95 % within 4 Monte Carlo errors of .35 %.
  @Test
  void errorsAreThoseOfRepeatedSamples() {
    double[] truths = new double[3];
    for (int b = 0; b < 3; b++) {
      truths[1] += (W[b] - R[b]) * (P[b] + Q[b]) / 2;
      truths[2] += (P[b] - Q[b]) * (W[b] + R[b]) / 2;
    }
    truths[0] = truths[1] + truths[2];
    Random random = new Random(11);
    int draws = 4_000;
    double[] squares = new double[3];
    double[] errors = new double[3];
    double[] covered = new double[3];
    for (int draw = 0; draw < draws; draw++) {
      List<Scores> window = draw(random, 300, W, P);
      RelationShift of = of(draw(random, 500, R, Q), window).parts(NONE);
      var parts = List.of(of.total(), of.mix(), of.relation());
      for (int i = 0; i < 3; i++) {
        double excess = parts.get(i).mean() - truths[i];
        squares[i] += excess * excess;
        errors[i] += parts.get(i).standardError() * parts.get(i).standardError();
        covered[i] += parts.get(i).interval().contains(truths[i]) ? 1 : 0;
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(Math.sqrt(errors[i] / squares[i])).isCloseTo(1, within(0.048));
      assertThat(covered[i] / draws).isCloseTo(0.95, within(0.014));
    }
  }

  @Test
  void isUndefinedWithAReason() {
    assertThat(MeanShift.of(List.of(bin(1, 2)), List.of(bin(1))).reason())
        .contains("No bin has two labelled rows of the window.");
    assertThat(MeanShift.of(List.of(bin(1), bin(2)), List.of(bin(1, 1), bin())).reason())
        .contains("No bin has two labelled rows of the reference.");
    assertThatThrownBy(() -> MeanShift.of(List.of(), List.of(bin(1))))
        .hasMessageContaining("0 and 1");
  }
}
