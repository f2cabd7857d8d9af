package io.leeway.profile;

/**
 * How finely the numbers of a column are rounded before they are added up: the choice of a {@link
 * FixedPoint} exponent.
 *
 * <p>Ordinary numbers get the bits asked for, fewer where the greatest one would not fit else, but
 * never less than {@value #LEAST_BITS}: one far value, such as 999999999 in place of a missing age,
 * must not round all others to nothing. If it still does not fit, sums with it are unknown, and
 * those without it are as good as ever.
 *
 * @param ordinary greatest size of ordinary numbers, at least 0
 * @param greatest size of the greatest number of all, at least {@code ordinary}; may be infinite
 * @param bits of an ordinary number
 */
record SumScale(double ordinary, double greatest, int bits) {
  /** The greatest number of the reference leaves room for one twice its size. */
  private static final int MOST_BITS = 61;

  private static final int LEAST_BITS = 30;

  /** Where all numbers are 0 and so give no scale: units of 1.5e-11, numbers up to 6.7e7. */
  private static final int UNSCALED = 36;

  /** So many bits may the exponent in force be off from the best one. */
  private static final int SLACK = 4;

  int exponent() {
    if (greatest == 0) {
      return UNSCALED;
    }
    double size = ordinary == 0 ? greatest : ordinary;
    int fine = FixedPoint.exponentFor(size, bits);
    int roomy = FixedPoint.exponentFor(greatest, MOST_BITS);
    return Math.max(Math.min(fine, roomy), FixedPoint.exponentFor(size, LEAST_BITS));
  }

  /** Whether an exponent is close to the best one, and takes the greatest number if that does. */
  boolean accepts(int other) {
    return Math.abs(other - exponent()) <= SLACK && (fits(other) || !fits(exponent()));
  }

  private boolean fits(int exponent) {
    return FixedPoint.units(greatest, FixedPoint.factor(exponent)) != FixedPoint.TOO_LARGE;
  }
}
