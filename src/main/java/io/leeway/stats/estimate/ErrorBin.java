package io.leeway.stats.estimate;

/**
 * Rows whose predicted numbers lie in one bin: those of the reference with their errors e, those of
 * the window without.
 *
 * @param referenceRows labelled rows of the reference, &ge; 0
 * @param sum Σe over them
 * @param absolute Σ|e|, &ge; 0
 * @param squares Σe², &ge; 0
 * @param windowRows all rows of the window, &ge; 0
 */
public record ErrorBin(
    long referenceRows, double sum, double absolute, double squares, long windowRows) {
  public ErrorBin {
    if (referenceRows < 0 || windowRows < 0) {
      throw new IllegalArgumentException(
          "A bin has "
              + referenceRows
              + " reference rows and "
              + windowRows
              + " window rows; neither is negative.");
    }
    if (!Double.isFinite(sum)
        || !(absolute >= 0)
        || !(squares >= 0)
        || Double.isInfinite(squares)
        || Double.isInfinite(absolute)) {
      throw new IllegalArgumentException(
          "The errors of a bin have finite sums, of sizes and squares at least 0, but are "
              + sum
              + ", "
              + absolute
              + " and "
              + squares
              + ".");
    }
  }
}
