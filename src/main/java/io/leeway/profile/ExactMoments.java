package io.leeway.profile;

/**
 * Sums, mean and variance of values that are all known, straight from the values: nothing is
 * rounded to fixed-point units and nothing overflows that a double can hold. The order is
 * ascending, so equal states give equal numbers.
 */
final class ExactMoments {
  private ExactMoments() {}

  /** Σ value · count; infinite where no double can hold it. */
  static double total(double[] values, long[] counts) {
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      total += values[i] * counts[i];
    }
    return total;
  }

  /** Σ value² · count; infinite where no double can hold it. */
  static double squares(double[] values, long[] counts) {
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      squares += values[i] * values[i] * counts[i];
    }
    return squares;
  }

  static double mean(double[] values, long[] counts, long n) {
    double total = total(values, counts);
    if (Double.isFinite(total)) {
      return total / n;
    }
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += values[i] * ((double) counts[i] / n);
    }
    return mean;
  }

  /** With divisor n − 1; infinite where no double can hold it. */
  static double variance(double[] values, long[] counts, long n) {
    double mean = mean(values, counts, n);
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double deviation = values[i] - mean;
      squares += deviation * deviation * counts[i];
    }
    return squares / (n - 1);
  }
}
