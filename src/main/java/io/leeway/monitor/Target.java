package io.leeway.monitor;

import io.leeway.domain.Window;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A window whose metrics are to be computed from the profiles of the base windows in it.
 *
 * @param granularity the text of its period
 * @param previous the window of the same length before it, where its profiles are at hand
 */
record Target(String granularity, Window window, Optional<Window> previous) {
  /** Where the base windows that it needs begin; they end where its window ends. */
  Instant from() {
    return previous.map(Window::start).orElse(window.start());
  }

  /** Whether a base window is part of it, or of what it is compared with. */
  boolean needs(Window base) {
    return !base.start().isBefore(from()) && base.start().isBefore(window.end());
  }

  /** The form that travels to tasks. */
  Shape shape() {
    return new Shape(
        granularity,
        micros(window.start()),
        micros(window.end()),
        previous.map(before -> micros(before.start())).orElse(Long.MIN_VALUE));
  }

  /**
   * Start and end in microseconds since 1970 UTC; the previous window ends where this one starts.
   */
  record Shape(String granularity, long start, long end, long previousStart)
      implements Serializable {
    boolean hasPrevious() {
      return previousStart != Long.MIN_VALUE;
    }

    Shape withoutPrevious() {
      return new Shape(granularity, start, end, Long.MIN_VALUE);
    }
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
