package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Window;
import io.leeway.stats.Outcome;
import io.leeway.stats.fairness.GroupRate;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.Optional;

/** A stored value in its window, with what is stored beside it. */
final class Observed {
  private final History history;
  private final Window window;
  private final Series series;
  private final Measure measure;
  private final Against against;

  Observed(History history, Window window, Series series, Measure measure, Against against) {
    this.history = history;
    this.window = window;
    this.series = series;
    this.measure = measure;
    this.against = against;
  }

  Series series() {
    return series;
  }

  Measure measure() {
    return measure;
  }

  /** Of the windows that are judged. */
  String granularity() {
    return history.granularity();
  }

  /** What changes are measured from, in words. */
  String otherName() {
    return against.name();
  }

  /** How much more it varies than independent rows would make it. */
  Overdispersion overdispersion() {
    return overdispersion(measure);
  }

  static Overdispersion overdispersion(Measure of) {
    double phi = of.phi() == null ? 1 : Math.max(1, of.phi());
    return of.phiDf() == null ? Overdispersion.given(phi) : new Overdispersion(phi, of.phiDf());
  }

  /** The value that it is compared with, or why there is none. */
  Outcome<Measure> other() {
    return switch (against.kind()) {
      case BASELINE -> reference();
      case PREVIOUS -> history.previous(window, series);
      case LAST, SAME_WEEKDAY, SAME_MONTH_LAST_YEAR ->
          Together.of(series.metric(), history.earlier(window, series, against));
    };
  }

  private Outcome<Measure> reference() {
    String metric =
        JudgedMetric.of(series.metric()).map(JudgedMetric::ofReference).orElse(series.metric());
    Series place = series.of(metric).standing(Comparison.NONE);
    if (!metric.equals(series.metric())) {
      return history
          .reference(place)
          .map(Outcome::of)
          .orElseGet(() -> Outcome.undefined("The reference has no " + metric + "."));
    }
    if (measure.referenceValue() == null || measure.referenceN() == null) {
      return Outcome.undefined("The reference has no value of it.");
    }
    return Outcome.of(
        history
            .reference(place, measure.referenceValue(), measure.referenceN())
            .orElseGet(this::toldBeside));
  }

  /** What the value's own row says of the reference; no standard error. */
  private Measure toldBeside() {
    Measure.Builder told =
        Measure.of(series.metric(), Comparison.NONE, measure.referenceValue())
            .n(measure.referenceN());
    if (measure.referenceNumerator() != null && measure.referenceDenominator() != null) {
      told.fraction(measure.referenceNumerator(), measure.referenceDenominator());
    }
    return told.build();
  }

  /** Another metric in the same place. */
  Optional<Measure> beside(String metric) {
    return history.value(window, series.of(metric));
  }

  /** The same of another metric in another column. */
  Optional<Observed> in(String column, String metric) {
    Series place = series.of(metric).inColumn(column);
    return history
        .value(window, place)
        .map(found -> new Observed(history, window, place, found, against));
  }

  /** A rate of each group of the attributes that this value's column names. */
  List<GroupRate> groups(String metric) {
    return history.groups(window, series, metric);
  }

  /** The same of those groups in the reference, as far as it has them. */
  List<GroupRate> groupsOfReference(String metric) {
    return history.groupsOfReference(window, series, metric);
  }
}
