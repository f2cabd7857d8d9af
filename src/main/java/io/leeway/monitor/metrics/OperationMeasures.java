package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.inference.Overdispersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How well a model was served, besides what any column of its kind has. */
final class OperationMeasures {
  private static final double MINUTE_SECONDS = 60;

  private OperationMeasures() {}

  /** Times below zero are a fault of the clock or of the log. */
  static List<Measure> latency(
      NumericProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    addNegatives(draft, profile, spreads);
    return draft.measures();
  }

  /**
   * What a prediction cost on average, and all together. Predictions without a known cost are in
   * neither; negative costs are in both, and counted.
   */
  static List<Measure> cost(
      NumericProfile profile, ReferenceStatistics reference, Spreads spreads) {
    Overdispersion phi = spreads.overdispersion(Varying.MEAN);
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    MeanMeasure.add(draft, "cost_per_prediction", profile, phi);
    addNegatives(draft, profile, spreads);
    // The sum over the reference is one over another length of time.
    MeasureDraft sums = new MeasureDraft(profile.n(), ReferenceStatistics.none(), spreads);
    MeanMeasure.addTotal(sums, "cost_total", profile, phi);
    return java.util.stream.Stream.concat(draft.measures().stream(), sums.measures().stream())
        .toList();
  }

  private static void addNegatives(MeasureDraft draft, NumericProfile profile, Spreads spreads) {
    NumericStatistics.addRate(
        draft,
        Varying.NEGATIVE_RATE,
        negatives(profile),
        profile.n(),
        spreads.overdispersion(Varying.NEGATIVE_RATE));
  }

  /** Values below zero; the grid has an edge there. */
  static long negatives(NumericProfile profile) {
    return profile.countsBetween(new double[] {0})[0];
  }

  /** The share of answers that failed, among those of which it is known. */
  static List<Measure> failure(
      CategoricalProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(profile.n(), reference, spreads);
    NumericStatistics.addRate(
        draft,
        Varying.FAILURE_RATE,
        failures(profile),
        profile.n(),
        spreads.overdispersion(Varying.FAILURE_RATE));
    return draft.measures();
  }

  /** Rows on which the condition is true. */
  static long failures(CategoricalProfile profile) {
    return profile.byName().getOrDefault("true", 0L);
  }

  /**
   * Rows per minute: of the busiest minute, and of the window's whole length.
   *
   * @param minutes the minute of each row
   */
  static List<Measure> throughput(
      NumericProfile minutes, ReferenceStatistics reference, Duration length) {
    MeasureDraft draft = new MeasureDraft(minutes.n(), reference, new Spreads(Map.of(), 1));
    if (minutes.n() == 0) {
      draft.undefined("throughput_peak_per_minute", "There are no rows.");
    } else if (minutes.isExact()) {
      draft.add("throughput_peak_per_minute", (double) minutes.greatestCount());
    } else {
      draft.undefined(
          "throughput_peak_per_minute",
          "Rows are told minute by minute up to " + minutes.grid().exactLimit() + " minutes.");
    }
    double inMinutes = length.toNanos() / 1e9 / MINUTE_SECONDS;
    draft.add("throughput_mean_per_minute", minutes.n() / inMinutes);
    return draft.measures();
  }
}
