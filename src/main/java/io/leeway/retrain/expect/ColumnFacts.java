package io.leeway.retrain.expect;

import io.leeway.stats.Outcome;
import java.util.Objects;
import java.util.Optional;

/**
 * What a batch holds in one column.
 *
 * @param type SQL type in upper case
 * @param rows of the batch
 * @param nulls rows without a value, NaN not among them
 * @param numbers its values, if they were looked at as numbers
 * @param categories its values, if they were looked at as categories
 * @param leakage how well it alone tells the label: of a class the AUC of {@link CellLabels}, of a
 *     number the absolute correlation; in [0, 1]
 */
public record ColumnFacts(
    String name,
    String type,
    long rows,
    long nulls,
    Optional<NumberFacts> numbers,
    Optional<CategoryFacts> categories,
    Outcome<Double> leakage) {
  public ColumnFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(leakage, "leakage");
    if (nulls < 0 || nulls > rows || (numbers.isPresent() && categories.isPresent())) {
      throw new IllegalArgumentException(
          "Column %s has %d nulls in %d rows, numbers %s, categories %s."
              .formatted(name, nulls, rows, numbers, categories));
    }
  }

  /** Of a column whose values were not looked at. */
  static ColumnFacts unread(String name, String type, long rows, long nulls) {
    return new ColumnFacts(
        name,
        type,
        rows,
        nulls,
        Optional.empty(),
        Optional.empty(),
        Outcome.undefined("The column was not looked at."));
  }

  /** Share of the rows, in [0, 1]; 0 without rows. */
  double nullRate() {
    return rows == 0 ? 0 : (double) nulls / rows;
  }
}
