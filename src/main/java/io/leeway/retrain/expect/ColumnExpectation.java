package io.leeway.retrain.expect;

import io.leeway.config.ColumnExpectationConfig;
import io.leeway.config.ExpectationsConfig;
import io.leeway.domain.UserException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is expected of one column. What the user does not say follows from the reference:
 *
 * <ul>
 *   <li>at least 0.9 of the share that has a value there has one;
 *   <li>numbers stay within ten times the reference's range beyond its ends, so that a stand-in
 *       such as 999999 is found and a new record is not;
 *   <li>categories are the reference's, and a share of the values may be new.
 * </ul>
 *
 * <p>The first and the last leave three standard errors of a batch of {@code min-rows} rows, so
 * that chance alone hardly ever rejects one.
 *
 * @param reference what the column was like
 * @param type SQL type in upper case
 * @param maxNullRate share of the rows without a value, in [0, 1]
 * @param min least value; empty if any will do
 * @param max greatest value; empty if any will do
 * @param categories all expected values, ascending; of numbers empty
 * @param maxNewShare share of the values that may be others, in [0, 1]
 */
public record ColumnExpectation(
    ReferenceColumn reference,
    String type,
    double maxNullRate,
    Optional<Double> min,
    Optional<Double> max,
    List<String> categories,
    double maxNewShare) {
  private static final double KEPT = 0.9;
  private static final double RANGES = 10;
  private static final double ERRORS = 3;

  public ColumnExpectation {
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(type, "type");
    if (!(maxNullRate >= 0 && maxNullRate <= 1) || !(maxNewShare >= 0 && maxNewShare <= 1)) {
      throw new IllegalArgumentException(
          "Shares of " + reference.name() + " are " + maxNullRate + " and " + maxNewShare + ".");
    }
    categories = List.copyOf(new TreeSet<>(categories));
  }

  public String name() {
    return reference.name();
  }

  boolean isNumeric() {
    return reference.kind() == ReferenceColumn.Kind.NUMERIC;
  }

  static ColumnExpectation of(ReferenceColumn reference, ExpectationsConfig config) {
    ColumnExpectationConfig own =
        config.columns().getOrDefault(reference.name(), ColumnExpectationConfig.NONE);
    boolean numeric = reference.kind() == ReferenceColumn.Kind.NUMERIC;
    if (numeric ? own.isOfCategories() : own.isOfNumbers()) {
      throw new UserException(
          "retrain.expectations.columns: '%s' is %s in the baseline, of type %s; remove %s."
              .formatted(
                  reference.name(),
                  numeric ? "a number" : "a category",
                  reference.type(),
                  numeric ? "categories and max-new-share" : "min and max"));
    }
    double room = config.maxNewCategoryShare();
    double other = numeric ? 0 : reference.otherShare();
    return new ColumnExpectation(
        reference,
        own.type().orElse(reference.type()),
        own.maxNullRate().orElseGet(() -> nullRate(reference.nullRate(), config.minRows())),
        own.min().or(() -> bound(reference, -1)),
        own.max().or(() -> bound(reference, +1)),
        own.categories().isEmpty()
            ? List.copyOf(reference.categories().keySet())
            : own.categories(),
        own.maxNewShare()
            .orElse(
                own.categories().isEmpty()
                    ? Math.min(1, other + room + noise(other, config.minRows()))
                    : room));
  }

  private static double nullRate(double rate, long rows) {
    return Math.min(1, 1 - KEPT * (1 - rate) + noise(rate, rows));
  }

  private static double noise(double share, long rows) {
    return ERRORS * Math.sqrt(share * (1 - share) / rows);
  }

  /** A constant has no range, so it tells nothing of other values. */
  private static Optional<Double> bound(ReferenceColumn reference, int side) {
    if (!reference.varies() || reference.minimum().isEmpty()) {
      return Optional.empty();
    }
    double least = reference.minimum().get();
    double greatest = reference.maximum().orElseThrow();
    double bound = (side < 0 ? least : greatest) + side * RANGES * (greatest - least);
    return Optional.of(bound).filter(Double::isFinite);
  }
}
