package io.leeway.monitor.metrics;

import io.leeway.profile.Moment;
import io.leeway.profile.NumericProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The factors by which single statistics vary between the windows of a reference, each or the
 * reason why there is none: too few windows with rows, or too little to be expected in one.
 *
 * @param leastWindows how many make an estimate trustworthy
 */
public record WindowFactors(int leastWindows) {
  private static final double LEAST_EXPECTED = 5;

  /** Of a rate. */
  public Outcome<Overdispersion> ofRates(long[] events, long[] rows) {
    long yes = sum(events);
    return unless(
        objection(rows, Math.min(yes, sum(rows) - yes), "events, or five others"),
        () -> Overdispersion.ofRates(events, rows));
  }

  /** Of the mean of a column. */
  Outcome<Overdispersion> ofMeans(NumericProfile whole, List<NumericProfile> windows) {
    return ofMeans(
        windows.stream().mapToDouble(NumericProfile::mean).toArray(),
        windows.stream().mapToLong(NumericProfile::n).toArray(),
        whole.deviation().value().map(Moment::value).orElse(Double.NaN));
  }

  /**
   * Of a mean.
   *
   * @param means per window; not read where the window has no rows
   * @param deviation of single rows; NaN where it is not known
   */
  Outcome<Overdispersion> ofMeans(double[] means, long[] rows, double deviation) {
    boolean summed = deviation > 0;
    for (int w = 0; w < rows.length; w++) {
      summed &= rows[w] == 0 || !Double.isNaN(means[w]);
    }
    return unless(
        summed
            ? objection(rows, sum(rows), "values")
            : Optional.of(
                "All values are equal, or their sums do not tell how far apart they lie."),
        () -> Overdispersion.ofMeans(means, rows, deviation));
  }

  /**
   * Of bins.
   *
   * @param counts per window, then per bin
   */
  public Outcome<Overdispersion> ofBins(long[][] counts) {
    long[] rows = Arrays.stream(counts).mapToLong(WindowFactors::sum).toArray();
    int used = 0;
    for (int bin = 0; bin < counts[0].length; bin++) {
      int at = bin;
      used += Arrays.stream(counts).anyMatch(window -> window[at] > 0) ? 1 : 0;
    }
    if (used < 2) {
      return Outcome.undefined("All rows lie in one bin.");
    }
    return unless(
        objection(rows, sum(rows) / used, "rows a bin"), () -> Overdispersion.ofBins(counts));
  }

  /**
   * Of a distribution function.
   *
   * @param counts per window, then per bin in ascending order
   */
  Outcome<Overdispersion> ofCumulative(long[][] counts) {
    long[] rows = Arrays.stream(counts).mapToLong(WindowFactors::sum).toArray();
    long all = sum(rows);
    long below = 0;
    long rarer = 0;
    for (int border = 0; border < counts[0].length - 1; border++) {
      for (long[] window : counts) {
        below += window[border];
      }
      rarer = Math.max(rarer, Math.min(below, all - below));
    }
    return unless(
        objection(rows, rarer, "rows on either side of a decile"),
        () -> Overdispersion.ofCumulative(counts));
  }

  /** Why there is no estimate: too few windows with rows, or too little to be expected in one. */
  Optional<String> objection(long[] rows, long rarer, String what) {
    long windows = Arrays.stream(rows).filter(of -> of > 0).count();
    if (windows < leastWindows) {
      return Optional.of(
          "The reference has "
              + windows
              + " windows with rows; an estimate needs "
              + leastWindows
              + ".");
    }
    return rarer < LEAST_EXPECTED * windows
        ? Optional.of("On average a window of the reference has fewer than five " + what + ".")
        : Optional.empty();
  }

  static Outcome<Overdispersion> unless(
      Optional<String> objection, Supplier<Outcome<Overdispersion>> estimate) {
    return objection.isPresent() ? Outcome.undefined(objection.get()) : estimate.get();
  }

  static long sum(long[] counts) {
    return Arrays.stream(counts).sum();
  }
}
