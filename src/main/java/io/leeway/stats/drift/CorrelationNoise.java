package io.leeway.stats.drift;

import java.util.stream.DoubleStream;

/**
 * How far sample correlations stray from the true ones, together: C, the asymptotic covariance
 * matrix of √n (r − ρ) over all pairs of normal variables, by its two traces. With pairs (i, j) and
 * (k, l)
 *
 * <pre>{@code
 * C_ij,kl = 1/2 r_ij r_kl (r_ik² + r_il² + r_jk² + r_jl²) + r_ik r_jl + r_il r_jk
 *         - (r_ij r_ik r_il + r_ij r_jk r_jl + r_ik r_jk r_kl + r_il r_jl r_kl)
 * }</pre>
 *
 * <p>so that C_ij,ij = (1 − r_ij²)². The sum of squared changes of all correlations is about a
 * chi-square with {@code tr(C)²/tr(C²)} degrees, scaled to its mean (Satterthwaite); the degrees
 * are between 1 and the number of pairs. tr(C²) takes P²/2 entries, P pairs: 140 000 with 33
 * variables, a few milliseconds.
 *
 * @param trace tr(C), &ge; 0
 * @param squared tr(C²), &ge; 0
 * @see <a href="https://doi.org/10.1098/rsta.1898.0007">Pearson and Filon (1898), p. 259</a>
 * @see "I. Olkin and M. Siotani (1976), Asymptotic distribution of functions of a correlation
 *     matrix, Essays in Probability and Statistics, 235-251"
 */
record CorrelationNoise(double trace, double squared) {
  /** Of a correlation matrix, ones on its diagonal. */
  static CorrelationNoise of(double[][] r) {
    double trace = 0;
    double squared = 0;
    int p = r.length;
    for (int i = 0; i < p; i++) {
      for (int j = i + 1; j < p; j++) {
        double own = variance(r[i][j]);
        trace += own;
        squared += own * own;
        // Each pair with all later ones, (i, j + 1) first; C is symmetric, so they count twice.
        for (int k = i; k < p; k++) {
          for (int l = k == i ? j + 1 : k + 1; l < p; l++) {
            double entry = covariance(r[i], r[j], r[k][l], i, j, k, l);
            squared += 2 * entry * entry;
          }
        }
      }
    }
    return new CorrelationNoise(trace, squared);
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
