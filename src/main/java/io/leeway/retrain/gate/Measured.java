package io.leeway.retrain.gate;

import io.leeway.config.GateMetric;
import io.leeway.stats.Outcome;
import io.leeway.stats.paired.PairedAuc;
import io.leeway.stats.paired.PairedDifference;
import io.leeway.stats.paired.PairedMean;
import java.util.Arrays;

/**
 * Metrics whose noise is known, on some of the rows. Rows of one entity go together. Fewer than 30
 * independent rows or entities are too few for any of it.
 */
final class Measured {
  private static final long LEAST_UNITS = 30;

  private Measured() {}

  /** One model's value. */
  static Outcome<PairedDifference> value(
      GateMetric metric, HoldoutRows holdout, Scores of, int[] rows) {
    int[] counted = counted(metric, holdout, rows);
    Outcome<PairedDifference> value =
        metric == GateMetric.ROC_AUC
            ? auc(holdout, of, of, counted)
                .map(
                    auc ->
                        new PairedDifference(
                            auc.first(),
                            Math.sqrt(auc.firstVariance()),
                            auc.difference().degrees(),
                            auc.difference().units()))
            : PairedMean.of(
                Arrays.stream(counted)
                    .mapToDouble(row -> RowMean.value(metric, holdout, of, row))
                    .toArray(),
                holdout.entities(counted));
    return enough(value);
  }

  /** Candidate − (1 + share) champion; of AUC the share is 0. */
  static Outcome<PairedDifference> difference(
      GateMetric metric, HoldoutRows holdout, Scores champion, double share, int[] rows) {
    int[] counted = counted(metric, holdout, rows);
    Scores candidate = holdout.candidate();
    Outcome<PairedDifference> difference =
        metric == GateMetric.ROC_AUC
            ? auc(holdout, candidate, champion, counted).map(PairedAuc::difference)
            : PairedMean.of(
                Arrays.stream(counted)
                    .mapToDouble(
                        row ->
                            RowMean.value(metric, holdout, candidate, row)
                                - (1 + share) * RowMean.value(metric, holdout, champion, row))
                    .toArray(),
                holdout.entities(counted));
    return enough(difference);
  }

  private static Outcome<PairedDifference> enough(Outcome<PairedDifference> of) {
    return of.flatMap(
        it ->
            it.units() < LEAST_UNITS
                ? Outcome.undefined(
                    "It is judged from "
                        + LEAST_UNITS
                        + " independent rows or entities; here are "
                        + it.units()
                        + ".")
                : Outcome.of(it));
  }

  private static int[] counted(GateMetric metric, HoldoutRows holdout, int[] rows) {
    return metric == GateMetric.ROC_AUC
        ? rows
        : Arrays.stream(rows).filter(row -> RowMean.counts(metric, holdout, row)).toArray();
  }

  private static Outcome<PairedAuc> auc(
      HoldoutRows holdout, Scores first, Scores second, int[] rows) {
    boolean[] positive = new boolean[rows.length];
    double[] one = new double[rows.length];
    double[] other = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      positive[i] = holdout.labelClass(rows[i]) == 1;
      one[i] = first.score(rows[i]);
      other[i] = second.score(rows[i]);
    }
    return holdout.hasEntities()
        ? PairedAuc.of(positive, one, other, holdout.entities(rows))
        : PairedAuc.of(positive, one, other);
  }
}
