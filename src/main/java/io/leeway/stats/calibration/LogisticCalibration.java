package io.leeway.stats.calibration;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.FisherF;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Cox's calibration line, {@code logit P(y = 1) = intercept + slope logit p}: slope below 1 where
 * scores are too extreme, above 1 where too timid. The intercept belongs to this slope; that of
 * slope 1 is {@link CalibrationOffset}.
 *
 * <p>Fitted to the rows of {@link LogitRows}; exact where every bin is one score, otherwise with
 * bounds: the greatest deviation of six refits in which the rows of a bin stand at its ends (all at
 * the lower, all at the upper, outwards and inwards of the mean score, positives above negatives
 * and below). Infinite where such a refit has no slope. The ends are the extremes of each
 * arrangement, not proven to be the extremes of all.
 *
 * @param slope with the standard error of the information times √phi
 * @param slopeBound how far that of all rows one by one may be, &ge; 0
 * @param intercept likewise
 * @param interceptBound likewise
 * @param likelihoodRatio twice the log-likelihood over that of intercept 0 and slope 1, over phi
 * @param pChange p-value of "intercept 0 and slope 1": chi-square with 2 degrees, with an estimated
 *     phi F
 * @param clippedRows rows whose score was clipped to [1e-6, 1 − 1e-6]
 * @see "D. R. Cox (1958), Two further applications of a model for binary regression, Biometrika 45"
 */
public record LogisticCalibration(
    MeanInterval slope,
    double slopeBound,
    MeanInterval intercept,
    double interceptBound,
    double likelihoodRatio,
    double pChange,
    long clippedRows) {

  /**
   * Over the finest bins there are. Undefined with one class only, where scores do not vary, and
   * where one score parts the classes.
   */
  public static Outcome<LogisticCalibration> of(
      ReliabilityTable table, Overdispersion overdispersion) {
    LogitRows rows = LogitRows.of(table, LogitRows.Placement.MEANS);
    return rows.line().map(line -> of(table, rows, line, overdispersion));
  }

  private static LogisticCalibration of(
      ReliabilityTable table, LogitRows rows, LogitRows.Line line, Overdispersion overdispersion) {
    double slopeBound = 0;
    double interceptBound = 0;
    for (LogitRows.Placement ends : ends(table)) {
      LogitRows.Line refit =
          LogitRows.of(table, ends)
              .lineFrom(line.intercept(), line.slope())
              .fold(found -> found, why -> nowhere());
      slopeBound = Math.max(slopeBound, Math.abs(refit.slope() - line.slope()));
      interceptBound = Math.max(interceptBound, Math.abs(refit.intercept() - line.intercept()));
    }
    double phi = overdispersion.phi();
    double degrees = overdispersion.degrees();
    double ratio = Math.max(0, 2 * (line.logLikelihood() - rows.logLikelihood(0, 1))) / phi;
    return new LogisticCalibration(
        new MeanInterval(line.slope(), Math.sqrt(phi * line.slopeVariance()), degrees),
        slopeBound,
        new MeanInterval(line.intercept(), Math.sqrt(phi * line.interceptVariance()), degrees),
        interceptBound,
        ratio,
        FisherF.upperTail(ratio / 2, 2, degrees),
        LogitRows.clipped(table));
  }

  private static List<LogitRows.Placement> ends(ReliabilityTable table) {
    boolean exact = table.bins().stream().allMatch(bin -> bin.n() == 0 || bin.isSingleScore());
    if (exact) {
      return List.of();
    }
    double mean = table.sumScore() / table.n();
    ToDoubleFunction<ReliabilityBin> low = ReliabilityBin::low;
    ToDoubleFunction<ReliabilityBin> high = ReliabilityBin::high;
    return List.of(
        LogitRows.Placement.both(low),
        LogitRows.Placement.both(high),
        LogitRows.Placement.both(bin -> bin.meanScore() < mean ? bin.low() : bin.high()),
        LogitRows.Placement.both(bin -> bin.meanScore() < mean ? bin.high() : bin.low()),
        new LogitRows.Placement(high, low),
        new LogitRows.Placement(low, high));
  }

  private static LogitRows.Line nowhere() {
    double infinite = Double.POSITIVE_INFINITY;
    return new LogitRows.Line(infinite, infinite, 0, 0, 0);
  }
}
