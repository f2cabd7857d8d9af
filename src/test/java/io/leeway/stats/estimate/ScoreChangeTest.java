package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.CrossMoments;
import io.leeway.stats.NormalRows;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ScoreChangeTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  /** Deterministic and not a straight line in its three inputs. */
  private static double model(double[] z) {
    double logit = -0.5 + z[0] - 0.7 * z[1] + 0.4 * z[0] * z[2] + 0.3 * z[1] * z[1];
    return 1 / (1 + Math.exp(-logit));
  }

  /** Moments of inputs, moved and widened, and their score. */
  private static CrossMoments scored(
      NormalRows rows, int n, double move, double widen, ToDoubleFunction<double[]> model) {
    double[][] all = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] z = rows.row();
      for (int j = 0; j < z.length; j++) {
        z[j] = move + widen * z[j];
      }
      all[i] = Arrays.copyOf(z, z.length + 1);
      all[i][z.length] = model.applyAsDouble(z);
    }
    return NormalRows.moments(all, 1);
  }

  private static ScoreChange change(CrossMoments reference, CrossMoments window) {
    return ScoreChange.of(reference, window, NONE).orElseThrow();
  }

  private static int faults(double move, double widen, double broken, int n) {
    NormalRows rows = new NormalRows(31, NormalRows.equal(3, 0.3));
    int faults = 0;
    for (int repeat = 0; repeat < 100; repeat++) {
      CrossMoments reference = scored(rows, 3_000, 0, 1, ScoreChangeTest::model);
      CrossMoments window = scored(rows, n, move, widen, z -> model(z) + broken);
      faults += change(reference, window).servingFault() ? 1 : 0;
    }
    return faults;
  }

  @Test
  void movedInputsOfADeterministicModelAreNoFault() {
    assertThat(faults(0, 1, 0, 1_000)).isLessThanOrEqualTo(5);
    assertThat(faults(0.2, 1, 0, 1_000)).isLessThanOrEqualTo(5);
    assertThat(faults(0.5, 1, 0, 1_000)).isLessThanOrEqualTo(5);
    assertThat(faults(0, 1.25, 0, 1_000)).isLessThanOrEqualTo(5);
    assertThat(faults(0.3, 0.6, 0, 1_000)).isLessThanOrEqualTo(5);
  }

  @Test
  void scoresMovedByAConstantAreAFault() {
    assertThat(faults(0, 1, 0.06, 2_000)).isGreaterThanOrEqualTo(95);
    assertThat(faults(0, 1, -0.06, 2_000)).isGreaterThanOrEqualTo(95);
    assertThat(faults(0.1, 1, 0.1, 2_000)).isGreaterThanOrEqualTo(95);
  }

  @Test
  void aStraightLineIsExplainedWholly() {
    NormalRows rows = new NormalRows(2, NormalRows.equal(3, 0.5));
    ToDoubleFunction<double[]> line = z -> 1 + 2 * z[0] - z[1];
    ScoreChange of = change(scored(rows, 500, 0, 1, line), scored(rows, 500, 0.4, 1.1, line));
    assertThat(of.unexplained()).isCloseTo(0, within(1e-12));
    assertThat(of.explained()).isCloseTo(of.total(), within(1e-12));
    assertThat(of.servingFault()).isFalse();
  }

  @Test
  void collinearInputsChangeNothing() {
    NormalRows rows = new NormalRows(3, NormalRows.equal(2, 0.5));
    CrossMoments[] sides = new CrossMoments[4];
    for (int side = 0; side < 2; side++) {
      double[][] plain = new double[400][];
      double[][] doubled = new double[400][];
      for (int i = 0; i < 400; i++) {
        double[] z = rows.row();
        double score = Math.tanh(z[0] + z[1] + 0.2 * side);
        plain[i] = new double[] {z[0], z[1], score};
        doubled[i] = new double[] {z[0], z[1], z[0] - 2 * z[1], 0.7, score};
      }
      sides[side] = NormalRows.moments(plain, 1);
      sides[2 + side] = NormalRows.moments(doubled, 1);
    }
    ScoreChange plain = change(sides[0], sides[1]);
    ScoreChange doubled = change(sides[2], sides[3]);
    assertThat(doubled.inputs()).isEqualTo(2);
    assertThat(doubled.explained()).isCloseTo(plain.explained(), within(1e-9));
    assertThat(doubled.distance()).isCloseTo(plain.distance(), within(1e-9));
    assertThat(doubled.divergence()).isCloseTo(plain.divergence(), within(1e-8));
  }

  @Test
  void aWindowOutsideTheReferencesDirectionsBoundsNothing() {
    NormalRows rows = new NormalRows(4, NormalRows.equal(2, 0.5));
    double[][] before = new double[200][];
    double[][] after = new double[200][];
    for (int i = 0; i < 200; i++) {
      double[] z = rows.row();
      before[i] = new double[] {z[0], 0, z[1]};
      after[i] = new double[] {z[0], i % 2, z[1] + 5};
    }
    ScoreChange of = change(NormalRows.moments(before, 1), NormalRows.moments(after, 1));
    assertThat(of.divergence()).isInfinite();
    assertThat(of.servingFault()).isFalse();
    assertThat(of.sentence()).endsWith("moved too far to say whether they are the cause.");
  }

  // Parts of 3 000 draws of normal scores: the errors are the sds of the parts within 4 · 1.3 %.
  // Explained varies in the slopes, too: inputs have moved by a standard deviation.
  @Test
  void errorsAreThoseOfRepeatedSamples() {
    double[][] v = NormalRows.equal(3, 0.5);
    NormalRows rows = new NormalRows(9, v);
    int draws = 3_000;
    double[] sums = new double[6];
    for (int draw = 0; draw < draws; draw++) {
      // Both inputs move by 1 and the third variable, the score, by what the plane says, 2/3.
      ScoreChange of = change(moved(rows, 150, 0), moved(rows, 200, 1));
      sums[0] += of.explained();
      sums[1] += of.explained() * of.explained();
      sums[2] += of.explainedError() * of.explainedError();
      sums[3] += of.unexplained();
      sums[4] += of.unexplained() * of.unexplained();
      sums[5] += of.unexplainedError() * of.unexplainedError();
    }
    double explained = sums[1] / draws - sums[0] / draws * (sums[0] / draws);
    double rest = sums[4] / draws - sums[3] / draws * (sums[3] / draws);
    assertThat(Math.sqrt(sums[2] / draws / explained)).isCloseTo(1, within(0.055));
    assertThat(Math.sqrt(sums[5] / draws / rest)).isCloseTo(1, within(0.055));
  }

  private static CrossMoments moved(NormalRows rows, int n, double by) {
    double[][] all = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] z = rows.row();
      all[i] = new double[] {z[0] + by, z[1] + by, z[2] + by * 2 / 3};
    }
    return NormalRows.moments(all, 1);
  }

  @Test
  void theSentenceSaysTheFault() {
    NormalRows rows = new NormalRows(6, NormalRows.equal(3, 0.3));
    CrossMoments reference = scored(rows, 3_000, 0, 1, ScoreChangeTest::model);
    assertThat(change(reference, scored(rows, 2_000, 0, 1, z -> model(z) + 0.2)).sentence())
        .startsWith("The mean score has changed by +0.")
        .endsWith("of that: the same inputs are scored differently.");
    assertThat(change(reference, scored(rows, 2_000, 0.1, 1, ScoreChangeTest::model)).sentence())
        .contains("of which moved inputs may explain up to 0.");
  }

  @Test
  void isUndefinedWithAReason() {
    CrossMoments constant = CrossMoments.of(50, new double[2], new double[3]);
    CrossMoments score = CrossMoments.of(50, new double[2], new double[] {50, 0, 0});
    assertThat(ScoreChange.of(constant, constant, NONE).reason())
        .contains("No input varies in the reference.");
    assertThat(ScoreChange.of(score, score, NONE).reason())
        .contains("The score does not vary in the reference.");
    CrossMoments few = CrossMoments.of(2, new double[2], new double[] {1, 0, 1});
    assertThat(ScoreChange.of(score, few, NONE).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("3 rows on each side"));
  }
}
