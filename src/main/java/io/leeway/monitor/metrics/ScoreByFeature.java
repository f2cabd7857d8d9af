package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.JointProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.ScoreChangeByFeature;
import io.leeway.stats.estimate.ScoreChangeByFeature.Scores;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much of the score's change each feature explains by itself. */
final class ScoreByFeature {
  private ScoreByFeature() {}

  /** By feature; none where the sides were counted on other bins. */
  static Map<String, List<Measure>> of(
      JointProfile reference, JointProfile window, Comparison comparison, Spreads spreads) {
    Map<String, List<Measure>> byFeature = new LinkedHashMap<>();
    if (!reference.grid().equals(window.grid()) || comparison != Comparison.BASELINE) {
      return byFeature;
    }
    List<String> features = window.grid().features();
    for (int feature = 0; feature < features.size(); feature++) {
      MeasureDraft draft = new MeasureDraft(comparison, window.n(), reference.n(), spreads);
      add(draft, scores(reference, feature), scores(window, feature), spreads);
      byFeature.put(features.get(feature), draft.measures());
    }
    return byFeature;
  }

  private static void add(
      MeasureDraft draft, List<Scores> reference, List<Scores> window, Spreads spreads) {
    Overdispersion phi = spreads.overdispersion(Varying.MEAN_TOGETHER);
    Outcome<ScoreChangeByFeature> change = ScoreChangeByFeature.of(reference, window);
    draft.add(
        "score_change_explained",
        change.map(ScoreChangeByFeature::explained),
        measure -> {
          ScoreChangeByFeature found = change.orElseThrow();
          JointMeasures.around(measure, found.explained(), found.explainedError(phi));
        });
    draft.add(
        "score_change_unexplained",
        change.map(ScoreChangeByFeature::unexplained),
        measure -> {
          ScoreChangeByFeature found = change.orElseThrow();
          JointMeasures.around(measure, found.unexplained(), found.unexplainedError(phi));
        });
  }

  /** By group of a feature. */
  static List<Scores> scores(JointProfile profile, int feature) {
    double[] rows = profile.groupRows(feature);
    double[] sums = profile.groupSums(feature);
    double[] squares = profile.groupSquares(feature);
    double center = profile.grid().outputCenter();
    List<Scores> scores = new ArrayList<>();
    for (int group = 0; group < rows.length; group++) {
      scores.add(
          new Scores(
              (long) rows[group], sums[group] + rows[group] * center, squares[group], center));
    }
    return scores;
  }
}
