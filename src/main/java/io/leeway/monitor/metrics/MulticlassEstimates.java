package io.leeway.monitor.metrics;

import io.leeway.profile.AlignedScores;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.Cbpe;
import io.leeway.stats.estimate.EstimateCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Accuracy of decisions between several classes, by how often they were right in the reference at
 * such a highest score; of all decisions alike, since the highest score is not kept by class.
 */
final class MulticlassEstimates {
  /** What is estimated. */
  static final List<String> METRICS = List.of("accuracy");

  /** Of the bins of highest scores so many make one, a fortieth of what scores run over. */
  private static final int BINS = 5;

  private MulticlassEstimates() {}

  /**
   * Nothing of a model without decisions.
   *
   * @param counts of the reference
   */
  static void add(
      EstimateSheet sheet,
      ProfileBundle reference,
      ProfileBundle window,
      OutcomeCounts counts,
      Spreads spreads) {
    Optional<NumericProfile> before = reference.numeric(OutcomeMembers.TOP_SCORE);
    Optional<NumericProfile> now = window.numeric(OutcomeMembers.TOP_SCORE);
    Optional<NumericProfile> unlabelled = window.numeric(OutcomeMembers.TOP_SCORE_IF_UNLABELLED);
    if (before.isEmpty() || now.isEmpty() || unlabelled.isEmpty() || counts.judged() == 0) {
      return;
    }
    // Rows without a decision are in none of the three.
    Outcome<Cbpe> found =
        Cbpe.of(
            cells(before.get(), now.get(), unlabelled.get()),
            spreads.overdispersion(Varying.ACCURACY));
    sheet.restsOn(before.get().n());
    found.value().ifPresent(of -> sheet.extrapolated(of.extrapolatedShare()));
    // Right decisions stand for positives, so that their rate is the accuracy.
    sheet.add("accuracy", found.map(Cbpe::baseRate), EstimateSheet.SHARE, OptionalDouble.empty());
  }

  private static List<EstimateCell> cells(
      NumericProfile reference, NumericProfile window, NumericProfile unlabelled) {
    double[] fine = reference.grid().edges();
    double[] edges =
        IntStream.range(0, fine.length)
            .filter(edge -> edge % BINS == 0)
            .mapToDouble(edge -> fine[edge])
            .toArray();
    List<EstimateCell> cells = new ArrayList<>();
    for (AlignedScores.Cell cell :
        AlignedScores.byEdges(List.of(reference, window, unlabelled), edges)) {
      long[] rows = cell.rows();
      cells.add(
          new EstimateCell(
              EstimateCell.NO_DECISION,
              cell.low(),
              cell.high(),
              rows[0],
              cell.decided()[0],
              Arrays.stream(rows).skip(1).sum()));
    }
    return cells;
  }
}
