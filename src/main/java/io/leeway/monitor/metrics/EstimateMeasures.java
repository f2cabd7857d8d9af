package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.ProfileBundle;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a window's performance ought to be by its predictions, before its labels have come; once
 * they have, how far off that was. STATISTICS, B7.
 */
final class EstimateMeasures {
  private EstimateMeasures() {}

  /** Whether any estimate is written; they take long. */
  static boolean isAnyWritten(ColumnFacts facts) {
    return Stream.of(
            BinaryEstimates.METRICS, MulticlassEstimates.METRICS, RegressionEstimates.METRICS)
        .flatMap(List::stream)
        .flatMap(EstimateSheet::names)
        .anyMatch(facts.written());
  }

  /** Of a segment; nothing where the profiles do not hold what it takes. */
  static List<Measure> of(
      Described<?> referenceSide, Described<?> windowSide, Spreads spreads, ColumnFacts facts) {
    ProfileBundle reference = (ProfileBundle) referenceSide.profile();
    ProfileBundle window = (ProfileBundle) windowSide.profile();
    OutcomeMembers members = facts.members().orElseThrow();
    OutcomeCounts counts = OutcomeCounts.of(window, members);
    double coverage = counts.coverage().value().value().orElse(0.0);
    EstimateSheet sheet =
        new EstimateSheet(windowSide.byMetric(), counts.rows(), facts.late().isMature(coverage));
    switch (members.task()) {
      case BINARY -> BinaryEstimates.add(sheet, reference, window, counts, spreads);
      case MULTICLASS ->
          MulticlassEstimates.add(
              sheet, reference, window, OutcomeCounts.of(reference, members), spreads);
      case REGRESSION -> RegressionEstimates.add(sheet, reference, window, spreads);
      case TELEMETRY -> throw new IllegalStateException("Telemetry has no labels.");
    }
    return sheet.measures();
  }
}
