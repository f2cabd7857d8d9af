package io.leeway.stats.inference;

import io.leeway.stats.Outcome;

/**
 * The sums behind the ratio Σx/Σy over n rows of, say, profit to revenue.
 *
 * <p>Ratio {@code rho = Σx/Σy}: with the residuals e = x − rho y, which sum to 0,
 *
 * <pre>{@code
 * s²  = sum e² / (n - 1),  sum e² = Σx² - 2 rho Σxy + rho² Σy²
 * SE  = s / (|Σy|/n) · sqrt(phi / n)
 * }</pre>
 *
 * <p>It is the delta method for two means of the same rows; trust it where the mean of y is several
 * of its own standard errors away from 0. Undefined below two rows, where a sum overflowed, and
 * where Σy = 0.
 *
 * @param rows n, &ge; 0: rows that have x (and y)
 * @param sumX Σx
 * @param sumY Σy
 * @param sumXx Σx², &ge; 0; as the residuals sum to 0, squares and products may also all be taken
 *     about the means
 * @param sumXy Σxy
 * @param sumYy Σy², &ge; 0
 * @param overflowed rows whose values did not fit into the sums, &ge; 0
 * @see "W. G. Cochran (1977), Sampling Techniques, 3rd edition, 2.11 and 6.4"
 */
public record RatioMean(
    long rows,
    double sumX,
    double sumY,
    double sumXx,
    double sumXy,
    double sumYy,
    long overflowed) {
  public RatioMean {
    if (rows < 0 || overflowed < 0 || sumXx < 0 || sumYy < 0) {
      throw new IllegalArgumentException(
          "Rows and squares must not be negative, but are "
              + rows
              + " rows, "
              + overflowed
              + " overflowed, squares "
              + sumXx
              + " and "
              + sumYy
              + ".");
    }
  }

  /** Σx/Σy with its standard error. */
  public Outcome<MeanInterval> ratio(Overdispersion overdispersion) {
    if (overflowed > 0) {
      return Outcome.undefined(
          overflowed + " of the rows have values too large to be added up exactly.");
    }
    if (rows < 2) {
      return Outcome.undefined(
          "A ratio needs two rows for its standard error, but has " + rows + ".");
    }
    if (sumY == 0) {
      return Outcome.undefined("The denominator of the ratio is 0.");
    }
    double ratio = sumX / sumY;
    double squares = Math.max(0, sumXx - 2 * ratio * sumXy + ratio * ratio * sumYy);
    double sd = Math.sqrt(squares / (rows - 1)) / Math.abs(sumY / rows);
    return Double.isFinite(ratio) && Double.isFinite(sd)
        ? MeanInterval.of(ratio, sd, rows, overdispersion)
        : Outcome.undefined("The sums are too large for a number.");
  }

  /**
   * The contrast w − b r of this ratio and the reference's; no change is b = 1, a relative fall by
   * f is b = 1 − f.
   */
  public Outcome<MeanContrast> contrast(
      RatioMean reference, double b, Overdispersion overdispersion) {
    return ratio(overdispersion)
        .flatMap(
            window ->
                reference
                    .ratio(overdispersion)
                    .fold(
                        against -> Outcome.of(MeanContrast.of(window, against, 0, b)),
                        why -> Outcome.undefined("In the reference: " + why)));
  }
}
