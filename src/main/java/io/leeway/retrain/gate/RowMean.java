package io.leeway.retrain.gate;

import io.leeway.config.GateMetric;
import io.leeway.config.Task;

/**
 * What a row adds to a metric that is a mean over rows; the definitions are those of the catalogue.
 *
 * <pre>{@code
 * log_loss     -ln of the true class's score, scores cut to [2^-52, 1 - 2^-52]; of several classes
 *              then divided by their sum
 * brier        (p - y)²; of several classes the sum over them
 * accuracy     1 where the decision is the label
 * recall       the same, over rows of class 1;  specificity: over rows of class 0
 * mae, mse     |e|, e²,  e = prediction - label
 * }</pre>
 */
final class RowMean {
  private static final double LEAST = Math.ulp(1.0);

  private RowMean() {}

  /** Whether a row is in the metric's denominator. */
  static boolean counts(GateMetric metric, HoldoutRows holdout, int row) {
    return switch (metric) {
      case RECALL -> holdout.labelClass(row) == 1;
      case SPECIFICITY -> holdout.labelClass(row) == 0;
      default -> true;
    };
  }

  static double value(GateMetric metric, HoldoutRows holdout, Scores of, int row) {
    return switch (metric) {
      case LOG_LOSS -> logLoss(holdout, of, row);
      case BRIER -> brier(holdout, of, row);
      case ACCURACY, RECALL, SPECIFICITY -> of.decision(row) == holdout.labelClass(row) ? 1 : 0;
      case MAE -> Math.abs(of.score(row) - holdout.label(row));
      case MSE -> square(of.score(row) - holdout.label(row));
      default ->
          throw new IllegalArgumentException(metric.text() + " is no mean over single rows.");
    };
  }

  private static double logLoss(HoldoutRows holdout, Scores of, int row) {
    if (holdout.task() == Task.BINARY) {
      double p = cut(of.score(row));
      return -Math.log(holdout.labelClass(row) == 1 ? p : 1 - p);
    }
    double sum = 0;
    for (int c = 0; c < of.width(); c++) {
      sum += cut(of.score(row, c));
    }
    return -Math.log(cut(of.score(row, holdout.labelClass(row))) / sum);
  }

  private static double brier(HoldoutRows holdout, Scores of, int row) {
    if (holdout.task() == Task.BINARY) {
      return square(of.score(row) - holdout.label(row));
    }
    double sum = 0;
    for (int c = 0; c < of.width(); c++) {
      sum += square(of.score(row, c) - (holdout.labelClass(row) == c ? 1 : 0));
    }
    return sum;
  }

  private static double cut(double p) {
    return Math.min(Math.max(p, LEAST), 1 - LEAST);
  }

  private static double square(double value) {
    return value * value;
  }
}
