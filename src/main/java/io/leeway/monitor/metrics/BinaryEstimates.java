package io.leeway.monitor.metrics;

import io.leeway.profile.AlignedScores;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.Cbpe;
import io.leeway.stats.estimate.EstimateCell;
import io.leeway.stats.inference.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Performance of decisions between two classes, by what their scores meant in the reference. */
final class BinaryEstimates {
  /** What is estimated. */
  static final List<String> METRICS =
      List.of("accuracy", "precision", "recall", "f1", "base_rate", "roc_auc");

  private BinaryEstimates() {}

  static void add(
      EstimateSheet sheet,
      ProfileBundle reference,
      ProfileBundle window,
      OutcomeCounts counts,
      Spreads spreads) {
    Optional<ScoreOutcomes> before = BinaryMeasures.scores(reference);
    Optional<ScoreOutcomes> now = BinaryMeasures.scores(window);
    Optional<NumericProfile> unlabelled = window.numeric(OutcomeMembers.SCORE_IF_UNLABELLED);
    if (before.isEmpty() || now.isEmpty() || unlabelled.isEmpty()) {
      return;
    }
    boolean decided = counts.selection().denominator() > 0;
    Outcome<Cbpe> found =
        before.get().positives().grid().equals(unlabelled.get().grid())
            ? Cbpe.of(
                cells(before.get(), now.get(), unlabelled.get(), decided),
                spreads.overdispersion(Varying.ACCURACY))
            : Outcome.undefined("MIXED_BINS: the reference was counted on other bins.");
    sheet.restsOn(before.get().rows());
    found.value().ifPresent(of -> sheet.extrapolated(of.extrapolatedShare()));
    if (decided) {
      add(sheet, "accuracy", found.flatMap(Cbpe::accuracy));
      add(sheet, "precision", found.flatMap(Cbpe::precision));
      add(sheet, "recall", found.flatMap(Cbpe::recall));
      add(sheet, "f1", found.flatMap(Cbpe::f1));
    }
    add(sheet, "base_rate", found.map(Cbpe::baseRate));
    add(sheet, "roc_auc", found.flatMap(Cbpe::rocAuc));
  }

  private static void add(EstimateSheet sheet, String metric, Outcome<MeanInterval> estimate) {
    sheet.add(metric, estimate, EstimateSheet.SHARE, OptionalDouble.empty());
  }

  private static List<EstimateCell> cells(
      ScoreOutcomes reference, ScoreOutcomes window, NumericProfile unlabelled, boolean decided) {
    List<EstimateCell> cells = new ArrayList<>();
    for (AlignedScores.Cell cell :
        AlignedScores.byCoarseBin(
            List.of(
                reference.positives(),
                reference.negatives(),
                window.positives(),
                window.negatives(),
                unlabelled))) {
      long[] all = cell.rows();
      long[] yes = cell.decided();
      if (!decided) {
        cells.add(cell(EstimateCell.NO_DECISION, cell, all));
      } else {
        long[] no = new long[all.length];
        for (int kind = 0; kind < no.length; kind++) {
          no[kind] = all[kind] - yes[kind];
        }
        cells.add(cell(1, cell, yes));
        cells.add(cell(0, cell, no));
      }
    }
    return cells;
  }

  private static EstimateCell cell(int decision, AlignedScores.Cell cell, long[] rows) {
    return new EstimateCell(
        decision, cell.low(), cell.high(), rows[0] + rows[1], rows[0], rows[2] + rows[3] + rows[4]);
  }
}
