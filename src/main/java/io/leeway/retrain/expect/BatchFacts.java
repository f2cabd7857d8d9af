package io.leeway.retrain.expect;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be known of a batch.
 *
 * @param rows with and without a label
 * @param duplicates rows beyond the first of their identifier; a row without one is beyond, too
 * @param earliest prediction time; none without rows
 * @param latest prediction time; none without rows
 * @param columns features, each name once
 */
public record BatchFacts(
    long rows,
    long duplicates,
    LabelFacts labels,
    Optional<Instant> earliest,
    Optional<Instant> latest,
    List<ColumnFacts> columns) {
  public BatchFacts {
    Objects.requireNonNull(earliest, "earliest");
    Objects.requireNonNull(latest, "latest");
    columns = List.copyOf(columns);
    if (rows < 0 || duplicates < 0 || duplicates > rows || labels.labelled() > rows) {
      throw new IllegalArgumentException(
          "Of %d rows %d are duplicates and %d have a label."
              .formatted(rows, duplicates, labels.labelled()));
    }
  }

  Optional<ColumnFacts> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
