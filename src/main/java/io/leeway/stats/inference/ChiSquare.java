package io.leeway.stats.inference;

import org.apache.commons.math3.special.Gamma;

/** The chi-square distribution. */
public final class ChiSquare {
  private ChiSquare() {}

  /**
   * P(X &gt; x), accurate also where it is tiny; 1 for {@code x <= 0}.
   *
   * @param degrees &ge; 0; with 0 degrees X is always 0
   */
  public static double upperTail(double x, double degrees) {
    if (!(degrees >= 0) || Double.isNaN(x)) {
      throw new IllegalArgumentException(
          "Chi-square needs a number and degrees of at least 0, but got "
              + x
              + " and "
              + degrees
              + ".");
    }
    if (x <= 0) {
      return 1;
    }
    if (degrees == 0 || Double.isInfinite(x)) {
      return 0;
    }
    return Gamma.regularizedGammaQ(degrees / 2, x / 2);
  }
}
