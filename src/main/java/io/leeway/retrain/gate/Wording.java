package io.leeway.retrain.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Pieces of sentences; numbers have four significant digits. */
final class Wording {
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  /** Smaller numbers are rounding of sums. */
  private static final double NOTHING = 1e-12;

  private Wording() {}

  static String number(double value) {
    return Math.abs(value) < NOTHING
        ? "0"
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  static String rows(long n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  /** {@code worse by 0.1} or {@code better by 0.1}. */
  static String worse(double by) {
    return by < 0 && Math.abs(by) >= NOTHING
        ? "better by " + number(-by)
        : "worse by " + number(by);
  }

  /** With a full stop; the name of a metric that starts it stays as it is. */
  static String sentence(String words) {
    return words + ".";
  }
}
