package io.leeway.cli.bench;

import io.leeway.stats.inference.Normal;
import io.leeway.stats.performance.ScoreBin;
import io.leeway.stats.performance.ScoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Scores of which all is known: normal with deviation 1, negatives about 0 and positives about a
 * shift. Then {@code AUC = Phi(shift / sqrt 2)}.
 *
 * @param shift &ge; 0
 */
record Binormal(double shift) {
  /** Beyond so many deviations nothing is left. */
  private static final double WIDE = 9;

  private static final double STEP = 1e-3;

  /** With a given AUC, in [0.5, 1). */
  static Binormal ofAuc(double auc) {
    return new Binormal(auc == 0.5 ? 0 : Math.sqrt(2) * Normal.quantile(auc));
  }

  double auc() {
    return Normal.lowerTail(shift / Math.sqrt(2));
  }

  /**
   * Average precision of all there is: the mean over positives of the precision at their score,
   *
   * <pre>{@code integral of density(s - shift) pi T / (pi T + (1 - pi) F) ds}</pre>
   *
   * <p>T and F the shares of positives and negatives above s. Trapezoids, which for a smooth
   * function that falls off at both ends are exact to rounding.
   *
   * @param prevalence pi, in (0, 1)
   */
  double averagePrecision(double prevalence) {
    double sum = 0;
    for (int i = 0; i <= 2 * WIDE / STEP; i++) {
      double fromPositives = i * STEP - WIDE;
      double hits = prevalence * Normal.upperTail(fromPositives);
      double others = (1 - prevalence) * Normal.upperTail(fromPositives + shift);
      sum += Normal.density(fromPositives) * hits / (hits + others) * STEP;
    }
    return sum;
  }

  /** Rows drawn, each score a bin of its own. */
  ScoreTable draw(SplittableRandom random, int positives, int negatives) {
    double[] ofPositives = sorted(random, positives, shift);
    double[] ofNegatives = sorted(random, negatives, 0);
    List<ScoreBin> bins = new ArrayList<>(positives + negatives);
    int p = 0;
    int n = 0;
    while (p < positives || n < negatives) {
      double score =
          Math.min(
              p < positives ? ofPositives[p] : Double.POSITIVE_INFINITY,
              n < negatives ? ofNegatives[n] : Double.POSITIVE_INFINITY);
      int p0 = p;
      int n0 = n;
      while (p < positives && ofPositives[p] == score) {
        p++;
      }
      while (n < negatives && ofNegatives[n] == score) {
        n++;
      }
      bins.add(new ScoreBin(score, score, p - p0, n - n0));
    }
    return ScoreTable.of(bins);
  }

  private static double[] sorted(SplittableRandom random, int rows, double mean) {
    double[] scores = new double[rows];
    for (int i = 0; i < rows; i++) {
      scores[i] = mean + random.nextGaussian();
    }
    Arrays.sort(scores);
    return scores;
  }
}
