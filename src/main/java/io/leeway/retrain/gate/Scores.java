package io.leeway.retrain.gate;

import java.util.Optional;

/**
 * What one model says of the rows of a holdout: scores and, of classes, decisions. Scores are taken
 * as they come, NaN included: that they are good for something is what the gate finds out.
 */
public final class Scores {
  static final String CONSTANT = "are the same on every row";

  private final int width;
  private final double[] values;
  private final int[] decisions;

  private Scores(int width, double[] values, int[] decisions) {
    this.width = width;
    this.values = values.clone();
    this.decisions = decisions.clone();
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          values.length + " scores do not fill rows of " + width + ".");
    }
  }

  /**
   * Of a binary model.
   *
   * @param probabilities of class 1, row by row
   * @param decisions 0 or 1, as the model makes them; never derived from probabilities here
   */
  public static Scores binary(double[] probabilities, int[] decisions) {
    return new Scores(1, probabilities, decisions);
  }

  /**
   * Of a model of several classes.
   *
   * @param probabilities of all classes of the first row, then of the second, and so on
   * @param decisions the class decided for, from 0 on
   */
  public static Scores multiclass(int classes, double[] probabilities, int[] decisions) {
    return new Scores(classes, probabilities, decisions);
  }

  /** Of a regression. */
  public static Scores regression(double[] predictions) {
    return new Scores(1, predictions, new int[0]);
  }

  int rows() {
    return values.length / width;
  }

  /** Scores a row. */
  int width() {
    return width;
  }

  int decisions() {
    return decisions.length;
  }

  int decision(int row) {
    return decisions[row];
  }

  /** Of a row with one score. */
  double score(int row) {
    return values[row];
  }

  double score(int row, int ofClass) {
    return values[row * width + ofClass];
  }

  /** The highest of a row's scores, which of a single one is that. */
  double highest(int row) {
    double highest = score(row, 0);
    for (int c = 1; c < width; c++) {
      highest = Math.max(highest, score(row, c));
    }
    return highest;
  }

  /** The class of the highest score, the first of equal ones. */
  int likeliest(int row) {
    int likeliest = 0;
    for (int c = 1; c < width; c++) {
      if (score(row, c) > score(row, likeliest)) {
        likeliest = c;
      }
    }
    return likeliest;
  }

  /** Why metrics of these scores would mislead, in words that go on from "the scores". */
  Optional<String> objection(boolean probabilities) {
    if (values.length == 0) {
      return Optional.of("are of no row");
    }
    int bad = 0;
    int outside = 0;
    boolean constant = true;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      bad += Double.isFinite(value) ? 0 : 1;
      outside += probabilities && (value < 0 || value > 1) ? 1 : 0;
      constant &= value == values[i % width];
    }
    if (bad > 0) {
      return Optional.of("hold " + bad + " that are missing, NaN or infinite");
    }
    if (outside > 0) {
      return Optional.of("hold " + outside + " that are no probabilities, outside 0 to 1");
    }
    return constant ? Optional.of(CONSTANT) : Optional.empty();
  }
}
