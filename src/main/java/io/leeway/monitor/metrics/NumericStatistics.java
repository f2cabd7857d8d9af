package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.Wilson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a numeric or score column holds, without any comparison. */
final class NumericStatistics {
  private static final Map<String, Double> QUANTILES =
      new TreeMap<>(Map.of("p05", 0.05, "p25", 0.25, "median", 0.5, "p75", 0.75, "p95", 0.95));
  private static final String NO_VALUES = "There is no finite value.";

  private final NumericProfile profile;
  private final Overdispersion overdispersion;
  private final MeasureDraft ofRows;
  private final MeasureDraft ofValues;

  private NumericStatistics(NumericProfile profile, ReferenceStatistics reference, Spread spread) {
    this.profile = profile;
    this.overdispersion = spread.overdispersion();
    this.ofRows = new MeasureDraft(profile.rows(), reference);
    this.ofValues = new MeasureDraft(profile.n(), reference);
  }

  static List<Measure> of(
      NumericProfile profile,
      ReferenceStatistics reference,
      Spread spread,
      Optional<ValueRange> range) {
    NumericStatistics statistics = new NumericStatistics(profile, reference, spread);
    statistics.addQuality(spread, range);
    statistics.addMoments(spread);
    statistics.addOrder();
    return java.util.stream.Stream.concat(
            statistics.ofRows.measures().stream(), statistics.ofValues.measures().stream())
        .toList();
  }

  private void addQuality(Spread spread, Optional<ValueRange> range) {
    ofRows.add("count", (double) profile.n());
    addRate(ofRows, "null_rate", profile.nulls(), profile.rows(), spread);
    addRate(ofRows, "nan_rate", profile.nans(), profile.rows(), spread);
    long infinite = profile.positiveInfinities() + profile.negativeInfinities();
    addRate(ofRows, "infinite_rate", infinite, profile.rows(), spread);
    addRange(spread, range);
  }

  /** A feature's range is that of its reference, a probability's is [0, 1]. */
  private void addRange(Spread spread, Optional<ValueRange> range) {
    boolean score = profile.grid().splitByDecision();
    if (!score && range.isPresent()) {
      addOutside(range.get(), spread);
    } else if (score && profile.grid().hasEdge(0) && profile.grid().hasEdge(Math.nextUp(1.0))) {
      long outside = profile.outside(0, Math.nextUp(1.0));
      addRate(ofValues, "out_of_unit_rate", outside, profile.n(), spread);
    }
  }

  private void addOutside(ValueRange range, Spread spread) {
    boolean known =
        profile.isExact()
            || (profile.grid().hasEdge(range.least()) && profile.grid().hasEdge(range.above()));
    if (known) {
      long outside = profile.outside(range.least(), range.above());
      addRate(ofValues, "out_of_range_rate", outside, profile.n(), spread);
    } else {
      ofValues.undefined(
          "out_of_range_rate",
          "The window was counted on bins that do not end where the reference's values do.");
    }
  }

  private void addRate(MeasureDraft draft, String metric, long x, long of, Spread spread) {
    addRate(draft, metric, x, of, overdispersion, spread);
  }

  static void addRate(
      MeasureDraft draft, String metric, long x, long of, Overdispersion phi, Spread spread) {
    if (of == 0) {
      draft.undefined(metric, "There are no rows to take a share of.");
      return;
    }
    draft.add(
        metric,
        (double) x / of,
        measure -> {
          Wilson.interval(x, of, phi).value().ifPresent(MeasureDraft.interval(measure));
          measure.fraction((double) x, (double) of).flags(spread.flags(false));
        });
  }

  private void addMoments(Spread spread) {
    double mean = profile.mean();
    double deviation = Math.sqrt(profile.variance());
    if (profile.n() == 0) {
      ofValues.undefined("mean", NO_VALUES);
    } else if (Double.isNaN(mean)) {
      ofValues.undefined("mean", profile.overflows() + " values are too large to be summed.");
    } else {
      ofValues.add(
          "mean",
          mean,
          measure -> {
            measure.fraction(mean * profile.n(), (double) profile.n()).flags(spread.flags(false));
            if (!Double.isNaN(deviation)) {
              MeanInterval.of(mean, deviation, profile.n(), overdispersion)
                  .value()
                  .ifPresent(
                      interval ->
                          measure
                              .interval(interval.interval().low(), interval.interval().high())
                              .stdError(interval.standardError()));
            }
          });
    }
    if (Double.isNaN(deviation)) {
      ofValues.undefined(
          "std",
          profile.n() < 2
              ? "A deviation needs two values."
              : "Some values are too far away for their squares to be summed.");
    } else {
      ofValues.add("std", deviation);
    }
  }

  private void addOrder() {
    if (profile.n() == 0) {
      ofValues.undefined("min", NO_VALUES);
      ofValues.undefined("max", NO_VALUES);
    } else {
      ofValues.add("min", profile.minimum());
      ofValues.add("max", profile.maximum());
    }
    QUANTILES.forEach(this::addQuantile);
    if (profile.isExact()) {
      ofValues.add("distinct", profile.distinct());
    } else {
      ofValues.undefined(
          "distinct",
          "More than " + profile.grid().exactLimit() + " distinct values are not counted.");
    }
    if (profile.n() > 0) {
      ofValues.add("is_constant", profile.minimum() == profile.maximum() ? 1 : 0);
    }
  }

  private void addQuantile(String metric, double share) {
    Optional<io.leeway.profile.NumericQuantile> quantile = profile.quantile(share);
    if (quantile.isEmpty()) {
      ofValues.undefined(metric, NO_VALUES);
      return;
    }
    double bound = quantile.get().errorBound();
    ofValues.add(
        metric,
        quantile.get().value(),
        measure -> {
          measure.errorBound(bound);
          if (bound > 0) {
            measure.flags(List.of(MeasureDraft.APPROXIMATE));
          }
          // The rows beyond a low quantile are those below it.
          Floor.quantileObjection(Math.max(share, 1 - share), profile.n())
              .ifPresent(measure::lowSupport);
        });
  }
}
