package io.leeway.monitor;

import java.util.Comparator;
import java.util.List;

/** A number of which two bounds are known, both possible; exact where they are one. */
record Between(double low, double high) {
  Between {
    if (!(low <= high)) {
      throw new IllegalArgumentException("The bounds " + low + " and " + high + " have no order.");
    }
  }

  static Between exactly(double value) {
    return new Between(value, value);
  }

  Between plus(Between other) {
    return new Between(low + other.low, high + other.high);
  }

  double middle() {
    return isExact() ? low : low + (high - low) / 2;
  }

  /** How far the middle may be off. */
  double bound() {
    return (high - low) / 2;
  }

  boolean isExact() {
    return low == high;
  }

  /**
   * The share that some rows have among them and others, each number of rows within its bounds.
   *
   * @param others greater than 0 somewhere within their bounds, or {@code some} is
   */
  static Between share(Between some, Between others) {
    double low = some.low + others.high > 0 ? some.low / (some.low + others.high) : 1;
    double high = some.high + others.low > 0 ? some.high / (some.high + others.low) : 0;
    return new Between(Math.min(low, high), Math.max(low, high));
  }

  /** Rows, how many, and the mean of a value over them. */
  record Weighted(Between rows, Between mean) {
    private double end(int sign) {
      return sign > 0 ? mean.low : -mean.high;
    }
  }

  /**
   * The mean of a value over all rows.
   *
   * <p>Given the values, the least mean takes the most rows of those files whose values lie below
   * it, and the fewest of the others; the greatest one the other way round. So rows are added in
   * the order of the values while that moves the mean on.
   *
   * @param files at least one may have rows
   */
  static Between mean(List<Weighted> files) {
    double least = least(files, 1);
    double greatest = -least(files, -1);
    // Rounding alone could turn equal ends around.
    return new Between(Math.min(least, greatest), Math.max(least, greatest));
  }

  /** The least mean of the values times {@code sign}. */
  private static double least(List<Weighted> files, int sign) {
    double rows = 0;
    double total = 0;
    for (Weighted file : files) {
      rows += file.rows.low;
      total += file.rows.low * file.end(sign);
    }
    List<Weighted> ascending =
        files.stream().sorted(Comparator.comparingDouble(file -> file.end(sign))).toList();
    for (Weighted file : ascending) {
      double value = file.end(sign);
      double more = file.rows.high - file.rows.low;
      if (more > 0 && (rows == 0 || value < total / rows)) {
        rows += more;
        total += more * value;
      }
    }
    return total / rows;
  }
}
