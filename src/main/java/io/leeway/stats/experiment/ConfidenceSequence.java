package io.leeway.stats.experiment;

import io.leeway.stats.inference.Interval;
import java.util.List;

/**
 * Bounds of a growing test's effect that hold at all looks together, however many are taken: with
 * probability 1 − alpha none of them is ever wrong. Asymptotic, as intervals of means are: see
 * {@link Measure} for how much must be in first.
 *
 * <p>With d the difference, V its variance, N the size and N* the planned one,
 *
 * <pre>{@code
 * two-sided:  rho² = (-2 ln(alpha) + ln(-2 ln(alpha) + 1)) / N*
 *             d ± sqrt(V N) sqrt(2 (N rho² + 1) / (N² rho²) ln(sqrt(N rho² + 1) / alpha))
 *             e = exp(rho² S² / (2 (N rho² + 1))) / sqrt(N rho² + 1),  S² = d² N / V
 * one-sided:  2 alpha in place of alpha in rho, and for the logarithm
 *             ln(1 + sqrt(N rho² + 1) / (2 alpha))
 *             e = 2 (exp(rho² S² / (2 (N rho² + 1))) - 1) / sqrt(N rho² + 1), 0 where d < 0
 * }</pre>
 *
 * <p>e is evidence against "no effect": without any it has mean 1 at most at whatever time one
 * stops, so its running maximum passes 1/alpha with probability alpha at most (Ville). {@code 1/e}
 * is a p-value that agrees with the bounds: it is alpha where a bound touches 0.
 *
 * <p>Sizes may be counts of units, or anything that V is in inverse proportion to; only N / N*
 * matters. It is what keeps a ramp honest: at a share of 1 % a unit tells a tenth of what it tells
 * at 10 %, so {@link Effect} counts effective size. A planned size that is missed costs width,
 * never validity.
 *
 * @param sides whether both ends hold together, or each alone
 * @param alpha in (0, 1); one-sided in (0, 0.5)
 * @param plannedSize N*, &gt; 0, finite: where bounds are to be tightest
 * @see <a href="https://arxiv.org/abs/2103.06476">Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas
 *     (2024), time-uniform central limit theory; equations 9 and 134</a>
 * @see <a href="https://doi.org/10.1214/aoms/1177696786">Robbins (1970), the normal mixture</a>
 */
public record ConfidenceSequence(Sides sides, double alpha, double plannedSize) {
  /** Which bounds hold together. */
  public enum Sides {
    /** One of the two bounds, whichever was meant, holds with probability 1 − alpha. */
    ONE {
      @Override
      double tuningAlpha(double alpha) {
        return 2 * alpha;
      }

      @Override
      double log(double root, double alpha) {
        return Math.log1p(root / (2 * alpha));
      }

      @Override
      double eValue(double z, double exponent, double root) {
        return z > 0 ? 2 * Math.expm1(exponent) / root : 0;
      }
    },
    /** Both bounds hold with probability 1 − alpha. */
    TWO {
      @Override
      double tuningAlpha(double alpha) {
        return alpha;
      }

      @Override
      double log(double root, double alpha) {
        return Math.log(root / alpha);
      }

      @Override
      double eValue(double z, double exponent, double root) {
        return Math.exp(exponent) / root;
      }
    };

    abstract double tuningAlpha(double alpha);

    abstract double log(double root, double alpha);

    abstract double eValue(double z, double exponent, double root);
  }

  public ConfidenceSequence {
    if (!(alpha > 0 && sides.tuningAlpha(alpha) < 1)) {
      throw new IllegalArgumentException(
          "Alpha lies between 0 and 1, one-sided between 0 and 0.5, but is " + alpha + ".");
    }
    if (!(plannedSize > 0 && plannedSize < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The planned size is positive and finite, but is " + plannedSize + ".");
    }
  }

  public static ConfidenceSequence twoSided(double alpha, double plannedSize) {
    return new ConfidenceSequence(Sides.TWO, alpha, plannedSize);
  }

  public static ConfidenceSequence oneSided(double alpha, double plannedSize) {
    return new ConfidenceSequence(Sides.ONE, alpha, plannedSize);
  }

  /** Both bounds of the difference; one-sided each of them is to be used alone. */
  public Interval interval(Effect of) {
    double time = time(of);
    double half =
        of.standardError()
            * Math.sqrt(2 * (time + 1) / time * sides.log(Math.sqrt(time + 1), alpha));
    return new Interval(of.difference() - half, of.difference() + half);
  }

  /**
   * Evidence that the difference is not {@code bar}; one-sided that it is above.
   *
   * @return &ge; 0, infinite where it is beyond what a double holds
   */
  public double eValue(Effect of, double bar) {
    double z = (of.difference() - bar) / of.standardError();
    double time = time(of);
    return sides.eValue(z, z * z / 2 * time / (time + 1), Math.sqrt(time + 1));
  }

  /**
   * The p-value of "the difference is {@code bar}" (one-sided: "is not above") after several looks:
   * the least {@code 1/e} of them, at most 1; 1 without looks.
   */
  public double pValue(List<Effect> looks, double bar) {
    double largest = 1;
    for (Effect look : looks) {
      largest = Math.max(largest, eValue(look, bar));
    }
    return 1 / largest;
  }

  /** {@code N rho²}. */
  private double time(Effect of) {
    double logs = -2 * Math.log(sides.tuningAlpha(alpha));
    return (logs + Math.log1p(logs)) * of.size() / plannedSize;
  }
}
