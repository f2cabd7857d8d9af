package io.leeway.stats.inference;

import org.apache.commons.math3.special.Gamma;

/**
 * The noncentral chi-square distribution with {@code d} degrees of freedom and noncentrality {@code
 * lambda}: a Poisson mixture of central ones,
 *
 * <pre>{@code P(X > x) = sum over j >= 0 of Poisson(j; lambda/2) * P(chi-square(d + 2j) > x)}</pre>
 *
 * <p>The sum runs outwards from the largest weight, so that neither end of it underflows; the tails
 * follow from one another by {@code Q(a+1, y) = Q(a, y) + y^a e^-y / Gamma(a+1)}.
 *
 * @see <a href="https://doi.org/10.1093/biomet/36.1-2.202">Patnaik (1949)</a>
 */
public final class NoncentralChiSquare {
  /** Terms below this share of the sum no longer count. */
  private static final double NEGLIGIBLE = 1e-17;

  private static final int MOST_STEPS = 200;

  private NoncentralChiSquare() {}

  /**
   * P(X &gt; x), in [0, 1]; grows with {@code lambda}.
   *
   * @param degrees &gt; 0
   * @param lambda &ge; 0; with 0 the central distribution
   */
  public static double upperTail(double x, double degrees, double lambda) {
    requireArguments(x, degrees, lambda);
    return x <= 0 ? 1 : Math.min(1, sum(x, degrees, lambda).tail);
  }

  /**
   * The noncentrality at which {@code P(X > x)} is {@code tail}; 0 where even the central tail is
   * at least that.
   *
   * @param tail in (0, 1)
   */
  public static double noncentrality(double x, double degrees, double tail) {
    requireArguments(x, degrees, 0);
    if (!(tail > 0 && tail < 1)) {
      throw new IllegalArgumentException("A tail must lie in (0, 1), but is " + tail + ".");
    }
    if (x <= 0 || ChiSquare.upperTail(x, degrees) >= tail) {
      return 0;
    }
    // X has mean d + lambda and variance 2d + 4 lambda; the first guess puts x at that quantile.
    double z = Normal.quantile(tail);
    double guess = x - degrees + z * Math.sqrt(2 * degrees + 4 * Math.max(x - degrees, 0));
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double lambda = Math.max(guess, 0.5);
    for (int step = 0; step < MOST_STEPS; step++) {
      Sum at = sum(x, degrees, lambda);
      if (at.tail < tail) {
        low = lambda;
      } else {
        high = lambda;
      }
      double next = lambda - (at.tail - tail) / at.slope;
      if (!(next > low && next < high)) {
        next = Double.isInfinite(high) ? 2 * lambda + 1 : 0.5 * (low + high);
      }
      if (Math.abs(next - lambda) <= 1e-12 * (1 + lambda)) {
        return next;
      }
      lambda = next;
    }
    return lambda;
  }

  /**
   * The x with {@code P(X > x) = tail}, to some 1e-13 of itself.
   *
   * @param tail in (0, 1)
   */
  public static double quantile(double tail, double degrees, double lambda) {
    requireArguments(0, degrees, lambda);
    if (!(tail > 0 && tail < 1)) {
      throw new IllegalArgumentException("A tail must lie in (0, 1), but is " + tail + ".");
    }
    // By Newton's steps on the logarithm of the tail, which is nearly straight far out; by halves
    // where a step would leave what is known to hold it.
    double wanted = Math.log(tail);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double x = firstGuess(tail, degrees, lambda);
    for (int step = 0; step < MOST_STEPS; step++) {
      Sum at = sum(x, degrees, lambda);
      if (at.tail < tail) {
        high = x;
      } else {
        low = x;
      }
      double next = x + (Math.log(at.tail) - wanted) * at.tail / at.density;
      if (!(next > low && next < high)) {
        next = Double.isInfinite(high) ? 2 * x : 0.5 * (low + high);
      }
      if (Math.abs(next - x) <= 1e-13 * x) {
        return next;
      }
      x = next;
    }
    return x;
  }

  /**
   * A power of X is nearly normal.
   *
   * @see <a href="https://doi.org/10.1093/biomet/46.1-2.235">Sankaran (1959)</a>
   */
  private static double firstGuess(double tail, double degrees, double lambda) {
    double mean = degrees + lambda;
    double h = 1 - 2 * mean * (degrees + 3 * lambda) / (3 * Math.pow(degrees + 2 * lambda, 2));
    double p = (degrees + 2 * lambda) / (mean * mean);
    double m = (h - 1) * (1 - 3 * h);
    double middle = 1 + h * p * (h - 1 - 0.5 * (2 - h) * m * p);
    double deviation = h * Math.sqrt(2 * p) * (1 + 0.5 * m * p);
    double root = middle - Normal.quantile(tail) * deviation;
    return root > 0 ? mean * Math.pow(root, 1 / h) : 0.01 * mean;
  }

  /**
   * The tail, its derivative by lambda, {@code 1/2 sum of weight * y^a e^-y / Gamma(a+1)}, and the
   * density, {@code 1/2 sum of weight * y^(a-1) e^-y / Gamma(a)}, with y = x/2.
   */
  private record Sum(double tail, double slope, double density) {}

  private static Sum sum(double x, double degrees, double lambda) {
    double mean = lambda / 2;
    double y = x / 2;
    double mode = Math.floor(mean);
    double a = degrees / 2 + mode;
    double weight =
        mean == 0 ? 1 : Math.exp(-mean + mode * Math.log(mean) - Gamma.logGamma(mode + 1));
    double tail = Gamma.regularizedGammaQ(a, y);
    double step = Math.exp(-y + a * Math.log(y) - Gamma.logGamma(a + 1));

    double sum = 0;
    double slope = 0;
    double density = 0;
    double w = weight;
    double q = tail;
    double s = step;
    for (double j = mode; ; j++) {
      sum += w * q;
      slope += w * s;
      density += w * s * (degrees / 2 + j) / y;
      q = Math.min(1, q + s);
      s *= y / (degrees / 2 + j + 1);
      w *= mean / (j + 1);
      // Weights fall by at least their last ratio from here on; tails are at most 1.
      if (w <= NEGLIGIBLE * sum || w == 0) {
        break;
      }
    }
    w = weight;
    q = tail;
    s = step;
    for (double j = mode; j > 0; j--) {
      s *= (degrees / 2 + j) / y;
      q = Math.max(0, q - s);
      w *= j / mean;
      sum += w * q;
      slope += w * s;
      density += w * s * (degrees / 2 + j - 1) / y;
      // Below, weights and tails only fall, and a step is at most the tail above it.
      if (w * q <= NEGLIGIBLE * sum) {
        break;
      }
    }
    return new Sum(sum, slope / 2, density / 2);
  }

  private static void requireArguments(double x, double degrees, double lambda) {
    if (!Double.isFinite(x) || !(degrees > 0) || !(lambda >= 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException(
          "Noncentral chi-square needs finite x, degrees above 0 and noncentrality of at least 0,"
              + " but got "
              + x
              + ", "
              + degrees
              + ", "
              + lambda
              + ".");
    }
  }
}
