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

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
