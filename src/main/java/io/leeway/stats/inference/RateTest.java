package io.leeway.stats.inference;

import io.leeway.stats.Outcome;
import org.apache.commons.math3.special.Beta;

/**
 * Tests of a rate, one-sided in both directions.
 *
 * <p>P-values come from the exact binomial tail or from the likelihood ratio; those that follow
 * from Wald, score, Wilson or Newcombe limits are far off where it matters, near 1e-5.
 *
 * @param z signed root of the likelihood ratio, negative for a fall; for a constant limit the z of
 *     the smaller p-value
 * @param pFall p-value of "the rate is not below the limit"
 * @param pRise p-value of "the rate is not above the limit"
 */
public record RateTest(double z, double pFall, double pRise) {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Each step shrinks the search by 0.618, so these reach the last bits. */
  private static final int STEPS = 80;

  /**
   * x of n against a constant: {@code pFall = P(X <= x)} and {@code pRise = P(X >= x)}, X binomial
   * with n and {@code limit}. With overdispersion the tails of the beta distribution at x/phi of
   * n/phi.
   *
   * <p>Undefined where n is 0.
   *
   * @param limit in [0, 1]
   */
  public static Outcome<RateTest> againstConstant(
      long x, long n, double limit, Overdispersion overdispersion) {
    Rates.require(x, n);
    if (!(limit >= 0 && limit <= 1)) {
      throw new IllegalArgumentException("A limit of a rate lies in [0, 1], but is " + limit + ".");
    }
    if (n == 0) {
      return Rates.noRows();
    }
    double events = x / overdispersion.phi();
    double others = (n - x) / overdispersion.phi();
    double pRise = x == 0 ? 1 : Beta.regularizedBeta(limit, events, others + 1);
    double pFall = x == n ? 1 : Beta.regularizedBeta(1 - limit, others, events + 1);
    double p = Math.min(0.5, Math.min(pRise, pFall));
    double size = p == 0 ? Double.POSITIVE_INFINITY : -Normal.quantile(p);
    return Outcome.of(new RateTest(pFall < pRise ? -size : size, pFall, pRise));
  }

  /**
   * x of n (window) against y of m (reference) at the border {@code p_w = a + b p_r}: a relative
   * fall by f is a = 0, b = 1 − f; an absolute one by d is a = −d, b = 1; no change is a = 0, b =
   * 1. With {@code ll(x, n, p) = x ln p + (n - x) ln(1 - p)} and q̂ the reference's rate that is
   * likeliest on the border, found by golden section,
   *
   * <pre>{@code
   * Z = sign(x/n - a - b y/m) sqrt(2 [ll(x, n, x/n) + ll(y, m, y/m) - ll(x, n, a + b q̂) - ll(y, m, q̂)] / phi)
   * }</pre>
   *
   * <p>{@code pFall = P(T <= Z)} and {@code pRise = P(T >= Z)}; T is normal, with an estimated phi
   * Student's t with its degrees.
   *
   * <p>Undefined where n or m is 0.
   *
   * @param b &ge; 0
   */
  public static Outcome<RateTest> againstReference(
      long x, long n, long y, long m, double a, double b, Overdispersion overdispersion) {
    Rates.require(x, n);
    Rates.require(y, m);
    double from = b > 0 ? Math.max(0, -a / b) : 0;
    double to = b > 0 ? Math.min(1, (1 - a) / b) : 1;
    if (!(b >= 0) || !(from <= to) || (b == 0 && !(a >= 0 && a <= 1))) {
      throw new IllegalArgumentException(
          "The border " + a + " + " + b + " * rate holds no rate between 0 and 1.");
    }
    if (n == 0 || m == 0) {
      return Rates.noRows();
    }
    double excess = (double) x / n - a - b * ((double) y / m);
    double deviance = excess == 0 ? 0 : leastDeviance(x, n, y, m, a, b, from, to);
    double z = Math.signum(excess) * Math.sqrt(Math.max(0, deviance) / overdispersion.phi());
    double degrees = overdispersion.degrees();
    return Outcome.of(
        new RateTest(z, StudentT.lowerTail(z, degrees), StudentT.upperTail(z, degrees)));
  }

  private static double leastDeviance(
      long x, long n, long y, long m, double a, double b, double from, double to) {
    double low = from;
    double high = to;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = deviance(x, n, a + b * left) + deviance(y, m, left);
    double atRight = deviance(x, n, a + b * right) + deviance(y, m, right);
    for (int step = 0; step < STEPS && high - low > 1e-15 * high; step++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = deviance(x, n, a + b * left) + deviance(y, m, left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = deviance(x, n, a + b * right) + deviance(y, m, right);
      }
    }
    // The ends of the range themselves: with no events at all the best rate is 0.
    double atFrom = deviance(x, n, a + b * from) + deviance(y, m, from);
    double atTo = deviance(x, n, a + b * to) + deviance(y, m, to);
    return Math.min(Math.min(atLeft, atRight), Math.min(atFrom, atTo));
  }

  /** {@code 2 [ll(x, n, x/n) - ll(x, n, p)]}, with 0 ln 0 = 0; infinite where p rules x out. */
  private static double deviance(long x, long n, double rate) {
    double p = Math.min(1, Math.max(0, rate));
    double yes = x == 0 ? 0 : x * Math.log(x / (n * p));
    double no = x == n ? 0 : (n - x) * Math.log((n - x) / (n * (1 - p)));
    return 2 * (yes + no);
  }
}
