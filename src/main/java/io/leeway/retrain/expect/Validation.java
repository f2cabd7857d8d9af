package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import io.leeway.config.AnomalyCode.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a batch may be trained on, and what is wrong with it.
 *
 * <p>A batch without rows has that one fault and is looked at no further.
 *
 * @param expectations their {@link Expectations#version}
 * @param anomalies of the whole batch first, then by column ascending; without the ignored
 * @param ignored the same of those that the configuration ignores
 */
public record Validation(String expectations, List<Anomaly> anomalies, List<Anomaly> ignored) {
  public Validation {
    anomalies = List.copyOf(anomalies);
    ignored = List.copyOf(ignored);
  }

  /**
   * Compares a batch with what is expected of it.
   *
   * @param batch as {@link BatchScan} found it for these expectations
   * @param period that the batch was taken from
   */
  public static Validation of(Expectations expectations, BatchFacts batch, PeriodFacts period) {
    List<Anomaly> found = new ArrayList<>();
    if (batch.rows() == 0) {
      found.add(
          Anomaly.ofBatch(
              AnomalyCode.NO_DATA_IN_SPAN,
              "rows",
              "none",
              "The period " + period.period() + " has no rows to train on."));
    } else {
      found.addAll(TableChecks.of(expectations, batch, period));
      found.addAll(SchemaChecks.of(expectations, batch));
      for (ColumnExpectation column : expectations.columns()) {
        batch
            .column(column.name())
            .ifPresent(
                facts -> found.addAll(ColumnChecks.of(column, facts, expectations.limits())));
      }
    }
    List<Anomaly> anomalies = new ArrayList<>();
    List<Anomaly> ignored = new ArrayList<>();
    for (Anomaly anomaly : sorted(found)) {
      boolean covered =
          expectations.ignored().stream()
              .anyMatch(each -> each.covers(anomaly.column(), anomaly.code()));
      (covered ? ignored : anomalies).add(anomaly);
    }
    return new Validation(expectations.version(), anomalies, ignored);
  }

  /** Names may be empty, so that the whole batch is told by its having no column. */
  private static List<Anomaly> sorted(List<Anomaly> found) {
    List<Anomaly> sorted =
        new ArrayList<>(found.stream().filter(each -> each.column().isEmpty()).toList());
    found.stream()
        .filter(each -> each.column().isPresent())
        .sorted(Comparator.comparing(each -> each.column().orElseThrow()))
        .forEach(sorted::add);
    return sorted;
  }

  /** Whether nothing may be trained on the batch. */
  public boolean rejects() {
    return !errors().isEmpty();
  }

  public List<Anomaly> errors() {
    return anomalies.stream().filter(each -> each.severity() == Severity.ERROR).toList();
  }

  public List<Anomaly> warnings() {
    return anomalies.stream().filter(each -> each.severity() == Severity.WARNING).toList();
  }
}
