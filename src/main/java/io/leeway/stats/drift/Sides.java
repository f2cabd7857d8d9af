package io.leeway.stats.drift;

import io.leeway.stats.Outcome;
import java.util.Optional;

/** What every comparison of two count arrays asks of them first. */
final class Sides {
  private Sides() {}

  /**
   * @throws IllegalArgumentException if the lengths differ or a count is negative
   */
  static void requireCounts(long[] reference, long[] window) {
    if (reference.length != window.length) {
      throw new IllegalArgumentException(
          "The reference has "
              + reference.length
              + " cells and the window "
              + window.length
              + "; they must be counted over the same cells.");
    }
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] < 0 || window[i] < 0) {
        throw new IllegalArgumentException(
            "Cell " + i + " has the counts " + reference[i] + " and " + window[i] + ".");
      }
    }
  }

  static long total(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum = Math.addExact(sum, count);
    }
    return sum;
  }

  /** Why the sides cannot be compared, empty if they can. */
  static Optional<String> emptySide(long nRef, long nWin) {
    if (nRef == 0) {
      return Optional.of("The reference has no usable values.");
    }
    return nWin == 0 ? Optional.of("The window has no usable values.") : Optional.empty();
  }

  static <T> Outcome<T> undefined(long nRef, long nWin) {
    return Outcome.undefined(emptySide(nRef, nWin).orElseThrow());
  }
}
