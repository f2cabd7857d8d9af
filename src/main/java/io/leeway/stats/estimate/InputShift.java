package io.leeway.stats.estimate;

import io.leeway.stats.CrossMoments;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * How far the inputs of a window lie from those of the reference, in directions along which the
 * reference varies by one unit each. With d the shift of means and S, T the covariance matrices of
 * reference and window, these directions are the columns of W, W'SW = 1:
 *
 * <pre>{@code
 * distance = d'S⁻¹d = |W'd|²         (Mahalanobis, squared)
 * a_1 … a_q, the eigenvalues of W'TW (variances of the window; 1 where nothing has changed)
 * }</pre>
 *
 * <p>For normal inputs the chi-square divergence of window from reference is then, u_l the shift
 * along the l-th eigenvector,
 *
 * <pre>{@code 1 + divergence = product of exp(u_l² / (2 - a_l)) / sqrt(a_l (2 - a_l))}</pre>
 *
 * <p>infinite where an a_l is 2 or more, or 0; with a_l = 1 it is exp(distance) − 1.
 *
 * <p>S⁻¹ is the pseudo-inverse: eigenvalues of the correlation matrix below 1e-8 are collinear
 * directions, along which the reference does not vary. A window that leaves them is {@code
 * outside}.
 */
final class InputShift {
  private static final double COLLINEAR = 1e-8;

  private final double[][] basis;
  private final double distance;
  private final double[] variances;
  private final boolean outside;

  private InputShift(double[][] basis, double distance, double[] variances, boolean outside) {
    this.basis = basis;
    this.distance = distance;
    this.variances = variances;
    this.outside = outside;
  }

  /** Of the first {@code inputs} variables; both sides have rows. */
  static InputShift of(CrossMoments reference, CrossMoments window, int inputs) {
    double[] scale = new double[inputs];
    boolean outside = false;
    for (int i = 0; i < inputs; i++) {
      boolean constant = reference.isConstant(i);
      scale[i] = constant ? 0 : 1 / Math.sqrt(reference.covariance(i, i));
      double moved = Math.abs(window.mean(i) - reference.mean(i));
      outside |= constant && (!window.isConstant(i) || moved > 1e-9);
    }
    double[][] scaled = new double[inputs][inputs];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < inputs; j++) {
        scaled[i][j] = scale[i] * scale[j] * reference.covariance(i, j);
      }
    }
    double[] shift = new double[inputs];
    Arrays.setAll(shift, i -> window.mean(i) - reference.mean(i));
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(scaled));
    double[][] basis = new double[inputs][];
    int rank = 0;
    for (int l = 0; l < inputs; l++) {
      double value = eigen.getRealEigenvalue(l);
      double[] direction = eigen.getEigenvector(l).toArray();
      for (int i = 0; i < inputs; i++) {
        direction[i] *= scale[i];
      }
      if (value > COLLINEAR) {
        for (int i = 0; i < inputs; i++) {
          direction[i] /= Math.sqrt(value);
        }
        basis[rank++] = direction;
      } else {
        double moved = dot(direction, shift);
        outside |= moved * moved + form(direction, window, direction) > 10 * COLLINEAR;
      }
    }
    basis = Arrays.copyOf(basis, rank);
    double distance = 0;
    double[][] changed = new double[rank][rank];
    for (int l = 0; l < rank; l++) {
      double u = dot(basis[l], shift);
      distance += u * u;
      for (int k = 0; k <= l; k++) {
        changed[l][k] = form(basis[l], window, basis[k]);
        changed[k][l] = changed[l][k];
      }
    }
    double[] variances =
        rank == 0
            ? new double[0]
            : new EigenDecomposition(new Array2DRowRealMatrix(changed)).getRealEigenvalues();
    return new InputShift(basis, distance, variances, outside);
  }

  /** q, the number of directions. */
  int rank() {
    return basis.length;
  }

  double distance() {
    return distance;
  }

  /** Least-squares slopes S⁻¹c for the covariances c of an output with the inputs. */
  double[] slopes(double[] covariances) {
    double[] slopes = new double[covariances.length];
    for (double[] direction : basis) {
      double along = dot(direction, covariances);
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] += along * direction[i];
      }
    }
    return slopes;
  }

  /**
   * At most the chi-square divergence if the squared distance is {@code distance}: the whole shift
   * is put along the widest direction. Infinite where it is not bounded.
   */
  double divergence(double distance) {
    if (outside) {
      return Double.POSITIVE_INFINITY;
    }
    double log = 0;
    double widest = 0;
    for (double a : variances) {
      if (!(a > 0 && a < 2)) {
        return Double.POSITIVE_INFINITY;
      }
      log -= 0.5 * Math.log(a * (2 - a));
      widest = Math.max(widest, a);
    }
    return Math.expm1(log + distance / (2 - widest));
  }

  private static double form(double[] left, CrossMoments of, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        sum += left[i] * right[j] * of.covariance(i, j);
      }
    }
    return sum;
  }

  static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
