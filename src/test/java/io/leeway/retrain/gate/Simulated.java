package io.leeway.retrain.gate;

import io.leeway.domain.Slice;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A binary holdout of which the truth is known: a row's log odds are normal, its label is drawn
 * with them, the champion sees them through noise. Rows belong to states A, B, C and D in turn, the
 * last of them small, and to genders f and m.
 */
final class Simulated {
  static final Slice STATE = Slice.of("state");
  static final String GENDER = "gender";

  final int n;
  final int[] labels;
  final int[] state;
  final int[] gender;

  /** What the champion and a candidate of its own kind make of each row. */
  final double[] logOdds;

  final double[] champion;

  private final SplittableRandom random;

  Simulated(long seed, int n) {
    this.n = n;
    this.random = new SplittableRandom(seed);
    this.labels = new int[n];
    this.state = new int[n];
    this.gender = new int[n];
    this.logOdds = new double[n];
    this.champion = new double[n];
    for (int i = 0; i < n; i++) {
      logOdds[i] = 1.5 * random.nextGaussian() - 0.5;
      labels[i] = random.nextDouble() < probability(logOdds[i]) ? 1 : 0;
      state[i] = random.nextInt(40) == 0 ? 3 : random.nextInt(3);
      gender[i] = random.nextInt(2);
      champion[i] = probability(logOdds[i] + 0.2 * random.nextGaussian());
    }
  }

  static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** As good as the champion, with noise of its own. */
  double[] alike() {
    return blurred(0.2);
  }

  /** The truth through noise; the champion's is 0.2. */
  double[] blurred(double noise) {
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = probability(logOdds[i] + noise * random.nextGaussian());
    }
    return scores;
  }

  static Scores scores(double[] probabilities) {
    int[] decisions = new int[probabilities.length];
    for (int i = 0; i < decisions.length; i++) {
      decisions[i] = probabilities[i] >= 0.5 ? 1 : 0;
    }
    return Scores.binary(probabilities, decisions);
  }

  HoldoutRows.Builder rows(double[] candidate) {
    return withoutChampion(candidate).champion(scores(champion));
  }

  HoldoutRows.Builder withoutChampion(double[] candidate) {
    return HoldoutRows.binary(labels)
        .candidate(scores(candidate))
        .slice(STATE, Groups.of(List.of("A", "B", "C", "D"), state))
        .attribute(GENDER, Groups.of(List.of("f", "m"), gender));
  }
}
