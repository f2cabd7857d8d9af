package io.leeway.retrain;

import io.leeway.config.TrainingConfig;
import java.time.Duration;
import java.time.Instant;

/**
 * Which predictions and labels count.
 *
 * @param from first prediction time that counts
 * @param holdoutFrom first prediction time that is held out from training
 * @param until first prediction time that no longer counts
 * @param labelsUntil labels that became known later are not looked at
 */
public record TrainingPeriod(
    Instant from, Instant holdoutFrom, Instant until, Instant labelsUntil) {
  public TrainingPeriod {
    if (!from.isBefore(holdoutFrom) || !holdoutFrom.isBefore(until)) {
      throw new IllegalArgumentException(
          "Training from " + from + ", holdout from " + holdoutFrom + " until " + until + ".");
    }
  }

  /**
   * The newest period whose labels have come.
   *
   * @param now as of when labels count
   * @param matureAfter age of a prediction at which its label has come
   */
  public static TrainingPeriod before(Instant now, Duration matureAfter, TrainingConfig config) {
    Instant until = now.minus(matureAfter);
    return new TrainingPeriod(
        until.minus(config.window()), until.minus(config.holdout()), until, now);
  }
}
