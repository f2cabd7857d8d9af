package io.leeway.domain;

import java.time.Instant;

/** A half-open stretch of prediction time, {@code start <= t < end}, of microsecond resolution. */
public record Window(Instant start, Instant end) implements Comparable<Window> {
  public Window {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "A window must start before it ends, but starts " + start + " and ends " + end + ".");
    }
  }

  public boolean contains(Instant time) {
    return !time.isBefore(start) && time.isBefore(end);
  }

  /** Whether every instant of {@code other} lies within this window. */
  public boolean contains(Window other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  public boolean overlaps(Window other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /** By start, then by end. */
  @Override
  public int compareTo(Window other) {
    int byStart = start.compareTo(other.start);
    return byStart != 0 ? byStart : end.compareTo(other.end);
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}
