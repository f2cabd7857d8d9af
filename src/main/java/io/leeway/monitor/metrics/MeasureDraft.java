package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the measures of one column in one segment under one comparison: each gets the rows it
 * rests on, and the status {@code LOW_SUPPORT} where these are fewer than its floor.
 */
final class MeasureDraft {
  /** The mark of values with an error bound above 0. */
  static final String APPROXIMATE = "APPROXIMATE";

  private final Comparison comparison;
  private final long n;
  private final long referenceN;
  private final List<Measure> measures = new ArrayList<>();

  /** Of a window alone. */
  MeasureDraft(long n) {
    this(Comparison.NONE, n, -1);
  }

  /** Of a window held against a reference. */
  MeasureDraft(Comparison comparison, long n, long referenceN) {
    this.comparison = comparison;
    this.n = n;
    this.referenceN = referenceN;
  }

  List<Measure> measures() {
    return Collections.unmodifiableList(measures);
  }

  void add(String metric, double value) {
    add(metric, value, measure -> {});
  }

  void add(String metric, double value, Consumer<Measure.Builder> details) {
    if (!Double.isFinite(value)) {
      undefined(metric, "The result is too large for a number.");
      return;
    }
    Measure.Builder measure = rows(Measure.of(metric, comparison, value));
    details.accept(measure);
    Floor.of(metric)
        .flatMap(floor -> referenceN < 0 ? floor.objection(n) : floor.objection(n, referenceN))
        .ifPresent(measure::lowSupport);
    measures.add(measure.build());
  }

  void undefined(String metric, String reason) {
    measures.add(rows(Measure.undefined(metric, comparison, reason)).build());
  }

  /** One measure of a result, or, for the same reason, none. */
  void add(String metric, Outcome<Double> value, Consumer<Measure.Builder> details) {
    value.fold(
        number -> {
          add(metric, number, details);
          return null;
        },
        why -> {
          undefined(metric, why);
          return null;
        });
  }

  private Measure.Builder rows(Measure.Builder measure) {
    measure.n(n);
    return referenceN < 0 ? measure : measure.reference(null, referenceN);
  }

  static Consumer<Interval> interval(Measure.Builder measure) {
    return interval -> measure.interval(interval.low(), interval.high());
  }
}
