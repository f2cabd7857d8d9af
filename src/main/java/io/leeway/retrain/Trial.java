package io.leeway.retrain;

import io.leeway.config.TrainingParameter;
import io.leeway.stats.Outcome;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One setting, fitted without a fold and measured on it.
 *
 * @param number of the setting in the grid, from 0
 * @param fold that it was measured on
 * @param parameters the setting
 * @param metric {@link #LOG_LOSS} or {@link #RMSE}; less is better
 * @param value unweighted, or why there is none
 * @param millis of fitting and measuring
 */
public record Trial(
    int number,
    int fold,
    SortedMap<TrainingParameter, Double> parameters,
    String metric,
    Outcome<Double> value,
    long millis) {
  /** Mean of minus the logarithm of the probability given to what happened, in nats. */
  public static final String LOG_LOSS = "log_loss";

  /** Root of the mean squared error, in the label's unit. */
  public static final String RMSE = "rmse";

  public Trial {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    if (number < 0 || fold < 0 || millis < 0) {
      throw new IllegalArgumentException(
          "Trial " + number + " on fold " + fold + " took " + millis + " ms.");
    }
  }
}
