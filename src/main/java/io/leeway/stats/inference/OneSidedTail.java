package io.leeway.stats.inference;

/** P(D⁺ &ge; d), D⁺ the greatest excess of an empirical distribution function of n points. */
final class OneSidedTail {
  private OneSidedTail() {}

  /**
   * {@code d * sum over j from 0 to n(1-d) of C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j)} (Smirnov
   * 1944, Birnbaum and Tingey 1951); all terms are positive. Time grows with n.
   */
  static double exact(double d, long n) {
    double logBinomial = 0;
    double sum = 0;
    for (long j = 0; j < n; j++) {
      double up = d + (double) j / n;
      double down = 1 - up;
      if (down <= 0) {
        break;
      }
      sum += Math.exp(logBinomial + (j - 1) * Math.log(up) + (n - j) * Math.log(down));
      logBinomial += Math.log((double) (n - j) / (j + 1));
    }
    return d * sum;
  }

  /**
   * With z = d sqrt(n) the logarithm is
   *
   * <pre>{@code
   * -2z² - 2z/(3 n^1/2) + 4/9 (z² - z⁴)/n + (4z/45 - 88z³/405)/n^3/2 + O(n^-2),
   * }</pre>
   *
   * the logarithm of the expansion of Lauwerier (1963).
   */
  static double expanded(double d, long n) {
    double root = Math.sqrt((double) n);
    double z = d * root;
    double z2 = z * z;
    return Math.exp(
        -2 * z2
            - 2 * z / (3 * root)
            + 4.0 / 9 * z2 * (1 - z2) / n
            + z * (4.0 / 45 - 88.0 / 405 * z2) / (n * root));
  }
}
