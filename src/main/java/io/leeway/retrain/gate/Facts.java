package io.leeway.retrain.gate;

import java.util.OptionalDouble;

/**
 * What was measured beside the rows.
 *
 * @param candidateMillis time of the candidate for a thousand rows, in milliseconds, above 0; empty
 *     where it was not measured
 * @param championMillis the same of the champion, on the same machine
 */
public record Facts(OptionalDouble candidateMillis, OptionalDouble championMillis) {
  /** Nothing was measured. */
  public static final Facts NONE = new Facts(OptionalDouble.empty(), OptionalDouble.empty());

  public Facts {
    requirePositive(candidateMillis);
    requirePositive(championMillis);
  }

  private static void requirePositive(OptionalDouble millis) {
    millis.ifPresent(
        value -> {
          if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("A time is above 0, but is " + value + " ms.");
          }
        });
  }
}
