package io.leeway.profile;

import java.math.BigInteger;

/**
 * Sums that do not depend on order: every number is rounded once to a multiple of
 * 2<sup>-exponent</sup> and added as an integer of 96 bits, kept as {@code high * 2^32 + low}.
 *
 * <p>A number whose multiple does not fit 62 bits is not added; its owner counts it. So no sum ever
 * wraps: the low half is {@linkplain #carry carried} before it would, and the high half has room
 * for 2<sup>33</sup> such numbers.
 */
final class FixedPoint {
  /** What {@link #units} gives for a number that is too large. */
  static final long TOO_LARGE = Long.MIN_VALUE;

  private static final double LIMIT = 0x1p62;
  private static final long LOW_MASK = 0xffffffffL;

  private FixedPoint() {}

  /** The number as a multiple of {@code 1 / factor}, half to even, or {@link #TOO_LARGE}. */
  static long units(double number, double factor) {
    double units = Math.rint(number * factor);
    return Math.abs(units) < LIMIT ? (long) units : TOO_LARGE;
  }

  /** What to multiply by: two to the power of {@code exponent}. */
  static double factor(int exponent) {
    return Math.scalb(1.0, exponent);
  }

  /**
   * The exponent that leaves {@code bits} bits to a number of the given size.
   *
   * @param size finite, the greatest magnitude expected; 0 counts as 1
   */
  static int exponentFor(double size, int bits) {
    int magnitude = size == 0 ? 0 : Math.getExponent(size) + 1;
    return Math.max(-1000, Math.min(1000, bits - magnitude));
  }

  static long low(long units) {
    return units & LOW_MASK;
  }

  static long high(long units) {
    return units >> 32;
  }

  /** The high half of {@code units} times {@code rows}, for products below 2<sup>95</sup>. */
  static long highOfProduct(long units, long rows) {
    return (Math.multiplyHigh(units, rows) << 32) | ((units * rows) >>> 32);
  }

  /** The low half of {@code units} times {@code rows}. */
  static long lowOfProduct(long units, long rows) {
    return (units * rows) & LOW_MASK;
  }

  /** The part of {@code low} that belongs to the high half. */
  static long carry(long low) {
    return low >> 32;
  }

  /** Whether adding two longs has wrapped. */
  static boolean overflowed(long sum, long left, long right) {
    return ((sum ^ left) & (sum ^ right)) < 0;
  }

  static BigInteger toInteger(long high, long low) {
    return BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low));
  }

  /** The low half of a sum made by {@link #toInteger}, between 0 and 2<sup>32</sup>. */
  static long lowOf(BigInteger sum) {
    return sum.longValue() & LOW_MASK;
  }

  /** The high half of a sum made by {@link #toInteger}. */
  static long highOf(BigInteger sum) {
    return sum.shiftRight(32).longValueExact();
  }

  /** The sum as a number, rounded to within two units in the last place. */
  static double toDouble(long high, long low, int exponent) {
    return Math.scalb(high * 0x1p32 + low, -exponent);
  }

  /** The sum divided by {@code n}, also where the sum itself is beyond all doubles. */
  static double meanOf(long high, long low, long n, int exponent) {
    return Math.scalb((high * 0x1p32 + low) / n, -exponent);
  }
}
