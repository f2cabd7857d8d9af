package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.Cbpe;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Collects what a window's performance ought to be, each with the sentence that says under what
 * assumption; once labels are mature, how far off it was and whether the truth lay within its
 * interval.
 */
final class EstimateSheet {
  static final Interval SHARE = new Interval(0, 1);
  static final Interval SIZE = new Interval(0, Double.POSITIVE_INFINITY);
  static final Interval NUMBER = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final String ESTIMATED = "_estimated";
  private static final String ERROR = "_estimate_error";
  private static final String HELD = "_estimate_held";
  private static final String EXTRAPOLATED = "EXTRAPOLATED";

  private final Map<String, Measure> realised;
  private final long rows;
  private final boolean mature;
  private long referenceRows;
  private double extrapolatedShare;
  private final List<Measure> measures = new ArrayList<>();

  /**
   * Of a window.
   *
   * @param realised what its labels tell
   * @param rows with a label and without
   * @param mature whether its labels are in
   */
  EstimateSheet(Map<String, Measure> realised, long rows, boolean mature) {
    this.realised = realised;
    this.rows = rows;
    this.mature = mature;
  }

  /** What is written of a metric that is estimated. */
  static Stream<String> names(String metric) {
    return Stream.of(metric + ESTIMATED, metric + ERROR, metric + HELD);
  }

  List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** What estimates rest on: so many labelled rows of the reference. To be said first. */
  void restsOn(long labelledRows) {
    referenceRows = labelledRows;
  }

  /** The share of the window's rows of whose like the reference has few. Before the estimates. */
  void extrapolated(double share) {
    extrapolatedShare = share;
    measures.add(
        Measure.of("estimate_extrapolated_share", Comparison.BASELINE, share).n(rows).build());
  }

  /**
   * An estimate, or why there is none.
   *
   * @param range in which its interval lies
   * @param bound how far off the value can be, where that is known
   */
  void add(String metric, Outcome<MeanInterval> estimate, Interval range, OptionalDouble bound) {
    Measure.Builder measure =
        estimate.fold(
            of -> {
              Interval interval = interval(of, range, bound);
              Measure.Builder told =
                  Measure.of(metric + ESTIMATED, Comparison.BASELINE, of.mean())
                      .interval(interval.low(), interval.high())
                      .stdError(of.standardError())
                      .note(Cbpe.SENTENCE);
              describe(told, bound);
              return told;
            },
            why -> Measure.undefined(metric + ESTIMATED, Comparison.BASELINE, why));
    measure.n(rows).reference(null, referenceRows);
    if (extrapolatedShare > Cbpe.MOST_EXTRAPOLATED) {
      measure.flag(EXTRAPOLATED);
    }
    if (!mature) {
      measure.flag(Measure.PROVISIONAL);
    }
    measures.add(measure.build());
    if (mature) {
      estimate.value().ifPresent(of -> addRecord(metric, of, range, bound));
    }
  }

  /** Wider by what the value can be off, as far as there are such values. */
  private static Interval interval(MeanInterval of, Interval range, OptionalDouble bound) {
    Interval chance = of.interval();
    double off = bound.orElse(0);
    return new Interval(chance.low() - off, chance.high() + off).cut(range.low(), range.high());
  }

  private static void describe(Measure.Builder measure, OptionalDouble bound) {
    bound.ifPresentOrElse(of -> MeasureDraft.errorBound(measure, of), measure::withoutErrorBound);
  }

  private void addRecord(
      String metric, MeanInterval estimate, Interval range, OptionalDouble bound) {
    Optional.ofNullable(realised.get(metric))
        .filter(of -> of.value() != null && of.status() == Status.OK)
        .ifPresent(
            of -> {
              boolean held = interval(estimate, range, bound).contains(of.value());
              Measure.Builder error =
                  Measure.of(metric + ERROR, Comparison.BASELINE, of.value() - estimate.mean())
                      .stdError(estimate.standardError())
                      .n(of.n());
              describe(error, bound);
              measures.add(error.build());
              measures.add(
                  Measure.of(metric + HELD, Comparison.BASELINE, held ? 1 : 0).n(of.n()).build());
            });
  }
}
