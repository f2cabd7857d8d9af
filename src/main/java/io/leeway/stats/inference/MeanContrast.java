package io.leeway.stats.inference;

/**
 * The contrast {@code w - a - b r} of the means of window and reference, against 0: a relative fall
 * by f is a = 0, b = 1 − f; an absolute one by d is a = −d, b = 1; no change is a = 0, b = 1; a
 * constant limit is a alone, b = 0.
 *
 * <p>{@code SE² = SE_w² + b² SE_r²}; Student's t with the window's degrees. Any estimates with
 * standard errors may stand in for means.
 *
 * @param estimate w − a − b r
 * @param standardError &ge; 0
 * @param degrees of Student's t
 */
public record MeanContrast(double estimate, double standardError, double degrees) {

  public static MeanContrast of(MeanInterval window, MeanInterval reference, double a, double b) {
    return new MeanContrast(
        window.mean() - a - b * reference.mean(),
        Math.hypot(window.standardError(), b * reference.standardError()),
        window.degrees());
  }

  /** Against a constant. */
  public static MeanContrast of(MeanInterval window, double limit) {
    return new MeanContrast(window.mean() - limit, window.standardError(), window.degrees());
  }

  /** P-value of "the contrast is not below 0". */
  public double pFall() {
    return standardError == 0 ? exact(-estimate) : StudentT.lowerTail(t(), degrees);
  }

  /** P-value of "the contrast is not above 0". */
  public double pRise() {
    return standardError == 0 ? exact(estimate) : StudentT.upperTail(t(), degrees);
  }

  /** The 95 % interval of the contrast. */
  public Interval interval() {
    double half = StudentT.quantile(0.975, degrees) * standardError;
    return new Interval(estimate - half, estimate + half);
  }

  private double t() {
    return estimate / standardError;
  }

  private static double exact(double beyond) {
    return beyond > 0 ? 0 : 1;
  }
}
