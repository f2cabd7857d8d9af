package io.leeway.retrain.gate;

import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.Psi;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;
import java.util.Arrays;

/**
 * How far the candidate is from the champion on the same rows, for better or worse: whoever acts on
 * scores should know before they move. As measured, the limit included.
 *
 * <p>The score's PSI is the catalogue's, in bins between the champion's deciles; of several classes
 * the score is the highest one. The flip rate is the share of rows decided differently.
 */
final class StabilityCheck {
  private static final int TENTHS = 10;

  private StabilityCheck() {}

  static GateCheck of(Case of, GateRule rule, CheckDraft draft, int[] rows) {
    HoldoutRows holdout = of.holdout();
    Scores champion = of.usableChampion().orElseThrow();
    double limit = rule.limit().value();
    draft.rows(holdout, rows).limit(limit);
    if (rows.length == 0) {
      return draft.fails(rule.metric().text() + " cannot be computed: There are no rows.");
    }
    Outcome<Double> value =
        rule.metric() == GateMetric.SCORE_PSI
            ? psi(holdout.candidate(), champion, rows)
            : Outcome.of(flips(of, champion, draft, rows));
    return value.fold(
        measured -> {
          draft.candidate(measured);
          String words =
              rule.metric().text()
                  + " is "
                  + Wording.number(measured)
                  + " on "
                  + Wording.rows(rows.length)
                  + (measured <= limit ? ", and" : ", but")
                  + " must be at most "
                  + Wording.number(limit);
          return measured <= limit
              ? draft.passes(Wording.sentence(words))
              : draft.fails(Wording.sentence(words));
        },
        why -> draft.fails(rule.metric().text() + " cannot be computed: " + why));
  }

  private static double flips(Case of, Scores champion, CheckDraft draft, int[] rows) {
    Scores candidate = of.holdout().candidate();
    long flips =
        Arrays.stream(rows)
            .filter(row -> candidate.decision(row) != champion.decision(row))
            .count();
    double z = -Normal.quantile(of.plan().level());
    Wilson.interval(flips, rows.length, Overdispersion.NONE, z).value().ifPresent(draft::interval);
    return (double) flips / rows.length;
  }

  private static Outcome<Double> psi(Scores candidate, Scores champion, int[] rows) {
    double[] edges = deciles(Arrays.stream(rows).mapToDouble(champion::highest).sorted().toArray());
    return Psi.of(counts(champion, edges, rows), counts(candidate, edges, rows));
  }

  /** The quantiles 0.1 to 0.9 by linear interpolation at position (n − 1) q, each once. */
  private static double[] deciles(double[] ascending) {
    double[] edges = new double[TENTHS - 1];
    for (int i = 1; i < TENTHS; i++) {
      double position = (ascending.length - 1) * (double) i / TENTHS;
      int below = (int) Math.floor(position);
      int above = Math.min(below + 1, ascending.length - 1);
      edges[i - 1] = ascending[below] + (position - below) * (ascending[above] - ascending[below]);
    }
    return Arrays.stream(edges).distinct().toArray();
  }

  /** A score equal to an edge belongs to the bin above it. */
  private static long[] counts(Scores of, double[] edges, int[] rows) {
    long[] counts = new long[edges.length + 1];
    for (int row : rows) {
      int bin = 0;
      while (bin < edges.length && of.highest(row) >= edges[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    return counts;
  }
}
