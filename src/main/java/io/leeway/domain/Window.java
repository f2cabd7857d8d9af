package io.leeway.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * The stretches of time that windows cover, in order: few, so that a query may name each.
   *
   * @param windows in any order
   * @param most stretches, at least 1; beyond them those with the least between them become one
   */
  public static List<Window> stretches(Collection<Window> windows, int most) {
    List<Window> stretches = new ArrayList<>();
    for (Window window : windows.stream().sorted().toList()) {
      Window last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last == null || window.start.isAfter(last.end)) {
        stretches.add(window);
      } else if (window.end.isAfter(last.end)) {
        stretches.set(stretches.size() - 1, new Window(last.start, window.end));
      }
    }
    while (stretches.size() > most) {
      int at =
          IntStream.range(1, stretches.size())
              .boxed()
              .min(Comparator.comparing(i -> gapBefore(stretches, i)))
              .orElseThrow();
      Window later = stretches.remove(at);
      stretches.set(at - 1, new Window(stretches.get(at - 1).start, later.end));
    }
    return List.copyOf(stretches);
  }

  private static Duration gapBefore(List<Window> stretches, int at) {
    return Duration.between(stretches.get(at - 1).end, stretches.get(at).start);
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
