package io.leeway.stats.inference;

import io.leeway.stats.Outcome;
import java.io.Serializable;
import java.util.List;

/**
 * By how much a statistic varies more between windows than independent rows would make it: repeated
 * entities, bursts, day-to-day wobble. Estimated from the windows of the reference, never below 1.
 *
 * <p>An estimate is defined for two windows or more; how many make it trustworthy is policy (see
 * {@link Floor#REFERENCE_WINDOWS}).
 *
 * @param phi variance over the variance of independent rows, &ge; 1
 * @param degrees degrees of freedom behind it, windows − 1; infinite where phi was not estimated
 * @see <a href="https://doi.org/10.1007/978-1-4899-3242-6">McCullagh and Nelder (1989), 4.5</a>
 */
public record Overdispersion(double phi, double degrees) implements Serializable {
  /** Rows are taken to be independent. */
  public static final Overdispersion NONE = new Overdispersion(1, Double.POSITIVE_INFINITY);

  public Overdispersion {
    if (!(phi >= 1) || Double.isInfinite(phi) || !(degrees > 0)) {
      throw new IllegalArgumentException(
          "Overdispersion must be finite and at least 1 with positive degrees, but is "
              + phi
              + " with "
              + degrees
              + ".");
    }
  }

  /** A factor that was given, not estimated; 1 says that rows are independent. */
  public static Overdispersion given(double phi) {
    return new Overdispersion(phi, Double.POSITIVE_INFINITY);
  }

  /**
   * Of a rate: {@code sum over windows of (x_w - n_w p)^2 / (n_w p (1 - p)) / (R - 1)}, {@code p}
   * the rate of all windows. Windows without rows do not count; where the rate is 0 or 1 in every
   * window nothing varies and phi is 1.
   *
   * @param events x_w per window
   * @param rows n_w per window, at least x_w
   */
  public static Outcome<Overdispersion> ofRates(long[] events, long[] rows) {
    requireSameLength(events.length, rows.length);
    double x = 0;
    double n = 0;
    int windows = 0;
    for (int w = 0; w < rows.length; w++) {
      if (events[w] < 0 || events[w] > rows[w]) {
        throw new IllegalArgumentException(
            "Window " + w + " has " + events[w] + " events in " + rows[w] + " rows.");
      }
      x += events[w];
      n += rows[w];
      windows += rows[w] > 0 ? 1 : 0;
    }
    double p = n == 0 ? 0 : x / n;
    double sum = 0;
    for (int w = 0; w < rows.length; w++) {
      if (rows[w] > 0 && p > 0 && p < 1) {
        double excess = events[w] - rows[w] * p;
        sum += excess * excess / (rows[w] * p * (1 - p));
      }
    }
    return estimate(sum, windows, 1);
  }

  /**
   * Of bins: Pearson's statistic of the windows by bins table over {@code (R - 1)(B - 1)}, B the
   * bins with a row in any window. Windows without rows do not count.
   *
   * @param counts per window, then per bin
   */
  public static Outcome<Overdispersion> ofBins(long[][] counts) {
    int bins = counts.length == 0 ? 0 : counts[0].length;
    double[] perBin = new double[bins];
    double[] perWindow = new double[counts.length];
    double all = 0;
    int windows = 0;
    for (int w = 0; w < counts.length; w++) {
      requireSameLength(bins, counts[w].length);
      for (int b = 0; b < bins; b++) {
        requireNotNegative(w, b, counts[w][b]);
        perBin[b] += counts[w][b];
        perWindow[w] += counts[w][b];
      }
      all += perWindow[w];
      windows += perWindow[w] > 0 ? 1 : 0;
    }
    double sum = 0;
    int used = 0;
    for (int b = 0; b < bins; b++) {
      used += perBin[b] > 0 ? 1 : 0;
      for (int w = 0; w < counts.length; w++) {
        double expected = perWindow[w] * perBin[b] / all;
        if (expected > 0) {
          double excess = counts[w][b] - expected;
          sum += excess * excess / expected;
        }
      }
    }
    return estimate(sum, windows, Math.max(1, used - 1));
  }

