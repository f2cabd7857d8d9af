package io.leeway.profile;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Fixed edges for quantities of which the relative error counts, such as times, costs and readings
 * of machines: from {@value #LEAST} to {@value #GREATEST} each is {@value #RATIO} times the one
 * before. So any value of a bin in between is within 0.5 % of any other, whatever the reference
 * held. Zero has a point bin; negative values lie in the bin under it.
 */
final class LogLadder {
  /** A microsecond in seconds; what is smaller lies in one bin. */
  private static final double LEAST = 1e-6;

  /** A terabyte in bytes, a quarter of an hour in nanoseconds. */
  private static final double GREATEST = 1e12;

  private static final double RATIO = 1.005;

  /** Edges in all. */
  static final int SIZE =
      3 + (int) Math.ceil(StrictMath.log(GREATEST / LEAST) / StrictMath.log(RATIO));

  private LogLadder() {}

  /** Ascending; the same on every machine. */
  static double[] edges() {
    double step = StrictMath.log(RATIO);
    return DoubleStream.concat(
            DoubleStream.of(0, Double.MIN_VALUE),
            IntStream.range(0, SIZE - 2).mapToDouble(k -> LEAST * StrictMath.exp(k * step)))
        .toArray();
  }
}
