package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.NumericProfile;
import java.util.List;

/** What a business metric came to, besides what any column of its kind has. */
final class BusinessMeasures {
  private BusinessMeasures() {}

  /** The mean over the rows that have a value. */
  static List<Measure> mean(
      String metric, NumericProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    MeanMeasure.add(draft, metric, profile, spreads.overdispersion(Varying.MEAN));
    return draft.measures();
  }
}
