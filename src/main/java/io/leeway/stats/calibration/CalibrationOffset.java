package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.stream.Stream;

/**
 * Calibration in the large on the logit scale: the intercept of {@code logit P(y = 1) = intercept +
 * logit p}, slope 1. Positive where scores are too low.
 *
 * <p>Exact where every bin is one score. Otherwise the intercept of all rows one by one lies within
 * the bound, since higher scores can only lower it: refits with all rows at the lower and at the
 * upper ends of their bins.
 *
 * @param intercept with the standard error of the information times √phi
 * @param bound &ge; 0
 * @param clippedRows rows whose score was clipped to [1e-6, 1 − 1e-6]
 */
public record CalibrationOffset(MeanInterval intercept, double bound, long clippedRows) {

  /** Over the finest bins there are; undefined with one class only. */
  public static Outcome<CalibrationOffset> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    return LogitRows.of(table, LogitRows.Placement.MEANS)
        .offset()
        .map(
            offset ->
                new CalibrationOffset(
                    new MeanInterval(
                        offset.intercept(),
                        Math.sqrt(overdispersion.phi() * offset.variance()),
                        overdispersion.degrees()),
                    bound(table, offset.intercept()),
                    LogitRows.clipped(table)));
  }

  private static double bound(ReliabilityTable table, double intercept) {
    return Stream.of(
            LogitRows.Placement.both(ReliabilityBin::low),
            LogitRows.Placement.both(ReliabilityBin::high))
        .map(ends -> LogitRows.of(table, ends).offsetFrom(intercept).orElseThrow())
        .mapToDouble(refit -> Math.abs(refit.intercept() - intercept))
        .max()
        .orElseThrow();
  }
}
