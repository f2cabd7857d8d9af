package io.leeway.monitor.metrics;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Measure;
import io.leeway.profile.Moment;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.QuantileRanks;
import io.leeway.stats.inference.Wilson;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a numeric or score column holds, without any comparison. */
final class NumericStatistics {
  /** Their shares. */
  private static final Map<Varying, Double> QUANTILES =
      ordered(
          Map.of(
              Varying.P05, 0.05,
              Varying.P25, 0.25,
              Varying.MEDIAN, 0.5,
              Varying.P75, 0.75,
              Varying.P95, 0.95));

  private static final Map<Varying, Double> WITH_TAIL = withTail();

  private static final String NO_VALUES = "There is no finite value.";

  private final NumericProfile profile;
  private final Spreads spreads;
  private final MeasureDraft ofRows;
  private final MeasureDraft ofValues;

  private static Map<Varying, Double> withTail() {
    Map<Varying, Double> quantiles = new EnumMap<>(QUANTILES);
    quantiles.put(Varying.P99, 0.99);
    return ordered(quantiles);
  }

  private static Map<Varying, Double> ordered(Map<Varying, Double> quantiles) {
    return Collections.unmodifiableMap(new EnumMap<>(quantiles));
  }

  /** The quantiles that a column of a kind has, with their shares. */
  static Map<Varying, Double> quantiles(ColumnKind kind) {
    return kind == ColumnKind.OPERATIONAL ? WITH_TAIL : QUANTILES;
  }

  private NumericStatistics(
      NumericProfile profile, ReferenceStatistics reference, Spreads spreads) {
    this.profile = profile;
    this.spreads = spreads;
    this.ofRows = new MeasureDraft(profile.rows(), reference, spreads);
    this.ofValues = new MeasureDraft(profile.n(), reference, spreads);
  }

  static List<Measure> of(
      NumericProfile profile,
      ReferenceStatistics reference,
      Spreads spreads,
      Optional<ValueRange> range) {
    NumericStatistics statistics = new NumericStatistics(profile, reference, spreads);
    statistics.addQuality(range);
    statistics.addMoments();
    statistics.addOrder();
    if (profile.grid().splitByDecision()) {
      BoundaryMeasures.add(statistics.ofValues, profile, spreads);
    }
    return java.util.stream.Stream.concat(
            statistics.ofRows.measures().stream(), statistics.ofValues.measures().stream())
        .toList();
  }

  private void addQuality(Optional<ValueRange> range) {
    ofRows.add("count", (double) profile.n());
    addRate(ofRows, Varying.NULL_RATE, profile.nulls(), profile.rows());
    addRate(ofRows, Varying.NAN_RATE, profile.nans(), profile.rows());
    addRate(ofRows, Varying.INFINITE_RATE, infinities(profile), profile.rows());
    addRange(range);
  }

  static long infinities(NumericProfile profile) {
    return profile.positiveInfinities() + profile.negativeInfinities();
  }

  /** Whether values outside [0, 1] can be counted of a score. */
  static boolean hasUnitRange(NumericProfile profile) {
    return profile.grid().splitByDecision()
        && profile.grid().hasEdge(0)
        && profile.grid().hasEdge(Math.nextUp(1.0));
  }

  static long outOfUnit(NumericProfile profile) {
    return profile.outside(0, Math.nextUp(1.0));
  }

  /**
   * A feature's range is that of its reference, a probability's is [0, 1]; times and costs have
   * none.
   */
  private void addRange(Optional<ValueRange> range) {
    if (profile.grid().kind() == ColumnKind.NUMERIC) {
      range.ifPresent(this::addOutside);
    } else if (hasUnitRange(profile)) {
      addRate(ofValues, Varying.OUT_OF_UNIT_RATE, outOfUnit(profile), profile.n());
    }
  }

  private void addOutside(ValueRange range) {
    boolean known =
        profile.isExact()
            || (profile.grid().hasEdge(range.least()) && profile.grid().hasEdge(range.above()));
    if (known) {
      long outside = profile.outside(range.least(), range.above());
      addRate(ofValues, Varying.OUT_OF_RANGE_RATE, outside, profile.n());
    } else {
      ofValues.undefined(
          "out_of_range_rate",
          "The window was counted on bins that do not end where the reference's values do.");
    }
  }

  private void addRate(MeasureDraft draft, Varying rate, long x, long of) {
    addRate(draft, rate, x, of, spreads.overdispersion(rate));
  }

  static void addRate(MeasureDraft draft, Varying rate, long x, long of, Overdispersion phi) {
    if (of == 0) {
      draft.undefined(rate.metric(), "There are no rows to take a share of.");
      return;
    }
    draft.add(
        rate.metric(),
        (double) x / of,
        measure -> {
          Wilson.interval(x, of, phi).value().ifPresent(MeasureDraft.interval(measure));
          measure.fraction((double) x, (double) of);
        });
  }

  private void addMoments() {
    Outcome<Moment> deviation = profile.deviation();
    MeanMeasure.add(ofValues, "mean", profile, spreads.overdispersion(Varying.MEAN));
    ofValues.add(
        "std",
        deviation.map(Moment::value),
        measure -> MeasureDraft.errorBound(measure, deviation.orElseThrow().errorBound()));
  }

  private void addOrder() {
    if (profile.n() == 0) {
      ofValues.undefined("min", NO_VALUES);
      ofValues.undefined("max", NO_VALUES);
    } else {
      ofValues.add("min", profile.minimum());
      ofValues.add("max", profile.maximum());
    }
    quantiles(profile.grid().kind()).forEach(this::addQuantile);
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

  private void addQuantile(Varying of, double share) {
    String metric = of.metric();
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
          MeasureDraft.errorBound(measure, bound);
          QuantileRanks.of(profile.n(), share, spreads.overdispersion(of))
              .map(profile::between)
              .value()
              .ifPresent(MeasureDraft.interval(measure));
          // The rows beyond a low quantile are those below it.
          Floor.quantileObjection(Math.max(share, 1 - share), profile.n())
              .ifPresent(measure::lowSupport);
        });
  }
}
