package io.leeway.stats.estimate;

import io.leeway.stats.CrossMoments;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.NoncentralChiSquare;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.Locale;

/**
 * The change of the mean score, split into what all inputs together explain in a straight line and
 * the rest; and whether that rest can still be the inputs' doing.
 *
 * <p>The score is regressed on the inputs z (normal scores of bins) in the reference, slopes β by
 * pseudo-inverse ({@link InputShift}), residual variance σ²; d = z̄_w − z̄_r, n rows in the window,
 * m in the reference, T the window's covariances, σ_w² the window's variance of s − β'z:
 *
 * <pre>{@code
 * explained   = β'd             SE² = phi (β'Tβ/n + β'Sβ/m + σ² d'S⁻¹d/m)
 * unexplained = total - β'd     SE² = phi (σ_w²/n + σ² (1 + d'S⁻¹d)/m)
 * }</pre>
 *
 * <p><b>Serving fault.</b> Of a deterministic model of one version the score given all inputs
 * cannot change. Its residuals, of mean 0 in the reference, get another mean under moved inputs
 * only because the model is not a straight line; by Cauchy and Schwarz {@code |unexplained| <= σ
 * √χ²}, χ² the chi-square divergence of the window's inputs from the reference's. It is a fault if
 * {@code |unexplained| - z* SE} is more than that, with χ² of normal inputs at the upper end of the
 * 95 % interval of d'S⁻¹d and the window's variances as measured, whose noise enlarges it. So a
 * fault is claimed too seldom rather than too often, the more inputs and the fewer rows there are.
 *
 * <p>It rests on inputs that are about jointly normal after the lookup, and on all inputs being
 * among z: an input that is not monitored, or a change of dependence that covariances do not show,
 * may move scores without a fault.
 *
 * @param total change of the mean score
 * @param explained by the inputs
 * @param explainedError its standard error
 * @param unexplainedError standard error of the rest
 * @param residualSd σ, &ge; 0
 * @param distance d'S⁻¹d, &ge; 0, as measured
 * @param distanceUpper upper end of its interval
 * @param divergence χ² at that end; infinite where the inputs bound nothing
 * @param inputs directions in which the reference varies
 */
public record ScoreChange(
    double total,
    double explained,
    double explainedError,
    double unexplainedError,
    double residualSd,
    double distance,
    double distanceUpper,
    double divergence,
    int inputs) {
  private static final double HALF_ALPHA = 0.025;

  /** A residual variance below this share of the score's is rounding of the sums. */
  private static final double ROUNDING = 1e-12;

  /**
   * Undefined where a side has too few rows for the regression (two more than inputs), and where no
   * input, or not the score, varies in the reference.
   *
   * @param reference the inputs and, as the last variable, the score
   * @param window the same variables
   */
  public static Outcome<ScoreChange> of(
      CrossMoments reference, CrossMoments window, Overdispersion overdispersion) {
    reference.requireSameVariables(window);
    int p = reference.variables() - 1;
    double n = window.rows();
    double m = reference.rows();
    if (p < 1 || Math.min(n, m) < p + 2) {
      return Outcome.undefined(
          "A regression on "
              + p
              + " inputs needs one input and "
              + (p + 2)
              + " rows on each side, but there are "
              + window.rows()
              + " and "
              + reference.rows()
              + ".");
    }
    InputShift shift = InputShift.of(reference, window, p);
    int q = shift.rank();
    if (q == 0 || reference.isConstant(p)) {
      return Outcome.undefined(
          q == 0
              ? "No input varies in the reference."
              : "The score does not vary in the reference.");
    }
    double[] slopes = slopes(shift, reference, p);
    double[] means = new double[p];
    Arrays.setAll(means, i -> window.mean(i) - reference.mean(i));
    double squared = shift.distance();
    double k = overdispersion.phi() * (1 / n + 1 / m);
    double upper = k * NoncentralChiSquare.noncentrality(squared / k, q, 1 - HALF_ALPHA);

    double straightReference = straight(slopes, reference);
    double variance = reference.covariance(p, p);
    double residual = Math.max(variance - straightReference, ROUNDING * variance);
    double sigma2 = residual * m / (m - q - 1);
    double straightWindow = straight(slopes, window);
    double ofWindow = window.covariance(p, p) + straightWindow - 2 * along(slopes, window, p);
    double phi = overdispersion.phi();
    return Outcome.of(
        new ScoreChange(
            window.mean(p) - reference.mean(p),
            InputShift.dot(slopes, means),
            Math.sqrt(phi * (straightWindow / n + (straightReference + sigma2 * squared) / m)),
            Math.sqrt(phi * (Math.max(0, ofWindow) / n + sigma2 * (1 + squared) / m)),
            Math.sqrt(sigma2),
            squared,
            upper,
            shift.divergence(upper),
            q));
  }

  /** The part of the change that a straight line in the inputs does not explain. */
  public double unexplained() {
    return total - explained;
  }

  /** The largest unexplained part that moved inputs may cause, σ√χ²; may be infinite. */
  public double bound() {
    return Double.isInfinite(divergence) ? divergence : residualSd * Math.sqrt(divergence);
  }

  /** Whether a deterministic model of one version cannot have scored these inputs so. */
  public boolean servingFault() {
    return Math.abs(unexplained()) - Normal.Z95 * unexplainedError > bound();
  }

  /** The change in words, scores with four digits behind the point. */
  public String sentence() {
    String parts =
        String.format(
            Locale.ROOT,
            "The mean score has changed by %+.4f: %+.4f with the inputs, %+.4f ± %.4f besides",
            total,
            explained,
            unexplained(),
            Normal.Z95 * unexplainedError);
    if (Double.isInfinite(divergence)) {
      return parts + "; the inputs have moved too far to say whether they are the cause.";
    }
    return String.format(
        Locale.ROOT,
        servingFault()
            ? "%s. Moved inputs explain at most %.4f of that: the same inputs are scored differently."
            : "%s, of which moved inputs may explain up to %.4f.",
        parts,
        bound());
  }

  private static double[] slopes(InputShift shift, CrossMoments reference, int p) {
    double[] covariances = new double[p];
    Arrays.setAll(covariances, i -> reference.covariance(i, p));
    return shift.slopes(covariances);
  }

  /** β'c, c the covariances of the inputs with the variable {@code other}. */
  private static double along(double[] slopes, CrossMoments of, int other) {
    double sum = 0;
    for (int i = 0; i < slopes.length; i++) {
      sum += slopes[i] * of.covariance(i, other);
    }
    return sum;
  }

  /** β'Sβ. */
  private static double straight(double[] slopes, CrossMoments of) {
    double sum = 0;
    for (int j = 0; j < slopes.length; j++) {
      sum += slopes[j] * along(slopes, of, j);
    }
    return Math.max(0, sum);
  }
}
