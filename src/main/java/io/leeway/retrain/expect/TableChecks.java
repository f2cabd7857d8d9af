package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is checked of a batch as a whole: how many rows, their identifiers, times and labels. */
final class TableChecks {
  /**
   * Of the predictions looked at. A few wrong clocks are no reason not to learn from all others,
   * and none of the future is learnt from; a wrong time zone moves many.
   */
  private static final double MOST_FUTURE = 0.001;

  private final Expectations expectations;
  private final BatchFacts batch;
  private final PeriodFacts period;
  private final PeriodCounts counts;

  private TableChecks(Expectations expectations, BatchFacts batch, PeriodFacts period) {
    this.expectations = expectations;
    this.batch = batch;
    this.period = period;
    this.counts = period.counts().orElseGet(() -> PeriodCounts.of(batch));
  }

  /**
   * What is found, in the order above.
   *
   * @param batch with at least one row
   */
  static List<Anomaly> of(Expectations expectations, BatchFacts batch, PeriodFacts period) {
    TableChecks checks = new TableChecks(expectations, batch, period);
    List<Anomaly> found = new ArrayList<>();
    checks.rows().ifPresent(found::add);
    checks.duplicates().ifPresent(found::add);
    checks.future().ifPresent(found::add);
    checks.coverage().ifPresent(found::add);
    checks.oneClass().ifPresent(found::add);
    checks.labelRate().ifPresent(found::add);
    return found;
  }

  private Optional<Anomaly> rows() {
    long least = expectations.limits().minRows();
    long labelled = batch.labels().labelled();
    if (labelled >= least) {
      return Optional.empty();
    }
    return Optional.of(
        Anomaly.ofBatch(
            AnomalyCode.DATASET_LOW_NUM_EXAMPLES,
            "at least " + least,
            String.valueOf(labelled),
            Shown.rows(labelled)
                + " with a label are too few, at least "
                + least
                + " are needed; train on a longer period, or wait for labels."));
  }

  private Optional<Anomaly> duplicates() {
    double share = counts.duplicateShare();
    double most = expectations.limits().maxDuplicates();
    if (share <= most) {
      return Optional.empty();
    }
    return Optional.of(
        Anomaly.ofBatch(
            AnomalyCode.DUPLICATE_KEY,
            "at most " + Shown.percent(most),
            Shown.percent(share),
            counts.duplicates()
                + " of the period's "
                + counts.predictions()
                + " predictions, "
                + Shown.percent(share)
                + ", repeat the identifier of another or have none; at most "
                + Shown.percent(most)
                + " may. Look for a job that ran twice."));
  }

  private Optional<Anomaly> future() {
    double share = counts.futureShare();
    if (share <= MOST_FUTURE) {
      return Optional.empty();
    }
    return Optional.of(
        Anomaly.ofBatch(
            AnomalyCode.FUTURE_TIMESTAMP,
            "at most " + Shown.percent(MOST_FUTURE),
            Shown.percent(share),
            counts.future()
                + " of "
                + counts.looked()
                + " predictions, "
                + Shown.percent(share)
                + ", are later than "
                + period.asOf()
                + ", when the batch was made, the latest of "
                + counts.latest().orElseThrow()
                + "; at most "
                + Shown.percent(MOST_FUTURE)
                + " may be. Check clocks and time zones of what writes the predictions."));
  }

  private Optional<Anomaly> coverage() {
    double share = counts.labelledShare();
    double least = expectations.limits().minCoverage();
    if (share >= least) {
      return Optional.empty();
    }
    return Optional.of(
        Anomaly.ofBatch(
            AnomalyCode.LABEL_MATURITY_LOW,
            "at least " + Shown.percent(least),
            Shown.percent(share),
            Shown.percent(share)
                + " of the period's predictions have a label, at least "
                + Shown.percent(least)
                + " must, for those whose label comes early differ from the rest; wait, or train"
                + " on an earlier period."));
  }

  private Optional<Anomaly> oneClass() {
    LabelFacts labels = batch.labels();
    if (labels.labelled() == 0 || !labels.least().equals(labels.greatest())) {
      return Optional.empty();
    }
    String only = Shown.number(labels.least().orElseThrow());
    return Optional.of(
        Anomaly.ofBatch(
            AnomalyCode.LABEL_ONE_CLASS,
            "labels that differ",
            "all are " + only,
            "All labels are " + only + ", so there is nothing to learn."));
  }

  private Optional<Anomaly> labelRate() {
    Map<Integer, Double> reference = expectations.label().shares();
    if (reference.isEmpty() || batch.labels().labelled() == 0) {
      return Optional.empty();
    }
    SortedSet<Integer> classes = new TreeSet<>(reference.keySet());
    classes.addAll(batch.labels().classes().keySet());
    int widest = classes.first();
    double change = 0;
    for (int each : classes) {
      double difference = Math.abs(batch.labels().share(each) - reference.getOrDefault(each, 0.0));
      if (difference > change) {
        change = difference;
        widest = each;
      }
    }
    if (change <= expectations.limits().labelRateChange()) {
      return Optional.empty();
    }
    String is = Shown.percent(batch.labels().share(widest));
    String was = Shown.percent(reference.getOrDefault(widest, 0.0));
    return Optional.of(
        Anomaly.ofBatch(
            AnomalyCode.LABEL_RATE_SHIFT,
            was + " of class " + widest,
            is,
            is + " of the labels are class " + widest + ", in the reference " + was + "."));
  }
}
