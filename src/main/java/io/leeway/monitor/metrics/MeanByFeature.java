package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.JointProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.MeanShift;
import io.leeway.stats.estimate.RelationShift;
import io.leeway.stats.estimate.ScoreChangeByFeature.Scores;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanContrast;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/**
 * How a regression's mean label, or how far its predictions were off, has changed by one feature.
 * Numbers were rounded once, so that a change is off by no more than what they are rounded to.
 */
final class MeanByFeature {
  private final MeasureDraft draft;
  private final String metric;
  private final Overdispersion phi;
  private final double bound;

  private MeanByFeature(MeasureDraft draft, String metric, Overdispersion phi, double bound) {
    this.draft = draft;
    this.metric = metric;
    this.phi = phi;
    this.bound = bound;
  }

  /**
   * Of one feature.
   *
   * @param metric what has changed
   */
  static List<Measure> of(
      String metric, JointProfile reference, JointProfile window, int feature, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(Comparison.BASELINE, window.n(), reference.n(), spreads);
    MeanByFeature change =
        new MeanByFeature(
            draft,
            metric,
            spreads.overdispersion(Varying.MEAN_TOGETHER),
            window.grid().outputUnit());
    List<Scores> then = ScoreByFeature.scores(reference, feature);
    List<Scores> now = ScoreByFeature.scores(window, feature);
    Outcome<MeanShift> shift =
        reference.overflows() + window.overflows() > 0
            ? Outcome.undefined("Some numbers are too large to be added up.")
            : MeanShift.of(then, now);
    Outcome<RelationShift> parts = shift.map(of -> of.parts(change.phi));
    change.addPart("_change_by_inputs", parts.map(RelationShift::mix));
    change.addPart("_change_by_relation", parts.map(RelationShift::relation));
    shift.value().ifPresent(of -> change.addLargest(of, then, now));
    return draft.measures();
  }

  private void addPart(String ending, Outcome<MeanInterval> part) {
    draft.add(
        metric + ending,
        part.map(MeanInterval::mean),
        measure -> {
          MeanInterval of = part.orElseThrow();
          describe(measure, of.interval(), of.standardError());
        });
  }

  private void describe(Measure.Builder measure, Interval interval, double error) {
    MeasureDraft.errorBound(measure, bound);
    measure.interval(interval.low() - bound, interval.high() + bound).stdError(error);
  }

  /** In the group where the change is least to be put down to chance. */
  private void addLargest(MeanShift shift, List<Scores> then, List<Scores> now) {
    int most = -1;
    int compared = 0;
    double least = 1;
    for (int group = 0; group < now.size(); group++) {
      Outcome<MeanContrast> change = shift.inBin(group, phi);
      compared += change.isDefined() ? 1 : 0;
      double p = change.map(MeanByFeature::twoSided).value().orElse(1.0);
      if (p < least) {
        least = p;
        most = group;
      }
    }
    if (most < 0) {
      return;
    }
    MeanContrast change = shift.inBin(most, phi).orElseThrow();
    Scores before = then.get(most);
    String where =
        "In group %d of the feature's values, which has %d rows, of %d compared; p %.3g."
            .formatted(most, now.get(most).rows(), compared, Math.min(1, least * compared));
    draft.add(
        metric + "_change_largest",
        change.estimate(),
        measure -> {
          describe(measure, change.interval(), change.standardError());
          measure.reference(before.sum() / before.rows(), before.rows()).note(where);
        });
  }

  private static double twoSided(MeanContrast change) {
    return Math.min(1, 2 * Math.min(change.pFall(), change.pRise()));
  }
}
