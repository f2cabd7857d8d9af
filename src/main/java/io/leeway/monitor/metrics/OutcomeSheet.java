package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Collects what labels tell of one segment. Each measure rests on its own denominator; while labels
 * are still coming in it is marked as provisional, and, where labels of some classes come sooner
 * than others and that matters to it, as one to wait for. STATISTICS, B8.
 */
final class OutcomeSheet {
  /** The mark of provisional values that are off as long as some classes' labels come sooner. */
  static final String WAITS = "WAITS";

  /** What needs no more than that within each class labels come whatever was decided or scored. */
  private static final Set<String> WITHIN_CLASSES =
      Set.of(
          "recall",
          "specificity",
          "fpr",
          "fnr",
          "balanced_accuracy",
          "roc_auc",
          "roc_auc_ovr",
          "ks_separation",
          "label_coverage",
          "label_coverage_decided",
          "label_share_expected",
          "selection_rate",
          "macro_recall");

  private final ReferenceStatistics reference;
  private final Spreads spreads;
  private final Comparison comparison;
  private final long labelled;
  private final boolean mature;
  private final boolean alike;
  private final String waiting;
  private final Predicate<String> written;
  private final List<Measure> measures = new ArrayList<>();

  /**
   * Of a window alone.
   *
   * @param counts how many labels there are
   * @param facts how many may be expected, and which metrics are written
   */
  OutcomeSheet(
      ReferenceStatistics reference, Spreads spreads, OutcomeCounts counts, ColumnFacts facts) {
    this(Comparison.NONE, reference, spreads, counts, facts);
  }

  OutcomeSheet(
      Comparison comparison,
      ReferenceStatistics reference,
      Spreads spreads,
      OutcomeCounts counts,
      ColumnFacts facts) {
    LateLabels late = facts.late();
    this.comparison = comparison;
    this.written = facts.written();
    this.reference = reference;
    this.spreads = spreads;
    this.labelled = counts.labelled();
    double coverage = counts.rows() == 0 ? 0 : (double) labelled / counts.rows();
    this.mature = late.isMature(coverage);
    this.alike = late.isAlike();
    this.waiting = mature ? "" : late.sentence(coverage, counts.members());
  }

  List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** Whether any of some metrics is written. */
  boolean isAnyWritten(String... metrics) {
    return Arrays.stream(metrics).anyMatch(written);
  }

  Overdispersion phi(Varying of) {
    return spreads.overdispersion(of);
  }

  /** A count of rows, which varies with how many there are. */
  void count(String metric, long rows) {
    add(metric, null, labelled, Outcome.of((double) rows), measure -> {});
  }

  /** A share with Wilson's interval, by the spread of its own metric. */
  void rate(String metric, Share share) {
    rate(metric, null, share);
  }

  void rate(String metric, String classLabel, Share share) {
    Overdispersion phi =
        Varying.of(metric).map(spreads::overdispersion).orElse(Overdispersion.NONE);
    add(
        metric,
        classLabel,
        share.denominator(),
        share.value(),
        measure -> {
          measure.fraction((double) share.numerator(), (double) share.denominator());
          share.interval(phi).value().ifPresent(MeasureDraft.interval(measure));
          share
              .estimate()
              .value()
              .ifPresent(of -> measure.stdError(of.standardError() * Math.sqrt(phi.phi())));
        });
  }

  /**
   * An estimate whose interval is that of a mean of so many rows.
   *
   * @param rows behind it
   */
  void estimate(String metric, String classLabel, Outcome<Estimate> estimate, long rows) {
    Overdispersion phi =
        Varying.of(metric).map(spreads::overdispersion).orElse(Overdispersion.NONE);
    add(
        metric,
        classLabel,
        rows,
        estimate.map(Estimate::value),
        measure -> {
          Estimate found = estimate.orElseThrow();
          MeasureDraft.errorBound(measure, found.errorBound());
          found.asMean(rows, phi).value().ifPresent(of -> mean(measure, of, found.errorBound()));
        });
  }

  /** Wider by what the value can be off. */
  static void mean(Measure.Builder measure, MeanInterval mean, double bound) {
    Interval interval = mean.interval();
    measure
        .interval(interval.low() - bound, interval.high() + bound)
        .stdError(mean.standardError());
  }

  void add(String metric, long n, Outcome<Double> value, Consumer<Measure.Builder> details) {
    add(metric, null, n, value, details);
  }

  /**
   * A measure, or why there is none.
   *
   * @param classLabel of a single class, else {@code null}
   * @param n rows that it rests on
   */
  void add(
      String metric,
      String classLabel,
      long n,
      Outcome<Double> value,
      Consumer<Measure.Builder> details) {
    MeasureDraft draft =
        comparison == Comparison.NONE
            ? new MeasureDraft(
                n, classLabel == null ? reference : ReferenceStatistics.none(), spreads)
            : new MeasureDraft(comparison, n, -1, spreads);
    draft.add(
        metric,
        value,
        details,
        measure -> {
          measure.nLabelled(labelled).ofClass(classLabel);
          mark(measure, metric);
        });
    measures.addAll(draft.measures());
  }

  private void mark(Measure.Builder measure, String metric) {
    if (mature) {
      return;
    }
    measure.flag(Measure.PROVISIONAL);
    if (!alike && !WITHIN_CLASSES.contains(metric)) {
      measure.flag(WAITS).note(waiting);
    }
  }
}
