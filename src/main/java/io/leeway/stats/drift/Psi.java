package io.leeway.stats.drift;

import io.leeway.stats.Outcome;

/**
 * The population stability index as the catalogue defines it: with shares {@code r} of the
 * reference and {@code w} of the window, each raised to at least 0.0001 and not brought back to sum
 * 1,
 *
 * <pre>{@code psi = sum over cells of (w - r) * ln(w / r)}</pre>
 *
 * <p>Input: counts &ge; 0 over the same k &ge; 1 cells, bins or categories. Result: in nats, &ge;
 * 0, 0 where the shares agree, symmetric. An empty cell on both sides adds nothing. It is biased
 * upwards by noise and jumps with the floor; {@link SmoothedPsi} is what rules look at.
 */
public final class Psi {
  private static final double FLOOR = 0.0001;

  private Psi() {}

  /**
   * Undefined where a side has no rows.
   *
   * @throws IllegalArgumentException if lengths differ or a count is negative
   */
  public static Outcome<Double> of(long[] reference, long[] window) {
    Sides.requireCounts(reference, window);
    long m = Sides.total(reference);
    long n = Sides.total(window);
    if (m == 0 || n == 0) {
      return Sides.undefined(m, n);
    }
    double psi = 0;
    for (int i = 0; i < reference.length; i++) {
      double r = Math.max((double) reference[i] / m, FLOOR);
      double w = Math.max((double) window[i] / n, FLOOR);
      psi += (w - r) * Math.log(w / r);
    }
    return Outcome.of(psi);
  }
}
