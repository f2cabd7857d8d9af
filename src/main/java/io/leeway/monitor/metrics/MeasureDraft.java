package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collects the measures of one column in one segment under one comparison: each gets the rows it
 * rests on, the overdispersion of its kind, and the status {@code LOW_SUPPORT} where the rows are
 * fewer than its floor.
 */
final class MeasureDraft {
  /** The mark of values with an error bound above 0, or without one. */
  static final String APPROXIMATE = "APPROXIMATE";

  /** The mark of distances from a baseline that is not much larger than the window. */
  static final String THIN_REFERENCE = "THIN_REFERENCE";

  private final Comparison comparison;
  private final long n;
  private final long referenceN;
  private final ReferenceStatistics ofReference;
  private final Spreads spreads;
  private final List<Measure> measures = new ArrayList<>();

  /** Of a window alone, each beside the same number of its reference. */
  MeasureDraft(long n, ReferenceStatistics ofReference, Spreads spreads) {
    this(Comparison.NONE, n, -1, ofReference, spreads);
  }

  /** Of a window held against a reference. */
  MeasureDraft(Comparison comparison, long n, long referenceN, Spreads spreads) {
    this(comparison, n, referenceN, ReferenceStatistics.none(), spreads);
  }

  private MeasureDraft(
      Comparison comparison,
      long n,
      long referenceN,
      ReferenceStatistics ofReference,
      Spreads spreads) {
    this.comparison = comparison;
    this.n = n;
    this.referenceN = referenceN;
    this.ofReference = ofReference;
    this.spreads = spreads;
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
    Measure.Builder measure = rows(metric, Measure.of(metric, comparison, value));
    details.accept(measure);
    spreads.ofMetric(metric).ifPresent(spread -> spread.addTo(measure));
    Floor.of(metric).ifPresent(floor -> hold(measure, floor));
    measures.add(measure.build());
  }

  /**
   * Below its floor a value is shown, not judged; above it a baseline that is not much larger than
   * the window is worth a word.
   */
  private void hold(Measure.Builder measure, Floor floor) {
    Optional<String> objection =
        referenceN < 0 ? floor.objection(n) : floor.objection(n, referenceN);
    if (objection.isPresent()) {
      measure.lowSupport(objection.get());
    } else if (comparison == Comparison.BASELINE) {
      Floor.thinReference(n, referenceN)
          .ifPresent(warning -> measure.note(warning).flag(THIN_REFERENCE));
    }
  }

  void undefined(String metric, String reason) {
    measures.add(rows(metric, Measure.undefined(metric, comparison, reason)).build());
  }

  /** One measure of a result, or, for the same reason, none. */
  void add(String metric, Outcome<Double> value, Consumer<Measure.Builder> details) {
    add(metric, value, details, measure -> {});
  }

  /**
   * One measure of a result, or, for the same reason, none.
   *
   * @param always what is to be said of either
   */
  void add(
      String metric,
      Outcome<Double> value,
      Consumer<Measure.Builder> details,
      Consumer<Measure.Builder> always) {
    value.fold(
        number -> {
          add(metric, number, details.andThen(always));
          return null;
        },
        why -> {
          Measure.Builder measure = rows(metric, Measure.undefined(metric, comparison, why));
          always.accept(measure);
          measures.add(measure.build());
          return null;
        });
  }

  private Measure.Builder rows(String metric, Measure.Builder measure) {
    measure.n(n);
    if (referenceN >= 0) {
      measure.reference(null, referenceN);
    }
    ofReference.addTo(measure, metric);
    return measure;
  }

  /** How far the value can be off; 0 where it is exact. */
  static void errorBound(Measure.Builder measure, double bound) {
    measure.errorBound(bound);
    if (bound > 0) {
      measure.flag(APPROXIMATE);
    }
  }

  static Consumer<Interval> interval(Measure.Builder measure) {
    return interval -> measure.interval(interval.low(), interval.high());
  }
}
