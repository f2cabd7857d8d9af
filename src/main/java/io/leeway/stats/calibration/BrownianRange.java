package io.leeway.stats.calibration;

import io.leeway.stats.inference.Normal;

/**
 * The range, greatest minus least value, of Brownian motion over [0, 1].
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177729589">Feller (1951), The asymptotic distribution
 *     of the range of sums of independent random variables</a>
 */
final class BrownianRange {
  /** From here the tail's own series, which then loses no digits, takes three terms or fewer. */
  private static final double TAIL_FROM = 2;

  private static final int TERMS = 8;

  private BrownianRange() {}

  /**
   * P(R &gt; x): above 2 as {@code 8 sum over k from 1 of (-1)^(k-1) k (1 - Φ(k x))}, accurate also
   * where it is tiny; below it as 1 minus
   *
   * <pre>{@code
   * sum over k from 0 of (8/x² + 2/((k + 1/2)² π²)) exp(-2 (k + 1/2)² π²/x²)
   * }</pre>
   *
   * @param x 1 below 0
   */
  static double upperTail(double x) {
    if (x <= 0) {
      return 1;
    }
    double tail = x >= TAIL_FROM ? alternating(x) : 1 - distribution(x);
    return Math.min(1, Math.max(0, tail));
  }

  static double alternating(double x) {
    double sum = 0;
    for (int k = TERMS; k >= 1; k--) {
      sum = k * Normal.upperTail(k * x) - sum;
    }
    return 8 * sum;
  }

  static double distribution(double x) {
    double sum = 0;
    for (int k = 0; k < TERMS; k++) {
      double square = (k + 0.5) * (k + 0.5) * Math.PI * Math.PI;
      sum += (8 / (x * x) + 2 / square) * Math.exp(-2 * square / (x * x));
    }
    return sum;
  }
}
