package io.leeway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A setting of a learning algorithm that may be searched over. */
public enum TrainingParameter {
  /** Iterations of an optimiser; of boosting the number of trees. */
  MAX_ITER(1, 10_000, true),
  /** Questions on the longest way down a tree. */
  MAX_DEPTH(1, 30, true),
  /** Most bins of a column that a tree looks for a cut between. */
  MAX_BINS(2, 100_000, true),
  /** Rows that each side of a cut must keep. */
  MIN_INSTANCES(1, 1_000_000_000, true),
  /** Trees of a forest. */
  NUM_TREES(1, 10_000, true),
  /** Share of the rows that each tree sees. */
  SUBSAMPLING_RATE(0.001, 1, false),
  /** How far each boosted tree moves the score. */
  STEP_SIZE(0.0001, 1, false),
  /** Strength of the penalty on coefficients. */
  REG_PARAM(0, 1_000_000, false),
  /** Share of the penalty that is on absolute values instead of squares. */
  ELASTIC_NET(0, 1, false);

  private final double least;
  private final double most;
  private final boolean whole;

  TrainingParameter(double least, double most, boolean whole) {
    this.least = least;
    this.most = most;
    this.whole = whole;
  }

  /** As written in the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(TrainingParameter::text).toList();
  }

  /** A value as text, whole numbers without a point. */
  public String text(double value) {
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  boolean allows(double value) {
    return value >= least && value <= most && (!whole || value == Math.rint(value));
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException in words, if the text is none
   */
  double parse(String text) {
    try {
      double value = Double.parseDouble(text);
      if (allows(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number out of range.
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "'%s' is not a %s from %s to %s",
            text,
            whole ? "whole number" : "number",
            text(least),
            text(most)));
  }
}
