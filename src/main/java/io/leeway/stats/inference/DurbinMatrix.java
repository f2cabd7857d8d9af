package io.leeway.stats.inference;

/**
 * P(D &lt; d) for n points, exactly: {@code n!/n^n} times the middle element of the n-th power of a
 * matrix H of size 2k − 1, k = floor(n d) + 1. Only that one element is wanted, so a vector is
 * multiplied n times instead of the matrix.
 *
 * @see <a href="https://doi.org/10.18637/jss.v008.i18">Marsaglia, Tsang and Wang (2003)</a>
 */
final class DurbinMatrix {
  private DurbinMatrix() {}

  static double lowerTail(double d, int n) {
    int k = (int) (n * d) + 1;
    double h = k - n * d;
    int m = 2 * k - 1;

    // H[i][j] = inverse[i - j + 1] but for its first column and its last row.
    double[] inverse = new double[m + 2];
    inverse[0] = 1;
    for (int i = 1; i < inverse.length; i++) {
      inverse[i] = inverse[i - 1] / i;
    }
    double[] edge = new double[m];
    double power = 1;
    for (int i = 0; i < m; i++) {
      power *= h;
      edge[i] = (1 - power) * inverse[i + 1];
    }
    double corner = (1 - 2 * power + Math.pow(Math.max(0, 2 * h - 1), m)) * inverse[m];

    double[] v = new double[m];
    double[] next = new double[m];
    v[k - 1] = 1;
    for (int step = 0; step < n; step++) {
      for (int i = 0; i < m - 1; i++) {
        double sum = edge[i] * v[0];
        for (int j = 1; j <= i + 1; j++) {
          sum += inverse[i - j + 1] * v[j];
        }
        next[i] = sum / Math.E;
      }
      double sum = corner * v[0];
      for (int j = 1; j < m; j++) {
        sum += edge[m - 1 - j] * v[j];
      }
      next[m - 1] = sum / Math.E;
      double[] swap = v;
      v = next;
      next = swap;
    }
    return v[k - 1] * factorialOverPower(n);
  }

  /**
   * {@code n! (e/n)^n}: the product while it is short, Stirling's series from where it is exact.
   */
  private static double factorialOverPower(int n) {
    if (n < 30) {
      double product = 1;
      for (int i = 1; i <= n; i++) {
        product *= i * Math.E / n;
      }
      return product;
    }
    double x = 1.0 / n;
    double x2 = x * x;
    return Math.sqrt(2 * Math.PI * n) * Math.exp(x * (1.0 / 12 - x2 * (1.0 / 360 - x2 / 1260)));
  }
}
