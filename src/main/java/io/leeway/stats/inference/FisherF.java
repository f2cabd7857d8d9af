package io.leeway.stats.inference;

import org.apache.commons.math3.special.Beta;

/** Fisher's F distribution; infinite degrees below are a chi-square divided by its degrees. */
public final class FisherF {
  private FisherF() {}

  /**
   * P(F &gt; x).
   *
   * @param above degrees of the numerator, &gt; 0 and finite
   * @param below degrees of the denominator, &gt; 0, may be infinite
   */
  public static double upperTail(double x, double above, double below) {
    if (!(above > 0) || Double.isInfinite(above) || !(below > 0)) {
      throw new IllegalArgumentException(
          "F needs positive degrees of freedom, but got " + above + " and " + below + ".");
    }
    if (x <= 0) {
      return 1;
    }
    if (Double.isInfinite(below)) {
      return ChiSquare.upperTail(x * above, above);
    }
    return Beta.regularizedBeta(below / (below + above * x), below / 2, above / 2);
  }
}
