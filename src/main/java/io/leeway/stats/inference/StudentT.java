package io.leeway.stats.inference;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.special.Beta;

/** Student's t distribution; infinite degrees of freedom are the normal distribution. */
public final class StudentT {
  /** Beyond this many degrees t and normal quantiles agree to 1e-7. */
  private static final double NORMAL_FROM = 1e7;

  private StudentT() {}

  /**
   * P(T &gt; t).
   *
   * @param degrees &gt; 0, may be infinite
   */
  public static double upperTail(double t, double degrees) {
    requireDegrees(degrees);
    if (degrees > NORMAL_FROM || t == 0) {
      return Normal.upperTail(t);
    }
    double beyond = 0.5 * Beta.regularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
    return t > 0 ? beyond : 1 - beyond;
  }

  /** P(T &le; t), accurate also where it is tiny. */
  public static double lowerTail(double t, double degrees) {
    return upperTail(-t, degrees);
  }

  /** The t with lower tail {@code p}, {@code 0 < p < 1}. */
  public static double quantile(double p, double degrees) {
    requireDegrees(degrees);
    if (degrees > NORMAL_FROM) {
      return Normal.quantile(p);
    }
    return new TDistribution(null, degrees).inverseCumulativeProbability(p);
  }

  private static void requireDegrees(double degrees) {
    if (!(degrees > 0)) {
      throw new IllegalArgumentException(
          "Student's t needs positive degrees of freedom, but got " + degrees + ".");
    }
  }
}
