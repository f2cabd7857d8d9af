package io.leeway.stats.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.performance.RocAuc;
import io.leeway.stats.performance.ScoreBin;
import io.leeway.stats.performance.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedAucTest {
  private static final double EXACT = 1e-12;

  // By hand, positives first. First scorer: 3 beats 0 and 2, 1 beats 0, so V10 = 1, 1/2 and
  // V01 = 1, 1/2; A = 3/4; S_11 = 2 · (1/16 + 1/16) / 2 = 1/8. Second: both positives beat 0 and
  // tie with 1, so V10 = 3/4 twice and V01 = 1/2, 1; A = 3/4; S_22 = (1/16 + 1/16)/2 = 1/16.
  // S_12 = (−1/16 − 1/16)/2 = −1/16. Variance of the difference: 1/8 + 1/16 + 1/8 = 5/16.
  @Test
  void isDeLongsByHand() {
    PairedAuc auc =
        PairedAuc.of(
                new boolean[] {true, true, false, false},
                new double[] {3, 1, 0, 2},
                new double[] {1, 1, 1, 0})
            .orElseThrow();
    assertThat(auc.first()).isEqualTo(0.75);
    assertThat(auc.second()).isEqualTo(0.75);
    assertThat(auc.firstVariance()).isCloseTo(1.0 / 8, within(EXACT));
    assertThat(auc.secondVariance()).isCloseTo(1.0 / 16, within(EXACT));
    assertThat(auc.covariance()).isCloseTo(-1.0 / 16, within(EXACT));
    assertThat(auc.difference().difference()).isZero();
    assertThat(auc.difference().standardError()).isCloseTo(Math.sqrt(5.0 / 16), within(EXACT));
    assertThat(auc.difference().degrees()).isEqualTo(1);
  }

  private static final class Rows {
    private final boolean[] positive;
    private final double[] first;
    private final double[] second;

    Rows(boolean[] positive, double[] first, double[] second) {
      this.positive = positive;
      this.first = first;
      this.second = second;
    }

    /** Scores of few values, so that many tie, −0.0 and 0.0 among them. */
    static Rows of(SplittableRandom random, int n) {
      boolean[] positive = new boolean[n];
      double[] first = new double[n];
      double[] second = new double[n];
      for (int i = 0; i < n; i++) {
        positive[i] = i < 2 || (i > 3 && random.nextInt(3) == 0);
        first[i] = (random.nextInt(9) - 4) * (random.nextBoolean() ? 1 : -1) / 4.0;
        second[i] = first[i] + random.nextInt(3) - (positive[i] ? 0 : 1);
      }
      return new Rows(positive, first, second);
    }
  }

  /** 1 where the positive wins, one half where they tie. */
  private static double wins(double positive, double negative) {
    return positive > negative ? 1 : positive == negative ? 0.5 : 0;
  }

  private static double[] shares(boolean[] positive, double[] scores) {
    double[] shares = new double[scores.length];
    for (int i = 0; i < shares.length; i++) {
      int others = 0;
      for (int j = 0; j < shares.length; j++) {
        if (positive[i] != positive[j]) {
          others++;
          shares[i] += positive[i] ? wins(scores[i], scores[j]) : wins(scores[j], scores[i]);
        }
      }
      shares[i] /= others;
    }
    return shares;
  }

  /** Means over one class of products of deviations, over rows − 1: the formula, pair by pair. */
  private static double bruteForce(boolean[] positive, double[] ones, double[] others) {
    double[] a = shares(positive, ones);
    double[] b = shares(positive, others);
    double sum = 0;
    for (boolean of : new boolean[] {true, false}) {
      int[] rows = IntStream.range(0, a.length).filter(i -> positive[i] == of).toArray();
      double meanA = IntStream.of(rows).mapToDouble(i -> a[i]).average().orElseThrow();
      double meanB = IntStream.of(rows).mapToDouble(i -> b[i]).average().orElseThrow();
      double products = IntStream.of(rows).mapToDouble(i -> (a[i] - meanA) * (b[i] - meanB)).sum();
      sum += products / (rows.length - 1) / rows.length;
    }
    return sum;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
  void isTheSumOverPairs(long seed) {
    Rows rows = Rows.of(new SplittableRandom(seed), 10 + (int) seed);
    PairedAuc auc = PairedAuc.of(rows.positive, rows.first, rows.second).orElseThrow();
    double s11 = bruteForce(rows.positive, rows.first, rows.first);
    double s22 = bruteForce(rows.positive, rows.second, rows.second);
    double s12 = bruteForce(rows.positive, rows.first, rows.second);
    double mean =
        IntStream.range(0, rows.first.length)
            .filter(i -> rows.positive[i])
            .mapToDouble(i -> shares(rows.positive, rows.first)[i])
            .average()
            .orElseThrow();
    assertThat(auc.first()).isCloseTo(mean, within(EXACT));
    assertThat(auc.firstVariance()).isCloseTo(s11, within(EXACT));
    assertThat(auc.secondVariance()).isCloseTo(s22, within(EXACT));
    assertThat(auc.covariance()).isCloseTo(s12, within(EXACT));
    assertThat(auc.difference().standardError())
        .isCloseTo(Math.sqrt(s11 + s22 - 2 * s12), within(EXACT));
  }

  // RocAuc has it from counts of bins, another way round.
  @Test
  void oneScorerAloneIsTheAucOfBins() {
    Rows rows = Rows.of(new SplittableRandom(34), 500);
    TreeMap<Double, long[]> counts = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      counts.computeIfAbsent(rows.first[i] + 0.0, score -> new long[2])[rows.positive[i] ? 1 : 0]++;
    }
    List<ScoreBin> bins = new ArrayList<>();
    counts.forEach((score, of) -> bins.add(new ScoreBin(score, score, of[1], of[0])));
    RocAuc binned = RocAuc.of(ScoreTable.of(bins)).orElseThrow();
    PairedAuc auc = PairedAuc.of(rows.positive, rows.first, rows.second).orElseThrow();
    assertThat(auc.first()).isCloseTo(binned.value(), within(EXACT));
    assertThat(auc.firstVariance()).isCloseTo(binned.variance().orElseThrow(), within(EXACT));
  }

  @Test
  void onlyOrderCounts() {
    Rows rows = Rows.of(new SplittableRandom(55), 200);
    double[] stretched =
        IntStream.range(0, 200).mapToDouble(i -> Math.exp(rows.first[i])).toArray();
    assertThat(PairedAuc.of(rows.positive, stretched, rows.first).orElseThrow().difference())
        .isEqualTo(new PairedDifference(0, 0, rarer(rows) - 1.0, 200));
  }

  private static int rarer(Rows rows) {
    int positives =
        (int) IntStream.range(0, rows.positive.length).filter(i -> rows.positive[i]).count();
    return Math.min(positives, rows.positive.length - positives);
  }

  // With G rows, each its own entity, the divisors are p² and n² times (G − 1)/G in place of
  // p (p − 1) and n (n − 1).
  @Test
  void entitiesOfOneRowAreNearDeLong() {
    Rows rows = Rows.of(new SplittableRandom(89), 2_000);
    int[] entities = IntStream.range(0, 2_000).toArray();
    PairedAuc alone = PairedAuc.of(rows.positive, rows.first, rows.second).orElseThrow();
    PairedAuc clustered =
        PairedAuc.of(rows.positive, rows.first, rows.second, entities).orElseThrow();
    assertThat(clustered.difference().standardError() / alone.difference().standardError())
        .isBetween(0.998, 1.002);
    assertThat(clustered.covariance() / alone.covariance()).isBetween(0.996, 1.004);
  }

  // Each row four times over: with entities the noise is that of the rows told once, up to
  // the divisors; without them it is half of that.
  @Test
  void copiesOfRowsAddNoCertaintyWhereTheyAreOneEntity() {
    Rows once = Rows.of(new SplittableRandom(144), 400);
    int[] entities = IntStream.range(0, 1_600).map(i -> i / 4).toArray();
    boolean[] positive = new boolean[1_600];
    double[] first = new double[1_600];
    double[] second = new double[1_600];
    for (int i = 0; i < 1_600; i++) {
      positive[i] = once.positive[i / 4];
      first[i] = once.first[i / 4];
      second[i] = once.second[i / 4];
    }
    double alone =
        PairedAuc.of(once.positive, once.first, once.second)
            .orElseThrow()
            .difference()
            .standardError();
    assertThat(
            PairedAuc.of(positive, first, second, entities)
                    .orElseThrow()
                    .difference()
                    .standardError()
                / alone)
        .isBetween(0.98, 1.02);
    assertThat(
            PairedAuc.of(positive, first, second).orElseThrow().difference().standardError()
                / alone)
        .isBetween(0.48, 0.52);
  }

  @Test
  void isUndefinedWithoutTwoRowsOfEachClass() {
    double[] scores = {0.1, 0.2, 0.3};
    assertThat(PairedAuc.of(new boolean[] {true, true, true}, scores, scores).reason())
        .contains(
            "AUC and its variance need two rows of each class, but there are 3 positives and 0"
                + " negatives.");
    assertThat(PairedAuc.of(new boolean[] {true, true, false}, scores, scores).isDefined())
        .isFalse();
    assertThat(PairedAuc.of(new boolean[0], new double[0], new double[0]).isDefined()).isFalse();
    boolean[] two = {true, true, false, false};
    double[] broken = {1, Double.NaN, 0, 0};
    assertThat(PairedAuc.of(two, broken, new double[4]).reason())
        .contains("A row has no finite score.");
    assertThat(PairedAuc.of(two, new double[4], new double[4], new int[4]).reason())
        .contains("All rows are of one entity.");
  }
}
