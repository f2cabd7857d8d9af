package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Errors of a regression from sums over labelled rows, e being prediction − label y.
 *
 * <p>Means have the standard error {@code s / sqrt(n)}, s² with divisor n − 1 from the sum of
 * squares; below two rows there is none. Everything is undefined without rows.
 *
 * @param errors sums of e
 * @param labels sums of y
 * @param relative sums of e/y
 */
public record RegressionErrors(Errors errors, Labels labels, Relative relative) {

  /**
   * Sums of e.
   *
   * @param rows n, &ge; 0
   * @param sum Σe
   * @param absolute Σ|e|, &ge; 0
   * @param squares Σe², &ge; 0
   * @param fourthPowers Σe⁴, &ge; 0; empty where it was not kept
   */
  public record Errors(
      long rows, double sum, double absolute, double squares, OptionalDouble fourthPowers) {
    public Errors {
      Objects.requireNonNull(fourthPowers, "fourthPowers");
      if (rows < 0 || !(absolute >= 0) || !(squares >= 0) || !(fourthPowers.orElse(0) >= 0)) {
        throw new IllegalArgumentException(
            "Rows, absolute errors and even powers must not be negative, but are "
                + rows
                + ", "
                + absolute
                + ", "
                + squares
                + ", "
                + fourthPowers
                + ".");
      }
    }
  }

  /**
   * Sums of y over the same rows.
   *
   * @param absolute Σ|y|, &ge; 0
   * @param shifted Σ(y − shift), the shift being anything near the mean
   * @param shiftedSquares Σ(y − shift)², &ge; 0
   */
  public record Labels(double absolute, double shifted, double shiftedSquares) {
    public Labels {
      if (!(absolute >= 0) || !(shiftedSquares >= 0)) {
        throw new IllegalArgumentException(
            "Absolute labels and squares must not be negative, but are "
                + absolute
                + " and "
                + shiftedSquares
                + ".");
      }
    }
  }

  /**
   * Sums of e/y.
   *
   * @param rows those with y other than 0, &ge; 0
   * @param absolute Σ|e/y| over them, &ge; 0
   */
  public record Relative(long rows, double absolute) {
    public Relative {
      if (rows < 0 || !(absolute >= 0)) {
        throw new IllegalArgumentException(
            "Rows and absolute errors must not be negative, but are " + rows + ", " + absolute);
      }
    }
  }

  /** Mean |e|. */
  public Outcome<Measure> mae() {
    return mean(errors.absolute, OptionalDouble.of(errors.squares));
  }

  /** Mean e: positive where predictions are too high. */
  public Outcome<Measure> bias() {
    return mean(errors.sum, OptionalDouble.of(errors.squares));
  }

  /** Mean e²; its standard error needs fourth powers. */
  public Outcome<Measure> mse() {
    return mean(errors.squares, errors.fourthPowers);
  }

  /** The root of mse; {@code SE = SE(mse) / (2 rmse)}, 0 where all errors are 0. */
  public Outcome<Measure> rmse() {
    return mse()
        .map(
            mse -> {
              double root = Math.sqrt(mse.value());
              return new Measure(
                  root,
                  false,
                  mse.estimate()
                      .map(
                          of ->
                              Estimate.exact(root, root == 0 ? 0 : of.standardError() / 2 / root)));
            });
  }

  /**
   * {@code 1 - SSE/SST}, at most 1: SSE = Σe², SST the squares of y about its mean. Undefined below
   * two rows. Where all labels are the same there is nothing to explain, and it is 1 by convention
   * if all errors are 0, else 0.
   */
  public Outcome<Measure> r2() {
    if (errors.rows < 2) {
      return Outcome.undefined("R² needs two rows, but has " + errors.rows + ".");
    }
    double square = labels.shifted * labels.shifted / errors.rows;
    double total = labels.shiftedSquares - square;
    // Labels that are all the same leave nothing but the rounding of both terms.
    return Outcome.of(
        total <= 4 * Math.ulp(labels.shiftedSquares)
            ? Measure.byConvention(errors.squares == 0 ? 1 : 0, "All labels are the same.")
            : Measure.withoutError(
                1 - errors.squares / total, "The standard error of R² is not known."));
  }

  /** Mean |e/y| over rows with y other than 0; undefined without them. */
  public Outcome<Measure> mape() {
    return relative.rows == 0
        ? Outcome.undefined("No row has a label other than 0.")
        : Outcome.of(
            Measure.withoutError(
                relative.absolute / relative.rows, "The squares of relative errors are not kept."));
  }

  /** {@code Σ|e| / Σ|y|}; undefined where all labels are 0. */
  public Outcome<Measure> wape() {
    if (errors.rows == 0) {
      return noRows();
    }
    return labels.absolute == 0
        ? Outcome.undefined("All labels are 0.")
        : Outcome.of(
            Measure.withoutError(
                errors.absolute / labels.absolute,
                "The products of absolute errors and labels are not kept."));
  }

  private Outcome<Measure> mean(double sum, OptionalDouble squares) {
    if (errors.rows == 0) {
      return noRows();
    }
    double n = errors.rows;
    double mean = sum / n;
    if (errors.rows < 2 || squares.isEmpty()) {
      return Outcome.of(
          Measure.withoutError(
              mean,
              errors.rows < 2
                  ? "A standard error needs two rows."
                  : "The fourth powers of errors are not kept."));
    }
    double variance = Math.max(0, squares.getAsDouble() - sum * mean) / (n - 1);
    return Outcome.of(Measure.of(Estimate.exact(mean, Math.sqrt(variance / n))));
  }

  private static Outcome<Measure> noRows() {
    return Outcome.undefined("No row has a label.");
  }
}
