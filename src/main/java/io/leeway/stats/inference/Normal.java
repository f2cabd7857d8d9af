package io.leeway.stats.inference;

import org.apache.commons.math3.special.Erf;

/** The standard normal distribution. */
public final class Normal {
  /** The 97.5 % quantile, half the width of a 95 % interval in standard errors. */
  public static final double Z95 = 1.959963984540054;

  private static final double ROOT_TWO = Math.sqrt(2);
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  private Normal() {}

  public static double density(double z) {
    return Math.exp(-0.5 * z * z) / ROOT_TWO_PI;
  }

  /** P(Z &le; z), accurate also where it is tiny. */
  public static double lowerTail(double z) {
    return 0.5 * Erf.erfc(-z / ROOT_TWO);
  }

  /** P(Z &gt; z), accurate also where it is tiny. */
  public static double upperTail(double z) {
    return 0.5 * Erf.erfc(z / ROOT_TWO);
  }

  /** The z with lower tail {@code p}, {@code 0 < p < 1}. */
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("A quantile needs a share in (0, 1), but got " + p + ".");
    }
    double z = p < 0.5 ? -ROOT_TWO * Erf.erfcInv(2 * p) : ROOT_TWO * Erf.erfcInv(2 * (1 - p));
    // One Newton step: the inverse of Commons Math is good to about 1e-9 in the tails.
    return z - (lowerTail(z) - p) / density(z);
  }
}
