package io.leeway.stats.drift;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How far sample correlations stray from the true ones, together: C, the asymptotic covariance
 * matrix of √n (r − ρ) over all pairs of normal variables, by two traces and its largest
 * eigenvalue. With pairs (i, j) and (k, l)
 *
 * <pre>{@code
 * C_ij,kl = 1/2 r_ij r_kl (r_ik² + r_il² + r_jk² + r_jl²) + r_ik r_jl + r_il r_jk
 *         - (r_ij r_ik r_il + r_ij r_jk r_jl + r_ik r_jk r_kl + r_il r_jl r_kl)
 * }</pre>
 *
 * <p>so that C_ij,ij = (1 − r_ij²)². The sum of squared changes of all correlations is a sum of
 * chi-squares with a degree each, the eigenvalues of C their weights. In its middle it is about one
 * chi-square with {@code tr(C)²/tr(C²)} degrees, scaled to its mean (Satterthwaite), between 1 and
 * the number of pairs; far out the largest eigenvalue counts alone. C takes P²/2 entries, P pairs:
 * 140 000 with 33 variables, some milliseconds.
 *
 * @param trace tr(C), &ge; 0
 * @param squared tr(C²), &ge; 0
 * @param largest eigenvalue of C, found by some steps of power iteration and so no more than it
 * @see <a href="https://doi.org/10.1098/rsta.1898.0007">Pearson and Filon (1898), p. 259</a>
 * @see "I. Olkin and M. Siotani (1976), Asymptotic distribution of functions of a correlation
 *     matrix, Essays in Probability and Statistics, 235-251"
 */
record CorrelationNoise(double trace, double squared, double largest) {
  private static final int MOST_STEPS = 50;
  private static final double SETTLED = 1e-4;

  /** Of a correlation matrix, ones on its diagonal. */
  static CorrelationNoise of(double[][] r) {
    double[][] c = covariances(r);
    double trace = 0;
    double squared = 0;
    for (int a = 0; a < c.length; a++) {
      trace += c[a][a];
      for (double entry : c[a]) {
        squared += entry * entry;
      }
    }
    return new CorrelationNoise(trace, squared, largest(c, trace));
  }

  /** C, its pairs ordered by the first variable, then the second. */
  private static double[][] covariances(double[][] r) {
    int p = r.length;
    int pairs = p * (p - 1) / 2;
    double[][] c = new double[pairs][pairs];
    int a = 0;
    for (int i = 0; i < p; i++) {
      for (int j = i + 1; j < p; j++, a++) {
        c[a][a] = variance(r[i][j]);
        int b = a + 1;
        // Each pair with all later ones, (i, j + 1) first.
        for (int k = i; k < p; k++) {
          for (int l = k == i ? j + 1 : k + 1; l < p; l++, b++) {
            c[a][b] = covariance(r[i], r[j], r[k][l], i, j, k, l);
            c[b][a] = c[a][b];
          }
        }
      }
    }
    return c;
  }

  /** By power iteration, which gives no more than it; 0 where there is no noise. */
  private static double largest(double[][] c, double trace) {
    double[] v = new double[c.length];
    for (int a = 0; a < v.length; a++) {
      v[a] = 1 + c[a][a] + a * 1e-3 / v.length;
    }
    double found = 0;
    for (int step = 0; trace > 0 && step < MOST_STEPS; step++) {
      double[] next = new double[v.length];
      double along = 0;
      double length = 0;
      for (int a = 0; a < v.length; a++) {
        for (int b = 0; b < v.length; b++) {
          next[a] += c[a][b] * v[b];
        }
        along += next[a] * v[a];
        length += v[a] * v[a];
      }
      double before = found;
      found = along / length;
      if (Math.abs(found - before) <= SETTLED * found) {
        break;
      }
      double size = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
      v = Arrays.stream(next).map(x -> x / size).toArray();
    }
    return Math.min(found, trace);
  }

  /** tr(C) of the correlations of all pairs. */
  static double trace(DoubleStream correlations) {
    return correlations.map(CorrelationNoise::variance).sum();
  }

  /** tr(C)²/tr(C²). */
  double degrees() {
    return trace * trace / squared;
  }

  private static double variance(double r) {
    return (1 - r * r) * (1 - r * r);
  }

  /** C_ij,kl, from the rows i and j of the matrix and r_kl. */
  static double covariance(double[] ofI, double[] ofJ, double kl, int i, int j, int k, int l) {
    double ij = ofI[j];
    double ik = ofI[k];
    double il = ofI[l];
    double jk = ofJ[k];
    double jl = ofJ[l];
    return 0.5 * ij * kl * (ik * ik + il * il + jk * jk + jl * jl)
        + ik * jl
        + il * jk
        - ij * (ik * il + jk * jl)
        - kl * (ik * jk + il * jl);
  }
}
