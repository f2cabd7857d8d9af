package io.leeway.cli.bench;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.AveragePrecision;
import io.leeway.stats.performance.LogitInterval;
import io.leeway.stats.performance.RocAuc;
import io.leeway.stats.performance.ScoreTable;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Coverage of intervals of AUC and of average precision, over draws of {@link Binormal} scores. */
final class RankingCoverage {
  static final IntervalKind AUC = IntervalKind.exact("roc_auc (logit)");
  static final IntervalKind AVERAGE_PRECISION = IntervalKind.exact("pr_auc (logit)");

  private RankingCoverage() {}

  /** With given numbers of positives and negatives; their shares do not matter to AUC. */
  static Coverage ofAuc(double auc, int positives, int negatives, int draws, long seed) {
    Binormal scores = Binormal.ofAuc(auc);
    SplittableRandom random = new SplittableRandom(seed);
    Count count = new Count(auc);
    for (int draw = 0; draw < draws; draw++) {
      count.add(
          scores.draw(random, positives, negatives),
          table -> RocAuc.of(table).flatMap(of -> of.interval(Overdispersion.NONE)));
    }
    return count.of(AUC, String.format(Locale.ROOT, "%.2f, %d / %d", auc, positives, negatives));
  }

  /**
   * With a given number of rows, each positive by chance: average precision depends on their share.
   * Draws below the floor of positives are not judged, so they are left out here, too.
   *
   * @param auc of the scores
   */
  static Coverage ofAveragePrecision(
      double auc, double prevalence, int rows, int draws, long seed) {
    Binormal scores = Binormal.ofAuc(auc);
    SplittableRandom random = new SplittableRandom(seed);
    double truth = scores.averagePrecision(prevalence);
    Count count = new Count(truth);
    for (int draw = 0; draw < draws; draw++) {
      int positives = 0;
      for (int row = 0; row < rows; row++) {
        positives += random.nextDouble() < prevalence ? 1 : 0;
      }
      if (Floor.AVERAGE_PRECISION.objection(positives).isEmpty()) {
        count.add(
            scores.draw(random, positives, rows - positives),
            table -> AveragePrecision.of(table).flatMap(of -> of.interval(Overdispersion.NONE)));
      }
    }
    return count.of(
        AVERAGE_PRECISION,
        String.format(
            Locale.ROOT, "%.3f (AUC %.2f), %.0f of %d", truth, auc, prevalence * rows, rows));
  }

  /** Intervals drawn so far. */
  private static final class Count {
    private final double truth;
    private long drawn;
    private long held;
    private double widths;

    Count(double truth) {
      this.truth = truth;
    }

    void add(ScoreTable table, Function<ScoreTable, Outcome<LogitInterval>> intervalOf) {
      Interval interval = intervalOf.apply(table).orElseThrow().interval();
      drawn++;
      held += interval.contains(truth) ? 1 : 0;
      widths += interval.high() - interval.low();
    }

    Coverage of(IntervalKind kind, String point) {
      return Coverage.ofDraws(kind, point, held, drawn, widths);
    }
  }
}
