package io.leeway.retrain.expect;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the reference tells of one column.
 *
 * @param type SQL type in upper case, such as {@code DOUBLE}
 * @param rows of the reference, at least 1
 * @param nulls rows without a value, NaN not among them
 * @param minimum of the finite values; none without any, or if no numbers
 * @param maximum of the same
 * @param bins where the finite values lie; none without any, or if no numbers
 * @param categories share of the values that each category has; those left out make up the rest to
 *     1; empty of numbers
 */
public record ReferenceColumn(
    String name,
    Kind kind,
    String type,
    long rows,
    long nulls,
    Optional<Double> minimum,
    Optional<Double> maximum,
    Optional<BinShares> bins,
    SortedMap<String, Double> categories) {
  private static final double ROUNDING = 1e-6;

  /** How a column's values are looked at. */
  public enum Kind {
    /** Numbers; dates in days and timestamps in seconds since 1970. */
    NUMERIC,
    /** Texts. */
    CATEGORICAL,
    /** The categories {@code true} and {@code false}. */
    BOOLEAN
  }

  public ReferenceColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    if (rows < 1 || nulls < 0 || nulls > rows) {
      throw new IllegalArgumentException(
          "Column " + name + " has " + nulls + " nulls in " + rows + " rows.");
    }
    if (minimum.isPresent() != maximum.isPresent()
        || (minimum.isPresent() && !(minimum.get() <= maximum.get()))) {
      throw new IllegalArgumentException(
          "Column " + name + " reaches from " + minimum + " to " + maximum + ".");
    }
    boolean ofNumbers = minimum.isPresent() || bins.isPresent();
    if (kind == Kind.NUMERIC ? !categories.isEmpty() : ofNumbers) {
      throw new IllegalArgumentException("Column " + name + " is not only " + kind + ".");
    }
    double sum = 0;
    for (double share : categories.values()) {
      if (!(share >= 0)) {
        throw new IllegalArgumentException("Column " + name + " has a share of " + share + ".");
      }
      sum += share;
    }
    if (sum > 1 + ROUNDING) {
      throw new IllegalArgumentException("Shares of column " + name + " sum to " + sum + ".");
    }
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
  }

  /** A column of numbers. */
  public static ReferenceColumn numeric(
      String name,
      String type,
      long rows,
      long nulls,
      Optional<Double> minimum,
      Optional<Double> maximum,
      Optional<BinShares> bins) {
    return new ReferenceColumn(
        name, Kind.NUMERIC, type, rows, nulls, minimum, maximum, bins, new TreeMap<>());
  }

  /** A column of texts, or of booleans if its type says so. */
  public static ReferenceColumn categorical(
      String name, String type, long rows, long nulls, SortedMap<String, Double> categories) {
    return new ReferenceColumn(
        name,
        TypeFamily.of(type) == TypeFamily.TRUTH ? Kind.BOOLEAN : Kind.CATEGORICAL,
        type,
        rows,
        nulls,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        categories);
  }

  /** In [0, 1]. */
  double nullRate() {
    return (double) nulls / rows;
  }

  /** Share of the values whose category is not told, in [0, 1]; 1 without any category. */
  double otherShare() {
    double told = categories.values().stream().mapToDouble(Double::doubleValue).sum();
    return told > 1 - ROUNDING ? 0 : 1 - told;
  }

  /** Whether it has more than one value. */
  boolean varies() {
    if (kind == Kind.NUMERIC) {
      return minimum.isPresent() && minimum.get() < maximum.get();
    }
    long told = categories.values().stream().filter(share -> share > 0).count();
    return told > 1 || (told == 1 && otherShare() > 0);
  }
}
