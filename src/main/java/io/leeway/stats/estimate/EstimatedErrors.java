package io.leeway.stats.estimate;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Errors of a regression in a window before its labels, from the errors that such predictions had
 * in the reference.
 *
 * <p>With u_b the window's share of rows in bin b of the prediction, m_b the reference's labelled
 * rows there and x one of |e|, e, e², the estimate is {@code sum of u μ}, of x̄ over all reference
 * rows
 *
 * <pre>{@code μ_b = (Σx + x̄/2) / (m_b + 1/2)}</pre>
 *
 * <p>as {@link Cbpe} has it: half a row of the whole reference joins each bin, so that a bin
 * without rows takes the overall mean. RMSE is the root of what is estimated of e². With v_b the
 * variance of x in the bin, n rows of the window,
 *
 * <pre>{@code SE² = phi sum of v (u²/(m + 1/2) + u/n),   SE(rmse) = SE(mse)/(2 rmse)}</pre>
 *
 * <p>the first part for the reference, the second for the errors of the window's own rows: the
 * interval is one for the value that labels will show. Of |e| and e, v is μ(e²) − μ(x)²; of e² it
 * is (κ − 1) μ(e²)², since fourth powers are known of all rows together only: errors are taken to
 * have the same shape, not the same size, in all bins,
 *
 * <pre>{@code κ = Σe⁴ / sum of m_b (Σ_b e²/m_b)²}</pre>
 *
 * @param mae mean |e|
 * @param rmse root of the mean e²
 * @param bias mean e, prediction less label
 * @param extrapolatedShare share of rows in bins with fewer than 20 reference rows, in [0, 1]
 */
public record EstimatedErrors(
    MeanInterval mae, MeanInterval rmse, MeanInterval bias, double extrapolatedShare) {
  private static final double PRIOR_ROWS = 0.5;

  /**
   * Undefined where the window has no rows or the reference no labels, and where errors are too
   * large.
   *
   * @param bins in any order
   * @param fourthPowers Σe⁴ over all labelled rows of the reference, &ge; 0
   */
  public static Outcome<EstimatedErrors> of(
      List<ErrorBin> bins, double fourthPowers, Overdispersion overdispersion) {
    if (!(fourthPowers >= 0)) {
      throw new IllegalArgumentException(
          "Fourth powers add up to at least 0, but to " + fourthPowers + ".");
    }
    double n = bins.stream().mapToDouble(ErrorBin::windowRows).sum();
    double m = bins.stream().mapToDouble(ErrorBin::referenceRows).sum();
    if (n == 0 || m == 0) {
      return Outcome.undefined(
          n == 0 ? "The window has no rows." : "The reference has no labelled rows.");
    }
    double shape = shape(bins, fourthPowers);
    if (!Double.isFinite(shape)) {
      return Outcome.undefined("Errors of the reference are too large for their fourth powers.");
    }
    double[] squares = means(bins, ErrorBin::squares, m);
    double[] sizes = means(bins, ErrorBin::absolute, m);
    double[] errors = means(bins, ErrorBin::sum, m);
    double[] ofSquares = new double[squares.length];
    double[] ofSizes = new double[squares.length];
    double[] ofErrors = new double[squares.length];
    for (int b = 0; b < squares.length; b++) {
      ofSquares[b] = (shape - 1) * squares[b] * squares[b];
      ofSizes[b] = Math.max(0, squares[b] - sizes[b] * sizes[b]);
      ofErrors[b] = Math.max(0, squares[b] - errors[b] * errors[b]);
    }
    MeanInterval mse = weighted(bins, n, squares, ofSquares, overdispersion);
    double root = Math.sqrt(mse.mean());
    double thin =
        bins.stream()
            .filter(bin -> bin.referenceRows() < Cbpe.THIN_CELL)
            .mapToDouble(ErrorBin::windowRows)
            .sum();
    return Outcome.of(
        new EstimatedErrors(
            weighted(bins, n, sizes, ofSizes, overdispersion),
            new MeanInterval(root, root == 0 ? 0 : mse.standardError() / (2 * root), mse.degrees()),
            weighted(bins, n, errors, ofErrors, overdispersion),
            thin / n));
  }

  /** κ, at least 1; 1 where all errors are 0. */
  private static double shape(List<ErrorBin> bins, double fourthPowers) {
    double ofBins = 0;
    for (ErrorBin bin : bins) {
      if (bin.referenceRows() > 0) {
        ofBins += bin.squares() * bin.squares() / bin.referenceRows();
      }
    }
    return ofBins == 0 ? 1 : Math.max(1, fourthPowers / ofBins);
  }

  /** μ of each bin. */
  private static double[] means(List<ErrorBin> bins, ToDoubleFunction<ErrorBin> sum, double m) {
    double all = bins.stream().mapToDouble(sum).sum() / m;
    return bins.stream()
        .mapToDouble(
            bin -> (sum.applyAsDouble(bin) + PRIOR_ROWS * all) / (bin.referenceRows() + PRIOR_ROWS))
        .toArray();
  }

  private static MeanInterval weighted(
      List<ErrorBin> bins,
      double n,
      double[] means,
      double[] variances,
      Overdispersion overdispersion) {
    double mean = 0;
    double square = 0;
    for (int b = 0; b < means.length; b++) {
      double u = bins.get(b).windowRows() / n;
      mean += u * means[b];
      square += variances[b] * (u * u / (bins.get(b).referenceRows() + PRIOR_ROWS) + u / n);
    }
    return new MeanInterval(
        mean, Math.sqrt(overdispersion.phi() * square), overdispersion.degrees());
  }
}
