package io.leeway.retrain.expect;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them, with four significant digits. */
final class Shown {
  private static final MathContext DIGITS = new MathContext(4);
  private static final int MOST_PLAIN = 15;

  private Shown() {}

  /** A share as percent: {@code 12.5 %}. */
  static String percent(double share) {
    return plain(new BigDecimal(share).movePointRight(2)) + " %";
  }

  static String number(double value) {
    return plain(new BigDecimal(value));
  }

  private static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(DIGITS).stripTrailingZeros();
    boolean readable = Math.abs(rounded.precision() - rounded.scale()) <= MOST_PLAIN;
    return rounded.signum() == 0
        ? "0"
        : readable && rounded.scale() <= MOST_PLAIN ? rounded.toPlainString() : rounded.toString();
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
