package io.leeway.stats.drift;

/**
 * The unit in which a divergence is published and limited, and what it is on the scale of {@link
 * DivergenceTest}, where k = 1/n + 1/m times a chi-square variable is the noise.
 */
public enum DivergenceScale {
  /** Population stability index, in nats: the statistic itself. */
  PSI {
    @Override
    double statistic(double value, double k, long rows) {
      return value;
    }

    @Override
    double value(double statistic, double k, long rows) {
      return statistic;
    }
  },
  /** Jensen-Shannon divergence, base 2, in [0, 1]: the statistic over 8 ln 2. */
  JS_DIVERGENCE {
    @Override
    double statistic(double value, double k, long rows) {
      return EIGHT_LN_2 * value;
    }

    @Override
    double value(double statistic, double k, long rows) {
      return statistic / EIGHT_LN_2;
    }
  },
  /** Jensen-Shannon distance, in [0, 1]: the root of the divergence. */
  JS_DISTANCE {
    @Override
    double statistic(double value, double k, long rows) {
      return EIGHT_LN_2 * value * value;
    }

    @Override
    double value(double statistic, double k, long rows) {
      return Math.sqrt(statistic / EIGHT_LN_2);
    }
  },
  /** Cramér's V, in [0, 1]: the root of chi-square over all rows; chi-square is statistic / k. */
  CRAMERS_V {
    @Override
    double statistic(double value, double k, long rows) {
      return k * rows * value * value;
    }

    @Override
    double value(double statistic, double k, long rows) {
      return Math.sqrt(statistic / (k * rows));
    }
  };

  private static final double EIGHT_LN_2 = 8 * Math.log(2);

  abstract double statistic(double value, double k, long rows);

  abstract double value(double statistic, double k, long rows);
}
