package io.leeway.monitor.metrics;

import io.leeway.stats.Outcome;
import io.leeway.stats.drift.AlignedCounts;
import io.leeway.stats.drift.WassersteinInference;
import io.leeway.stats.inference.Overdispersion;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * What a Wasserstein distance says beyond noise, on values cut at the reference's 0.5 and 99.5 %
 * quantiles: values outside count as if they lay on the nearer one. One far value would otherwise
 * make the interval as wide as itself. The distance that is published stays that of the values as
 * they are, so it may lie outside this interval.
 *
 * <p>The deviations are those of the cut values. In a cell of several values the rows lie about
 * their mean, or about the middle where that is unknown, as if evenly spread over its width.
 */
final class CutWasserstein {
  private static final double LOW_SHARE = 0.005;
  private static final double HIGH_SHARE = 0.995;

  private CutWasserstein() {}

  /** Undefined below two rows on a side, and where nothing is left between the two quantiles. */
  static Outcome<WassersteinInference> of(AlignedCounts counts, Overdispersion overdispersion) {
    if (counts.nRef() < 2 || counts.nWin() < 2) {
      return Outcome.undefined("An interval needs two values on each side.");
    }
    if (Double.isInfinite(counts.high(counts.cells() - 1) - counts.low(0))) {
      return tooFar();
    }
    AlignedCounts cut = counts.cutAtReference(LOW_SHARE, HIGH_SHARE);
    if (cut.low(0) == cut.high(cut.cells() - 1)) {
      return Outcome.undefined(
          "No interval: cut at its 0.5 and 99.5 % quantiles the reference holds one value.");
    }
    double ofReference = deviation(cut, cut.nRef(), cut::reference, cut::referenceSum);
    double ofWindow = deviation(cut, cut.nWin(), cut::window, cut::windowSum);
    return Double.isFinite(ofReference) && Double.isFinite(ofWindow)
        ? WassersteinInference.of(cut, ofReference, ofWindow, overdispersion)
        : tooFar();
  }

  private static Outcome<WassersteinInference> tooFar() {
    return Outcome.undefined("No interval: the values are too far apart for their squares.");
  }

  private static double deviation(
      AlignedCounts cut, long rows, IntToLongFunction count, IntToDoubleFunction sum) {
    double mean = 0;
    for (int i = 0; i < cut.cells(); i++) {
      mean += (double) count.applyAsLong(i) / rows * center(cut, i, count, sum);
    }
    double squares = 0;
    for (int i = 0; i < cut.cells(); i++) {
      double distance = center(cut, i, count, sum) - mean;
      double width = cut.high(i) - cut.low(i);
      squares += count.applyAsLong(i) * (distance * distance + width * width / 12);
    }
    return Math.sqrt(squares / (rows - 1));
  }

  private static double center(
      AlignedCounts cut, int cell, IntToLongFunction count, IntToDoubleFunction sum) {
    double low = cut.low(cell);
    double high = cut.high(cell);
    double mean = sum.applyAsDouble(cell) / count.applyAsLong(cell);
    return Double.isNaN(mean) ? low + (high - low) / 2 : Math.min(Math.max(low, mean), high);
  }
}
