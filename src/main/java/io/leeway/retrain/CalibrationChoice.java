package io.leeway.retrain;

import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.stats.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How scores become probabilities, and what spoke for it.
 *
 * @param chosen never {@code AUTO}
 * @param logLoss of each way on the second half of the rows set aside, fitted on the first; none
 *     where nothing was compared
 * @param rows set aside
 */
public record CalibrationChoice(
    Calibrate chosen, Map<Calibrate, Outcome<Double>> logLoss, long rows) {
  public CalibrationChoice {
    EnumMap<Calibrate, Outcome<Double>> copy = new EnumMap<>(Calibrate.class);
    copy.putAll(logLoss);
    logLoss = Collections.unmodifiableMap(copy);
    if (chosen == Calibrate.AUTO || rows < 0) {
      throw new IllegalArgumentException("Calibrated by " + chosen + " on " + rows + " rows.");
    }
  }

  static CalibrationChoice none() {
    return new CalibrationChoice(Calibrate.NONE, Map.of(), 0);
  }
}
