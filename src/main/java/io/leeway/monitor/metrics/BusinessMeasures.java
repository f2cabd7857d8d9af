package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.RatioProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;

/** What a business metric came to, besides what any column of its kind has. */
final class BusinessMeasures {
  static final String RATIO = "business_ratio";

  private static final double LEAST_ERRORS = 3;

  private BusinessMeasures() {}

  /** The mean over the rows that have a value. */
  static List<Measure> mean(
      String metric, NumericProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    MeanMeasure.add(draft, metric, profile, spreads.overdispersion(Varying.MEAN));
    return draft.measures();
  }

  /**
   * The sum above the line over that below it, of the rows that have both. Where the mean below the
   * line is not some of its standard errors away from 0, or the squares are not known, the ratio is
   * what it is, and nothing is said of its error.
   */
  static List<Measure> ratio(RatioProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    Overdispersion phi = spreads.overdispersion(Varying.BUSINESS_RATIO);
    Outcome<MeanInterval> ratio = profile.ratio().ratio(phi);
    double bound = profile.ratioBound();
    if (ratio.isDefined() && Double.isInfinite(bound)) {
      draft.undefined(RATIO, "The denominator of the ratio is 0, as far as it was rounded.");
      return draft.measures();
    }
    draft.add(
        RATIO,
        ratio.map(MeanInterval::mean),
        measure -> {
          measure.fraction(profile.numerator(), profile.denominator());
          MeasureDraft.errorBound(measure, bound);
          describe(measure, profile, ratio.orElseThrow(), bound, phi);
        });
    return draft.measures();
  }

  private static void describe(
      Measure.Builder measure,
      RatioProfile profile,
      MeanInterval ratio,
      double bound,
      Overdispersion phi) {
    if (!profile.squaresKnown()) {
      measure.lowSupport("Some numbers are too large to be squared, so no error is known.");
    } else if (profile.denominatorErrors() < LEAST_ERRORS * Math.sqrt(phi.phi())) {
      measure.lowSupport(
          "The mean of the denominator is within three standard errors of 0, so the ratio has no error to speak of.");
    } else {
      measure
          .interval(ratio.interval().low() - bound, ratio.interval().high() + bound)
          .stdError(ratio.standardError());
    }
  }
}
