package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/** What every statement about x of n asks first. */
final class Rates {
  private Rates() {}

  static void require(long x, long n) {
    if (x < 0 || x > n) {
      throw new IllegalArgumentException(
          "A rate counts x of n with x between 0 and n, but got " + x + " of " + n + ".");
    }
  }

  static <T> Outcome<T> noRows() {
    return Outcome.undefined("The denominator of the rate is 0.");
  }
}
