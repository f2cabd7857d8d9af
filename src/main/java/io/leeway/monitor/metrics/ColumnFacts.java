package io.leeway.monitor.metrics;

import io.leeway.domain.ColumnRole;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of a column in a window besides its rows.
 *
 * @param role what the column is there for
 * @param range of a numeric column in the reference, where it has one
 * @param length of the window
 * @param members of the outcome, where the model has labels
 * @param late how far the window's labels have come in
 * @param written which metrics are written, so that others that take long need not be computed
 */
public record ColumnFacts(
    ColumnRole role,
    Optional<ValueRange> range,
    Duration length,
    Optional<OutcomeMembers> members,
    LateLabels late,
    Predicate<String> written) {
  /** Of a column that has nothing to do with labels. */
  public ColumnFacts(ColumnRole role, Optional<ValueRange> range, Duration length) {
    this(role, range, length, Optional.empty(), LateLabels.NONE, metric -> true);
  }

  /** The same, with other labels known and other metrics wanted. */
  ColumnFacts of(LateLabels labels, Predicate<String> wanted) {
    return new ColumnFacts(role, range, length, members, labels, wanted);
  }
}
