package io.leeway.stats.estimate;

/** Confusion counts of a window without labels as they are to be expected; fractions of rows. */
public record ExpectedConfusion(double tp, double fp, double fn, double tn) {
  double n() {
    return tp + fp + fn + tn;
  }

  double predictedPositive() {
    return tp + fp;
  }

  double positive() {
    return tp + fn;
  }
}