  /**
   * Of a distribution function F, for what looks at its greatest deviation: the largest variance
   * that the shares below an inner border have between windows, over the largest one that
   * independent rows give such a share,
   *
   * <pre>{@code max over borders of sum over windows of (x_w - n_w F)^2 / n_w / (R - 1)
   *   / max over borders of F (1 - F)}</pre>
   *
   * <p>x_w the rows of a window below the border, F their share in all windows. With a single
   * border that is the factor of its rate. Where windows move as a whole it is several times that
   * of {@linkplain #ofBins bins}, which look in B − 1 directions of which few move. Windows without
   * rows do not count; where all rows lie in one bin nothing varies and phi is 1.
   *
   * @param counts per window, then per bin in ascending order
   */
  public static Outcome<Overdispersion> ofCumulative(long[][] counts) {
    int bins = counts.length == 0 ? 0 : counts[0].length;
    double[] rows = new double[counts.length];
    double all = 0;
    int windows = 0;
    for (int w = 0; w < counts.length; w++) {
      requireSameLength(bins, counts[w].length);
      for (int b = 0; b < bins; b++) {
        requireNotNegative(w, b, counts[w][b]);
        rows[w] += counts[w][b];
      }
      all += rows[w];
      windows += rows[w] > 0 ? 1 : 0;
    }
    double[] below = new double[counts.length];
    double between = 0;
    double independent = 0;
    for (int border = 1; border < bins; border++) {
      double events = 0;
      for (int w = 0; w < counts.length; w++) {
        below[w] += counts[w][border - 1];
        events += below[w];
      }
      double share = events / all;
      double sum = 0;
      for (int w = 0; w < counts.length; w++) {
        double excess = below[w] - rows[w] * share;
        sum += rows[w] > 0 ? excess * excess / rows[w] : 0;
      }
      between = Math.max(between, sum);
      independent = Math.max(independent, share * (1 - share));
    }
    return estimate(independent > 0 ? between / independent : 0, windows, 1);
  }

  /**
   * Of a mean: the variance of the window means over the variance that independent rows would give
   * them, {@code sum over windows of n_w (mean_w - mean)^2 / (R - 1) / s^2}; with equal windows the
   * variance of the means × n / s². Windows without rows do not count; where {@code s} is 0 nothing
   * varies and phi is 1.
   *
   * @param means per window; not read where the window has no rows
   * @param rows n_w per window
   * @param sd s, the standard deviation of single rows
   */
  public static Outcome<Overdispersion> ofMeans(double[] means, long[] rows, double sd) {
    requireSameLength(means.length, rows.length);
    if (!(sd >= 0) || Double.isInfinite(sd)) {
      throw new IllegalArgumentException("A standard deviation must be finite, but is " + sd + ".");
    }
    double total = 0;
    double n = 0;
    int windows = 0;
    for (int w = 0; w < rows.length; w++) {
      if (rows[w] > 0) {
        total += rows[w] * means[w];
        n += rows[w];
        windows++;
      }
    }
    double mean = total / n;
    double sum = 0;
    for (int w = 0; w < rows.length; w++) {
      if (rows[w] > 0 && sd > 0) {
        double excess = means[w] - mean;
        sum += rows[w] * excess * excess / (sd * sd);
      }
    }
    return estimate(sum, windows, 1);
  }

  /**
   * Of any number that each window has an estimate of, with a standard error of independent rows:
   * {@code sum over windows of (t_w - t)² / se_w² / (R - 1)}, t the mean of the t_w weighted by
   * {@code 1 / se_w²}. Without overdispersion the sum is Cochran's Q.
   *
   * <p>The standard errors are taken for known, so they should rest on some rows; and they should
   * not fall where estimates rise, which of shares they do less on the {@linkplain Estimate#logit
   * logit} scale. Bounds of errors are not looked at. Undefined where a standard error is 0: such a
   * window would weigh more than all others.
   *
   * @param windows those that count
   * @see <a href="https://doi.org/10.2307/3001666">Cochran (1954)</a>
   */
  public static Outcome<Overdispersion> ofEstimates(List<Estimate> windows) {
    double weights = 0;
    double total = 0;
    for (Estimate window : windows) {
      double weight = weight(window);
      if (Double.isInfinite(weight)) {
        return Outcome.undefined("A reference window has a standard error of 0.");
      }
      weights += weight;
      total += weight * window.value();
    }
    double mean = total / weights;
    double sum = 0;
    for (Estimate window : windows) {
      double excess = window.value() - mean;
      sum += weight(window) * excess * excess;
    }
    return estimate(sum, windows.size(), 1);
  }

  private static double weight(Estimate window) {
    return 1 / (window.standardError() * window.standardError());
  }

  private static Outcome<Overdispersion> estimate(double sum, int windows, int perWindow) {
    if (windows < 2) {
      return Outcome.undefined(
          "Overdispersion needs at least two reference windows with rows, but there are "
              + windows
              + ".");
    }
    double degrees = windows - 1.0;
    return Outcome.of(new Overdispersion(Math.max(1, sum / degrees / perWindow), degrees));
  }

  private static void requireNotNegative(int window, int bin, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Window " + window + ", bin " + bin + " has the count " + count + ".");
    }
  }

  private static void requireSameLength(int one, int other) {
    if (one != other) {
      throw new IllegalArgumentException("Lengths differ: " + one + " and " + other + ".");
    }
  }
}
