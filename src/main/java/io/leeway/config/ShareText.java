package io.leeway.config;

import java.math.BigDecimal;

/** Shares of a whole as written in the configuration: {@code 5%} or {@code 0.05}. */
final class ShareText {
  private static final int BASIS_POINT_DIGITS = 4;

  private ShareText() {}

  /**
   * A share above 0, at most 1.
   *
   * @throws IllegalArgumentException in words, if the text is none
   */
  static double share(String text) {
    return exact(text).doubleValue();
  }

  /**
   * A share in whole basis points, from 1 to 9 999, so that something is left.
   *
   * @throws IllegalArgumentException in words, if the text is none
   */
  static int basisPoints(String text) {
    BigDecimal points = exact(text).movePointRight(BASIS_POINT_DIGITS).stripTrailingZeros();
    if (points.scale() > 0 || points.compareTo(BigDecimal.TEN.pow(BASIS_POINT_DIGITS)) >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no share of the traffic; write 0.01% to 99.99%, in steps of 0.01%");
    }
    return points.intValueExact();
  }

  /** As basis points are written: {@code 2.5%}. */
  static String percent(int basisPoints) {
    return BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString() + "%";
  }

  private static BigDecimal exact(String text) {
    boolean percent = text.endsWith("%");
    try {
      BigDecimal written =
          new BigDecimal((percent ? text.substring(0, text.length() - 1) : text).trim());
      BigDecimal share = percent ? written.movePointLeft(2) : written;
      if (share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a share above 0 and up to all; write for example 5% or 0.05");
  }
}
