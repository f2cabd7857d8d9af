package io.leeway.cli.bench;

/**
 * A kind of 95 % interval, and the bars that its coverage is held against.
 *
 * @param name for people
 * @param leastMean over all points, in [0, 1]
 * @param mostMean over all points, at least {@code leastMean}
 * @param least at any point
 */
record IntervalKind(String name, double leastMean, double mostMean, double least) {
  /** An interval that is to hold the truth as often as it says, neither less nor more. */
  static IntervalKind exact(String name) {
    return new IntervalKind(name, 0.94, 0.965, 0.92);
  }

  /** An interval that is wide by design, and so may hold the truth as often as it likes. */
  static IntervalKind conservative(String name) {
    return new IntervalKind(name, 0.93, 1, 0.93);
  }
}
