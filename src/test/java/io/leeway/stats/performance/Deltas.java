package io.leeway.stats.performance;

import java.util.function.ToDoubleFunction;

/** The delta method for a function of multinomial counts, with nothing but the function itself. */
final class Deltas {
  private Deltas() {}

  /** {@code SE² = sum n g² - (sum n g)² / N}, g the gradient by central difference. */
  static double standardError(ToDoubleFunction<double[]> function, double[] counts) {
    double rows = 0;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < counts.length; i++) {
      double step = 1e-4 * counts[i];
      double[] up = counts.clone();
      double[] down = counts.clone();
      up[i] += step;
      down[i] -= step;
      double gradient =
          step == 0 ? 0 : (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * step);
      rows += counts[i];
      mean += counts[i] * gradient;
      squares += counts[i] * gradient * gradient;
    }
    return Math.sqrt(squares - mean * mean / rows);
  }
}
