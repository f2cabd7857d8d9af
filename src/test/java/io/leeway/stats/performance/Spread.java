package io.leeway.stats.performance;

import io.leeway.stats.inference.Estimate;

/** Many estimates of the same number: how they vary, and how they say they vary. */
final class Spread {
  private long count;
  private double sum;
  private double squares;
  private double variances;

  void add(Estimate estimate) {
    count++;
    sum += estimate.value();
    squares += estimate.value() * estimate.value();
    variances += estimate.standardError() * estimate.standardError();
  }

  double mean() {
    return sum / count;
  }

  /**
   * The root of the mean stated variance over the standard deviation of the values. With R values
   * its Monte Carlo error is about {@code 1 / sqrt(2 R)}.
   */
  double statedOverSeen() {
    double variance = (squares - sum * sum / count) / (count - 1);
    return Math.sqrt(variances / count / variance);
  }
}
