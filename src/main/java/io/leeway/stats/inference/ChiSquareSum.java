package io.leeway.stats.inference;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.LegendreRuleFactory;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.Pair;

/**
 * A sum of independent chi-squares with a degree each, times weights of which the largest is kept
 * and the others are matched by one chi-square: {@code first · χ²(1) + scale · χ²(degrees)}.
 *
 * <p>A single chi-square with the mean and variance of the whole falls off too fast: far out, it is
 * the largest weight alone that counts. What is left to be matched has weights of a like size.
 *
 * @param first the largest weight, &gt; 0
 * @param scale of the others, &ge; 0
 * @param degrees of the others, &ge; 0
 */
public record ChiSquareSum(double first, double scale, double degrees) {
  /** Nodes and weights on [−1, 1]. */
  private static final Pair<double[], double[]> RULE = new LegendreRuleFactory().getRule(48);

  /** Beyond so many of its standard deviations a density is 0. */
  private static final double WIDE = 9;

  public ChiSquareSum {
    if (!(first > 0) || !(scale >= 0) || !(degrees >= 0) || Double.isInfinite(first)) {
      throw new IllegalArgumentException(
          "A sum of chi-squares needs a positive weight and others of at least 0, but has "
              + first
              + " and "
              + scale
              + " with "
              + degrees
              + " degrees.");
    }
  }

  /**
   * By the sums of all weights, of their squares, and the largest one.
   *
   * @param largest &gt; 0, at most {@code sum}
   */
  public static ChiSquareSum of(double sum, double squares, double largest) {
    double rest = sum - largest;
    double restSquares = squares - largest * largest;
    // One weight alone leaves nothing but what rounding makes of it.
    return rest <= 1e-12 * sum || restSquares <= 1e-12 * squares
        ? new ChiSquareSum(largest, 0, 0)
        : new ChiSquareSum(largest, restSquares / rest, rest * rest / restSquares);
  }

  /** P(sum &gt; x); 1 for {@code x <= 0}. Accurate to some 1e-5 of itself. */
  public double upperTail(double x) {
    if (x <= 0) {
      return 1;
    }
    double end = Math.sqrt(x / first);
    double tail = 2 * Normal.upperTail(end);
    if (scale == 0 || degrees == 0) {
      return tail;
    }
    DoubleUnaryOperator given =
        z -> Normal.density(z) * ChiSquare.upperTail((x - first * z * z) / scale, degrees);
    return Math.min(1, tail + 2 * integral(given, 0, Math.min(end, 4 * WIDE)));
  }

  /**
   * P(sum &gt; x · s), s an independent chi-square over its own degrees: for a sum whose unit was
   * estimated.
   *
   * @param below degrees of the estimate, &gt; 0, may be infinite
   */
  public double upperTail(double x, double below) {
    if (!(below > 0)) {
      throw new IllegalArgumentException("Degrees must be positive, not " + below + ".");
    }
    if (x <= 0 || Double.isInfinite(below)) {
      return upperTail(x);
    }
    // By the logarithm t of s, whose density is near a normal one with variance 2/below.
    double half = below / 2;
    double constant = half * Math.log(half) - Gamma.logGamma(half);
    DoubleUnaryOperator given =
        t -> Math.exp(constant + half * (t - Math.exp(t))) * upperTail(x * Math.exp(t));
    double deviation = Math.sqrt(2 / below);
    double low = -WIDE * deviation * (1 + deviation);
    return Math.min(1, integral(given, low, 0) + integral(given, 0, WIDE * deviation));
  }

  private static double integral(DoubleUnaryOperator of, double from, double to) {
    double[] nodes = RULE.getFirst();
    double[] weights = RULE.getSecond();
    double half = (to - from) / 2;
    double middle = (to + from) / 2;
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      sum += weights[i] * of.applyAsDouble(middle + half * nodes[i]);
    }
    return sum * half;
  }
}
