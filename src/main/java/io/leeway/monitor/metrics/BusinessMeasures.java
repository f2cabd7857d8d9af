package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.RatioProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import java.util.List;

/** What a business metric came to, besides what any column of its kind has. */
final class BusinessMeasures {
  private static final String RATIO = "business_ratio";

  private BusinessMeasures() {}

  /** The mean over the rows that have a value. */
  static List<Measure> mean(
      String metric, NumericProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    MeanMeasure.add(draft, metric, profile, spreads.overdispersion(Varying.MEAN));
    return draft.measures();
  }

  /** The sum above the line over that below it, of the rows that have both. */
  static List<Measure> ratio(RatioProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    Outcome<MeanInterval> ratio =
        profile.ratio().ratio(spreads.overdispersion(Varying.BUSINESS_RATIO));
    double bound = profile.ratioBound();
    draft.add(
        RATIO,
        ratio.map(MeanInterval::mean),
        measure -> {
          MeanInterval known = ratio.orElseThrow();
          measure.fraction(profile.numerator(), profile.denominator());
          MeasureDraft.errorBound(measure, bound);
          measure
              .interval(known.interval().low() - bound, known.interval().high() + bound)
              .stdError(known.standardError());
        });
    return draft.measures();
  }
}
