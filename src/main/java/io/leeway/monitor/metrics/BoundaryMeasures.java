package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.DecisionBoundary;
import io.leeway.stats.estimate.ScoreCell;
import io.leeway.stats.inference.Interval;
import java.util.List;

/**
 * Where the decisions draw the line through the scores, how blurred it is, and how it has moved.
 * Nothing is said of a score without a positive decision on either side, as where the model has no
 * decision.
 */
final class BoundaryMeasures {
  private BoundaryMeasures() {}

  /** Of one side. */
  static void add(MeasureDraft draft, NumericProfile scores, Spreads spreads) {
    List<ScoreCell> cells = scores.scoreCells();
    if (isWithoutDecision(cells)) {
      return;
    }
    Outcome<DecisionBoundary> boundary = DecisionBoundary.of(cells);
    draft.add(
        "decision_threshold",
        boundary.map(DecisionBoundary::threshold),
        measure -> describe(measure, boundary.orElseThrow()));
    draft.add(
        "decision_blur",
        boundary.map(DecisionBoundary::blur),
        measure -> {
          DecisionBoundary found = boundary.orElseThrow();
          Interval interval = found.blurInterval(spreads.overdispersion(Varying.MEAN));
          measure
              .interval(interval.low(), interval.high())
              .fraction((double) found.misplaced(), (double) found.rows());
          MeasureDraft.errorBound(
              measure, (double) (found.misplaced() - found.fewest()) / found.rows());
        });
  }

  /** How the line has moved. */
  static void addChange(
      MeasureDraft draft, NumericProfile reference, NumericProfile window, Spreads spreads) {
    if (isWithoutDecision(reference.scoreCells()) && isWithoutDecision(window.scoreCells())) {
      return;
    }
    Outcome<DecisionBoundary.Change> change =
        DecisionBoundary.of(reference.scoreCells())
            .flatMap(
                before ->
                    DecisionBoundary.of(window.scoreCells())
                        .flatMap(
                            after -> after.change(before, spreads.overdispersion(Varying.MEAN))));
    draft.add(
        "decision_threshold_change",
        change.map(DecisionBoundary.Change::threshold),
        measure -> MeasureDraft.errorBound(measure, change.orElseThrow().errorBound()));
    draft.add(
        "decision_blur_change",
        change.map(DecisionBoundary.Change::blur),
        measure -> {
          Interval interval = change.orElseThrow().blurInterval();
          measure.interval(interval.low(), interval.high());
        });
  }

  private static boolean isWithoutDecision(List<ScoreCell> cells) {
    return cells.stream().allMatch(cell -> cell.positives() == 0);
  }

  private static void describe(Measure.Builder measure, DecisionBoundary boundary) {
    MeasureDraft.errorBound(measure, boundary.errorBound());
    measure.note(
        "Decisions are mixed between the scores "
            + (float) boundary.band().low()
            + " and "
            + (float) boundary.band().high()
            + ".");
    if (!boundary.separates()) {
      measure.note("One decision for all would misplace as few rows: decisions ignore the score.");
    }
  }
}
