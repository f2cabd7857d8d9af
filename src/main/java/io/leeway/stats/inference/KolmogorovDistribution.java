package io.leeway.stats.inference;

/**
 * The distribution of the greatest distance D between the empirical distribution function of {@code
 * n} points and the continuous one they come from, and its limit for large {@code n}.
 *
 * <p>Which formula is right where follows Simard and L'Ecuyer: the exact matrix formula of
 * Marsaglia, Tsang and Wang near the middle of small samples, the expansion of Pelz and Good in
 * larger ones, and twice the one-sided tail where both sides are hardly ever passed at once.
 * Compared with SciPy's {@code kstwo.sf} the absolute error is below 1e-8.
 *
 * @see <a href="https://doi.org/10.18637/jss.v039.i11">Simard and L'Ecuyer (2011)</a>
 */
public final class KolmogorovDistribution {
  /** Up to here small-sample formulas hold for all d. */
  private static final int SMALL = 140;

  /** Above this n d² the two one-sided events no longer overlap, in small and in larger samples. */
  private static final double APART_SMALL = 4;

  private static final double APART = 2.2;

  /** Above this n d² the tail is below 1e-320. */
  private static final double BEYOND = 370;

  /** Above this the expansion of Pelz and Good is within 6e-9 where n d^1.5 is at most 1.4. */
  private static final int MATRIX_UP_TO = 2000;

  /** Above this the expansion of the one-sided tail is within 4e-9. */
  private static final int SETTLED = 3000;

  private KolmogorovDistribution() {}

  /**
   * The points that stand for two samples: {@code n m / (n + m)}, rounded half to even; 0 for one
   * row on each side.
   */
  public static long points(long n, long m) {
    double large = Math.max(n, m);
    double small = Math.min(n, m);
    return (long) Math.rint(large * small / (large + small));
  }

  /**
   * P(D &ge; d) for {@code n} points.
   *
   * @param d at or below 0 gives 1, at or above 1 gives 0
   * @param n &ge; 1
   */
  public static double upperTail(double d, long n) {
    if (n < 1 || Double.isNaN(d)) {
      throw new IllegalArgumentException(
          "The Kolmogorov distribution needs a distance and at least one point, but got "
              + d
              + " and "
              + n
              + ".");
    }
    double t = n * d;
    if (t <= 0.5) {
      return 1;
    }
    if (d >= 1) {
      return 0;
    }
    if (t <= 1) {
      return 1 - lowest(t, n);
    }
    if (t >= n - 1) {
      return 2 * Math.pow(1 - d, (double) n);
    }
    double square = t * d;
    if (square >= BEYOND) {
      return 0;
    }
    if (d >= 0.5 || square >= (n <= SMALL ? APART_SMALL : APART)) {
      return Math.min(
          1, 2 * (n <= SETTLED ? OneSidedTail.exact(d, n) : OneSidedTail.expanded(d, n)));
    }
    boolean byMatrix = n <= SMALL || (n <= MATRIX_UP_TO && t * Math.sqrt(d) <= 1.4);
    double below = byMatrix ? DurbinMatrix.lowerTail(d, (int) n) : pelzGood(Math.sqrt(square), n);
    return 1 - Math.min(1, Math.max(0, below));
  }

  /** {@code n! / n^n (2 n d - 1)^n}, for n d between 1/2 and 1 (Ruben and Gambino). */
  private static double lowest(double t, long n) {
    double log = n * Math.log(2 * t - 1);
    for (long i = 1; i < n && log > -745; i++) {
      log += Math.log1p(-(double) i / n);
    }
    return Math.exp(log);
  }

  /**
   * P(D &lt; d) to the order n^-3/2 (Pelz and Good 1976, in the form of Simard and L'Ecuyer, 2.5),
   * z = d sqrt(n).
   */
  private static double pelzGood(double z, long n) {
    double z2 = z * z;
    double z4 = z2 * z2;
    double z6 = z4 * z2;
    double k0 = 0;
    double k1 = 0;
    double k2 = 0;
    double k3 = 0;
    // Sums over all integers are twice those over k >= 0 (half-integers) and k >= 1.
    for (int k = 0; ; k++) {
      double h = Math.PI * Math.PI * (k + 0.5) * (k + 0.5);
      double e = 2 * Math.exp(-h / (2 * z2));
      k0 += e;
      k1 += (h - z2) * e / (6 * z4);
      k2 += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * h + (1 - 2 * z2) * h * h) * e / (72 * z6 * z);
      k3 +=
          (h * h * h * (5 - 30 * z2)
                  + h * h * (212 * z4 - 60 * z2)
                  + h * (135 * z4 - 96 * z6)
                  - (30 * z6 + 90 * z4 * z4))
              * e
              / (6480 * z6 * z4);
      double g = Math.PI * Math.PI * (k + 1) * (k + 1);
      double f = 2 * Math.exp(-g / (2 * z2));
      k2 -= g * f / (36 * z2 * z);
      k3 += (3 * g * z2 - g * g) * f / (108 * z6);
      if (e < 1e-20 && k >= 1) {
        break;
      }
    }
    double root = Math.sqrt((double) n);
    return Math.sqrt(Math.PI / 2) * (k0 / z + k1 / root + k2 / n + k3 / (n * root));
  }

  /**
   * The limit for large n: {@code Q(t) = 2 sum over j >= 1 of (-1)^(j-1) e^(-2 j² t²)}, t = d
   * sqrt(n); 1 at or below 0. For small t by the equal series {@code 1 - sqrt(2 pi)/t sum
   * e^(-(2j-1)² pi²/(8 t²))}.
   */
  public static double limitUpperTail(double t) {
    if (Double.isNaN(t)) {
      throw new IllegalArgumentException(
          "The Kolmogorov distribution needs a number, but got NaN.");
    }
    if (t <= 0.04) {
      // Q differs from 1 by less than 1e-300.
      return 1;
    }
    if (t < 1) {
      double q = Math.exp(-Math.PI * Math.PI / (8 * t * t));
      double q8 = Math.pow(q, 8);
      // 1 + q^8 + q^24 + q^48 + ..., exponents (2j-1)² - 1.
      double sum = q * (1 + q8 * (1 + q8 * q8 * (1 + q8 * q8 * q8)));
      return 1 - Math.sqrt(2 * Math.PI) / t * sum;
    }
    double q = Math.exp(-2 * t * t);
    double q3 = q * q * q;
    // q - q^4 + q^9 - q^16.
    return 2 * q * (1 - q3 * (1 - q3 * q * q * (1 - q3 * q3 * q)));
  }
}
