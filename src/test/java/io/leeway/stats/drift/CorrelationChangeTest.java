package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.CrossMoments;
import io.leeway.stats.NormalRows;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationChangeTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  private static CorrelationChange change(CrossMoments reference, CrossMoments window) {
    return CorrelationChange.of(reference, window).orElseThrow();
  }

  /** Moments of unit variances with these correlations: r01, r02, r12. */
  private static CrossMoments three(int n, double r01, double r02, double r12) {
    double[] products = {n, n * r01, n * r02, n, n * r12, n};
    return CrossMoments.of(n, new double[3], products);
  }

  @Test
  void valueAndExpectedAreThoseByHand() {
    // Changes .3, -.4, 0: D = .25 over 3 pairs. Pooled with shares 1/4 and 3/4: .075, -.1 and .5;
    // tr C = .994375² + .99² + .75² = 2.5314 (rounded); k = 1/100 + 1/300.
    CorrelationChange of = change(three(300, 0, 0, 0.5), three(100, 0.3, -0.4, 0.5));
    double trace = 0.994375 * 0.994375 + 0.99 * 0.99 + 0.75 * 0.75;
    assertThat(of.value()).isCloseTo(Math.sqrt(0.25 / 3), within(1e-14));
    assertThat(of.expected(Overdispersion.given(2)))
        .isCloseTo(Math.sqrt(2 * trace / 75 / 3), within(1e-14));
    assertThat(of.corrected(NONE)).isCloseTo(Math.sqrt((0.25 - trace / 75) / 3), within(1e-14));
    assertThat(of.largest().get(0)).isEqualTo(new CorrelationChange.Pair(0, 2, 0, -0.4));
    assertThat(of.largest().get(1)).isEqualTo(new CorrelationChange.Pair(0, 1, 0, 0.3));
  }

  @Test
  void uncorrelatedVariablesHaveADegreePerPair() {
    // C is then the identity: the test is chi-square with three degrees on D/k.
    CorrelationChange of = change(three(400, 0, 0, 0), three(400, 0, 0, 0));
    assertThat(of.degrees()).isCloseTo(3, within(1e-14));
    assertThat(of.pChange(NONE)).isEqualTo(1);
    assertThat(of.interval(NONE).low()).isZero();
  }

  @Test
  void scaleAndMeanOfAVariableDoNotMatter() {
    double[][] rows = {{1, 2, 0}, {2, 1, 1}, {3, 5, 1}, {4, 4, 0}, {0, 1, 1}};
    double[][] moved =
        Arrays.stream(rows)
            .map(r -> new double[] {9 - r[0], 3 * r[1], r[2]})
            .toArray(double[][]::new);
    CrossMoments reference = three(300, 0.1, 0.2, 0.3);
    CrossMoments mirrored = three(300, -0.1, -0.2, 0.3);
    assertThat(change(mirrored, NormalRows.moments(moved, 1)).sumOfSquares())
        .isCloseTo(change(reference, NormalRows.moments(rows, 1)).sumOfSquares(), within(1e-13));
  }

  @Test
  void aConstantVariableIsLeftOutAndNamed() {
    double[] products = {0, 0, 0, 100, 50, 100};
    CrossMoments window = CrossMoments.of(100, new double[3], products);
    CorrelationChange of = change(three(300, 0.9, 0.9, 0.9), window);
    assertThat(of.constant()).containsExactly(0);
    assertThat(of.pairs()).isEqualTo(1);
    assertThat(of.largest()).singleElement().satisfies(p -> assertThat(p.first()).isEqualTo(1));
    assertThat(of.value()).isCloseTo(0.4, within(1e-14));
  }

  @Test
  void isUndefinedWithoutPairsRowsOrNoise() {
    CrossMoments constant = CrossMoments.of(9, new double[2], new double[3]);
    assertThat(CorrelationChange.of(constant, constant).reason())
        .contains("Fewer than two of 2 variables vary both in the window and in the reference.");
    CrossMoments one = NormalRows.moments(new double[][] {{1, 2}}, 1);
    assertThat(CorrelationChange.of(constant, one).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("two rows on each side"));
    CrossMoments line = NormalRows.moments(new double[][] {{1, 1}, {2, 2}}, 1);
    assertThat(CorrelationChange.of(line, line).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("perfectly correlated"));
  }

  // C by the delta method from Isserlis' theorem: cov(s_ij, s_kl) = v_ik v_jl + v_il v_jk and
  // dr_ij = ds_ij - r_ij (ds_ii + ds_jj)/2 at unit variances.
  @Test
  void noiseIsTheDeltaMethodOnCovariances() {
    double[][] r = {{1, 0.6, -0.3, 0.1}, {0.6, 1, 0.2, 0.5}, {-0.3, 0.2, 1, 0}, {0.1, 0.5, 0, 1}};
    List<int[]> pairs = pairs(4);
    double trace = 0;
    double squared = 0;
    for (int[] a : pairs) {
      for (int[] b : pairs) {
        double expected = 0;
        for (double[] x : terms(r, a)) {
          for (double[] y : terms(r, b)) {
            expected += x[0] * y[0] * isserlis(r, (int) x[1], (int) x[2], (int) y[1], (int) y[2]);
          }
        }
        double found =
            CorrelationNoise.covariance(r[a[0]], r[a[1]], r[b[0]][b[1]], a[0], a[1], b[0], b[1]);
        assertThat(found).isCloseTo(expected, within(1e-14));
        trace += Arrays.equals(a, b) ? expected : 0;
        squared += expected * expected;
      }
    }
    CorrelationNoise noise = CorrelationNoise.of(r);
    assertThat(noise.trace()).isCloseTo(trace, within(1e-13));
    assertThat(noise.squared()).isCloseTo(squared, within(1e-13));
  }

  // 20 000 draws of n = 1 000: an entry's standard error is at most sqrt(2/20 000) = .01, the
  // neglected terms are of order 1/n; 4.5 of the former and some of the latter.
  @Test
  void noiseIsThatOfSimulatedCorrelations() {
    double[][] r = {{1, 0.6, -0.3, 0.1}, {0.6, 1, 0.2, 0.5}, {-0.3, 0.2, 1, 0}, {0.1, 0.5, 0, 1}};
    List<int[]> pairs = pairs(4);
    NormalRows rows = new NormalRows(17, r);
    double[][] sum = new double[6][6];
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      CrossMoments moments = rows.moments(1_000);
      double[] off =
          pairs.stream()
              .mapToDouble(p -> moments.correlation(p[0], p[1]) - r[p[0]][p[1]])
              .toArray();
      for (int a = 0; a < 6; a++) {
        for (int b = 0; b < 6; b++) {
          sum[a][b] += 1_000 * off[a] * off[b] / draws;
        }
      }
    }
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        int[] i = pairs.get(a);
        int[] k = pairs.get(b);
        assertThat(
                CorrelationNoise.covariance(
                    r[i[0]], r[i[1]], r[k[0]][k[1]], i[0], i[1], k[0], k[1]))
            .isCloseTo(sum[a][b], within(0.05));
      }
    }
  }

  private static List<int[]> pairs(int p) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < p; i++) {
      for (int j = i + 1; j < p; j++) {
        pairs.add(new int[] {i, j});
      }
    }
    return pairs;
  }

  private static double[][] terms(double[][] r, int[] pair) {
    double half = -0.5 * r[pair[0]][pair[1]];
    return new double[][] {
      {1, pair[0], pair[1]}, {half, pair[0], pair[0]}, {half, pair[1], pair[1]}
    };
  }

  private static double isserlis(double[][] v, int i, int j, int k, int l) {
    return v[i][k] * v[j][l] + v[i][l] * v[j][k];
  }

  // Found with 4 000 repeats, nominal .05: .051, .052, .055, .056 (neighbours, in this order),
  // .048,
  // .052 (equal). Bands: that plus 3.5 binomial standard errors of the repeats made here.
  @ParameterizedTest
  @CsvSource({
    "neighbours, 5, 500, 2000",
    "neighbours, 5, 5000, 2000",
    "neighbours, 20, 500, 400",
    "neighbours, 20, 5000, 400",
    "equal, 5, 500, 2000",
    "equal, 20, 5000, 400"
  })
  void errsAsOftenAsStatedWithoutChange(String kind, int p, int n, int repeats) {
    double[][] r = kind.equals("equal") ? NormalRows.equal(p, 0.6) : NormalRows.neighbours(p);
    NormalRows rows = new NormalRows(7, r);
    double error = Math.sqrt(0.05 * 0.95 / repeats);
    assertThat(share(repeats, () -> change(rows.moments(5 * n), rows.moments(n))))
        .isBetween(0.05 - 3.5 * error, 0.056 + 3.5 * error);
  }

  // 20 000 repeats with falling and with equal correlations: .001 ± 4 standard errors of .00022.
  // One chi-square of the same mean and variance errs in .002 to .005 here.
  @ParameterizedTest
  @ValueSource(strings = {"neighbours", "equal"})
  void errsAsOftenAsStatedFarOut(String kind) {
    double[][] r = kind.equals("equal") ? NormalRows.equal(4, 0.6) : NormalRows.neighbours(4);
    NormalRows rows = new NormalRows(41, r);
    assertThat(share(20_000, 0.001, () -> change(rows.moments(1_000), rows.moments(1_000))))
        .isBetween(0.0001, 0.0019);
  }

  @Test
  void theLargestEigenvalueIsThatOfTheWholeMatrix() {
    for (double[][] r : List.of(NormalRows.neighbours(6), NormalRows.equal(8, 0.6))) {
      List<int[]> pairs = pairs(r.length);
      double[][] c = new double[pairs.size()][pairs.size()];
      for (int a = 0; a < c.length; a++) {
        for (int b = 0; b < c.length; b++) {
          int[] i = pairs.get(a);
          int[] k = pairs.get(b);
          c[a][b] =
              CorrelationNoise.covariance(r[i[0]], r[i[1]], r[k[0]][k[1]], i[0], i[1], k[0], k[1]);
        }
      }
      double[] eigenvalues =
          new EigenDecomposition(new Array2DRowRealMatrix(c)).getRealEigenvalues();
      double exact = Arrays.stream(eigenvalues).max().orElseThrow();
      assertThat(CorrelationNoise.of(r).largest()).isBetween(0.99 * exact, exact * (1 + 1e-9));
    }
  }

  // Normal scores of deciles are not normal themselves. 600 repeats: .05 ± 3.5 * .0089.
  @Test
  void errsNoMoreOftenOnScoresOfDeciles() {
    NormalRows rows = new NormalRows(11, NormalRows.neighbours(4));
    double[] scores = new double[10];
    Arrays.setAll(scores, d -> Normal.quantile((d + 0.5) / 10));
    Supplier<CrossMoments> drawn =
        () -> {
          double[][] drawnRows = new double[500][];
          for (int row = 0; row < 500; row++) {
            double[] of = rows.row();
            Arrays.setAll(of, i -> scores[Math.min(9, (int) (10 * Normal.lowerTail(of[i])))]);
            drawnRows[row] = of;
          }
          return NormalRows.moments(drawnRows, 1);
        };
    assertThat(share(600, () -> change(drawn.get(), drawn.get()))).isLessThan(0.082);
  }

  @Test
  void findsACorrelationThatVanishes() {
    double[][] before = NormalRows.equal(5, 0.1);
    before[1][3] = 0.6;
    before[3][1] = 0.6;
    double[][] after = NormalRows.equal(5, 0.1);
    after[1][3] = 0;
    after[3][1] = 0;
    NormalRows reference = new NormalRows(1, before);
    NormalRows window = new NormalRows(2, after);
    for (int repeat = 0; repeat < 100; repeat++) {
      CorrelationChange of = change(reference.moments(2_500), window.moments(500));
      assertThat(of.pChange(NONE)).isLessThan(1e-6);
      assertThat(of.largest().get(0).first()).isEqualTo(1);
      assertThat(of.largest().get(0).second()).isEqualTo(3);
    }
  }

  // The true change is √(.3²/10) over ten pairs. 1 000 repeats: .95 ± 3.5 * .0069; found .950.
  @Test
  void theIntervalCoversTheTrueChange() {
    double[][] before = NormalRows.equal(5, 0.3);
    double[][] after = NormalRows.equal(5, 0.3);
    after[1][3] = 0;
    after[3][1] = 0;
    NormalRows reference = new NormalRows(3, before);
    NormalRows window = new NormalRows(4, after);
    double truth = Math.sqrt(0.09 / 10);
    int covered = 0;
    for (int repeat = 0; repeat < 1_000; repeat++) {
      CorrelationChange of = change(reference.moments(2_500), window.moments(500));
      boolean contains = of.interval(NONE).contains(truth);
      covered += contains ? 1 : 0;
      assertThat(contains)
          .isEqualTo(of.pLimit(truth, NONE) >= 0.025 && of.pLimit(truth, NONE) <= 0.975);
    }
    assertThat(covered / 1_000.0).isBetween(0.926, 0.974);
  }

  // Ten equal rows per entity make every correlation vary ten times as much, exactly. 300 windows
  // of
  // six nearly equal degrees: a standard error of 10 √(2/1 800) = .33, and 1/99 more for n − 1.
  @Test
  void overdispersionFindsTenRowsPerEntity() {
    NormalRows rows = new NormalRows(23, NormalRows.equal(4, 0.2));
    List<CrossMoments> windows = Stream.generate(() -> entities(rows, 10)).limit(300).toList();
    Overdispersion of = CorrelationChange.overdispersion(windows).orElseThrow();
    assertThat(of.phi()).isCloseTo(10.1, within(1.2));
    assertThat(of.degrees()).isEqualTo(299);

    List<CrossMoments> single = Stream.generate(() -> entities(rows, 1)).limit(300).toList();
    assertThat(CorrelationChange.overdispersion(single).orElseThrow().phi())
        .isCloseTo(1.01, within(0.12));
  }

  // With phi of 20 windows the error is .05 again (500 repeats: ± 3.5 * .0097); without, over .9.
  @Test
  void overdispersionRepairsTheTest() {
    NormalRows rows = new NormalRows(29, NormalRows.equal(4, 0.2));
    int found = 0;
    int plain = 0;
    for (int repeat = 0; repeat < 500; repeat++) {
      List<CrossMoments> windows = Stream.generate(() -> entities(rows, 10)).limit(20).toList();
      CorrelationChange of = change(CrossMoments.sum(windows), entities(rows, 10));
      Overdispersion phi = CorrelationChange.overdispersion(windows).orElseThrow();
      found += of.pChange(phi) <= 0.05 ? 1 : 0;
      plain += of.pChange(NONE) <= 0.05 ? 1 : 0;
    }
    assertThat(plain / 500.0).isGreaterThan(0.9);
    assertThat(found / 500.0).isBetween(0.016, 0.084);
  }

  @Test
  void overdispersionNeedsTwoWindowsWithCorrelations() {
    CrossMoments some = three(50, 0.1, 0.2, 0.3);
    CrossMoments constant = CrossMoments.of(50, new double[3], new double[6]);
    assertThat(CorrelationChange.overdispersion(List.of(some)).isDefined()).isFalse();
    assertThat(CorrelationChange.overdispersion(List.of(some, constant)).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("there are 1"));
    assertThat(CorrelationChange.overdispersion(List.of(some, some)).orElseThrow().phi())
        .isEqualTo(1);
  }

  @Test
  void refusesSidesOfDifferentVariables() {
    CrossMoments two = CrossMoments.of(5, new double[2], new double[3]);
    assertThatThrownBy(() -> CorrelationChange.of(three(5, 0, 0, 0), two))
        .hasMessageContaining("3 and 2");
  }

  /** A hundred entities, each with as many equal rows. */
  private static CrossMoments entities(NormalRows rows, int each) {
    return NormalRows.moments(Stream.generate(rows::row).limit(100).toArray(double[][]::new), each);
  }

  private static double share(int repeats, Supplier<CorrelationChange> drawn) {
    return share(repeats, 0.05, drawn);
  }

  private static double share(int repeats, double level, Supplier<CorrelationChange> drawn) {
    return (double)
            Stream.generate(drawn).limit(repeats).filter(c -> c.pChange(NONE) <= level).count()
        / repeats;
  }
}
