package io.leeway.stats;

import java.util.SplittableRandom;

/** Moments of rows of correlated normal variables, drawn by rows or, much faster, by themselves. */
public final class NormalRows {
  private final double[][] root;
  private final SplittableRandom random;

  /** With the covariance matrix given, which must be positive definite. */
  public NormalRows(long seed, double[][] covariance) {
    this.root = cholesky(covariance);
    this.random = new SplittableRandom(seed);
  }

  /** A matrix of ones with {@code r} beside the diagonal. */
  public static double[][] equal(int p, double r) {
    double[][] matrix = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        matrix[i][j] = i == j ? 1 : r;
      }
    }
    return matrix;
  }

  /** The correlations 0.8^|i − j|. */
  public static double[][] neighbours(int p) {
    double[][] matrix = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        matrix[i][j] = Math.pow(0.8, Math.abs(i - j));
      }
    }
    return matrix;
  }

  public double[] row() {
    int p = root.length;
    double[] z = new double[p];
    for (int i = 0; i < p; i++) {
      z[i] = random.nextGaussian();
    }
    double[] row = new double[p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        row[i] += root[i][j] * z[j];
      }
    }
    return row;
  }

  /**
   * The moments of n rows by Bartlett's decomposition: products about the mean are L A A' L', A
   * lower triangular with normal entries and a diagonal of roots of chi-squares with n − 1, n − 2 …
   * degrees.
   *
   * @param mean of all rows, exactly
   */
  public CrossMoments moments(int n, double... mean) {
    int p = root.length;
    double[][] a = new double[p][p];
    for (int i = 0; i < p; i++) {
      a[i][i] = Math.sqrt(chiSquare(n - 1 - i));
      for (int j = 0; j < i; j++) {
        a[i][j] = random.nextGaussian();
      }
    }
    double[][] b = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        for (int k = j; k <= i; k++) {
          b[i][j] += root[i][k] * a[k][j];
        }
      }
    }
    double[] sums = new double[p];
    double[] products = new double[p * (p + 1) / 2];
    for (int i = 0; i < p; i++) {
      double ofI = mean.length == 0 ? 0 : mean[i];
      sums[i] = n * ofI;
      for (int j = i; j < p; j++) {
        double product = n * ofI * (mean.length == 0 ? 0 : mean[j]);
        for (int k = 0; k <= i; k++) {
          product += b[i][k] * b[j][k];
        }
        products[CrossMoments.index(i, j, p)] = product;
      }
    }
    return CrossMoments.of(n, sums, products);
  }

  /** Moments of rows, each counted {@code times} times. */
  public static CrossMoments moments(double[][] rows, int times) {
    int p = rows[0].length;
    double[] sums = new double[p];
    double[] products = new double[p * (p + 1) / 2];
    for (double[] row : rows) {
      int at = 0;
      for (int i = 0; i < p; i++) {
        sums[i] += times * row[i];
        for (int j = i; j < p; j++) {
          products[at++] += times * row[i] * row[j];
        }
      }
    }
    return CrossMoments.of((long) times * rows.length, sums, products);
  }

  /** Twice a gamma variable, by Marsaglia and Tsang (2000). */
  private double chiSquare(int degrees) {
    double d = degrees / 2.0 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return 2 * d * v;
      }
    }
  }

  private static double[][] cholesky(double[][] matrix) {
    int p = matrix.length;
    double[][] l = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j];
        for (int k = 0; k < j; k++) {
          rest -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
      }
    }
    return l;
  }
}
