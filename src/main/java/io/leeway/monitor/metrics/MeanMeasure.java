package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.Moment;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;

/**
 * The mean or the sum of a column's values with its interval: Student's t about the mean, and of
 * the sum the same times the number of values. The statistics page, recipe 2.
 */
final class MeanMeasure {
  private MeanMeasure() {}

  /** The mean; its fraction is the sum over the number of values. */
  static void add(MeasureDraft draft, String metric, NumericProfile profile, Overdispersion phi) {
    Outcome<Moment> mean = profile.meanWithBound();
    draft.add(
        metric,
        mean.map(Moment::value),
        measure -> {
          double value = mean.orElseThrow().value();
          measure.fraction(value * profile.n(), (double) profile.n());
          describe(measure, mean.orElseThrow(), profile, phi, 1);
        });
  }

  /** The sum of all values. */
  static void addTotal(
      MeasureDraft draft, String metric, NumericProfile profile, Overdispersion phi) {
    Outcome<Moment> mean = profile.meanWithBound();
    draft.add(
        metric,
        mean.map(known -> profile.total()),
        measure -> describe(measure, mean.orElseThrow(), profile, phi, profile.n()));
  }

  /** Of so many times the mean. */
  private static void describe(
      Measure.Builder measure,
      Moment mean,
      NumericProfile profile,
      Overdispersion phi,
      long times) {
    MeasureDraft.errorBound(measure, times * mean.errorBound());
    profile
        .deviation()
        .flatMap(of -> MeanInterval.of(mean.value(), of.value(), profile.n(), phi))
        .value()
        .ifPresent(of -> addInterval(measure, of, mean.errorBound(), times));
  }

  /** Wider by what the mean itself can be off. */
  private static void addInterval(
      Measure.Builder measure, MeanInterval mean, double bound, long times) {
    measure
        .interval(times * (mean.interval().low() - bound), times * (mean.interval().high() + bound))
        .stdError(times * mean.standardError());
  }
}
