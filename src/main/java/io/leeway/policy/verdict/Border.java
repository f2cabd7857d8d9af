package io.leeway.policy.verdict;

/**
 * The border {@code a + b r} between values that a rule allows and those it does not, r the value
 * that is compared with: a constant is a alone, "falls by f" is (1 − f) r, "rises by d" absolutely
 * is d + r, no change is r.
 *
 * @param b &ge; 0
 * @param isUpper whether values above are the ones that are too far
 */
record Border(double a, double b, boolean isUpper) {
  Border {
    if (!Double.isFinite(a) || !(b >= 0) || Double.isInfinite(b)) {
      throw new IllegalArgumentException(
          "A border is finite with b of at least 0, but is " + a + " + " + b + " r.");
    }
  }

  /** Of "has become worse at all". */
  static Border noChange(boolean isUpper) {
    return new Border(0, 1, isUpper);
  }

  /** Whether it lies relative to another value. */
  boolean isRelativeToOther() {
    return b != 0;
  }

  double at(double other) {
    return a + b * other;
  }

  /** Whether a value lies on the wrong side. */
  static boolean isBeyond(double value, double limit, boolean isUpper) {
    return isUpper ? value > limit : value < limit;
  }
}
