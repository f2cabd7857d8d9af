package io.leeway.stats.inference;

/** A closed interval, by default one that covers the true value in 95 of 100 cases. */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "An interval must not end below its start, but is [" + low + ", " + high + "].");
    }
  }

  /** This interval cut to {@code [least, most]}; an end outside moves to the nearer border. */
  public Interval cut(double least, double most) {
    return new Interval(
        Math.min(Math.max(low, least), most), Math.max(Math.min(high, most), least));
  }

  /**
   * The interval of a difference of two independent estimates, recovered from those of either side
   * (MOVER: Zou and Donner, Statistics in Medicine 27, 2008; of two Wilson intervals it is
   * Newcombe's): {@code d - sqrt((one - low)² + (high' - other)²)} to {@code d + sqrt((high - one)²
   * + (other - low')²)}.
   *
   * @param one estimate, within its own interval
   * @param other what is taken off, within its own interval
   */
  public static Interval ofDifference(double one, Interval ofOne, double other, Interval ofOther) {
    double difference = one - other;
    return new Interval(
        difference - Math.hypot(one - ofOne.low, ofOther.high - other),
        difference + Math.hypot(ofOne.high - one, other - ofOther.low));
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
