package io.leeway.profile;

/** Finite doubles as integers of the same order, so that ranges of values can be halved exactly. */
final class OrderedKey {
  private OrderedKey() {}

  /** Rises with the value; zeros of either sign have one key. */
  static long of(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static double value(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }
}
