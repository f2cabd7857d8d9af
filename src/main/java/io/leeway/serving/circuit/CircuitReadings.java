package io.leeway.serving.circuit;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was seen of the champion's answers since the last look. What is missing opens nothing.
 *
 * @param calls that the champion got, &ge; 0
 * @param failures among them, at most as many
 * @param nullScores calls without a score, at most as many
 * @param latencyP95 95th percentile of the time an answer took, in the unit of its column
 * @param scorePsi of the scores against the reference
 * @param championAge since the champion was trained
 */
public record CircuitReadings(
    long calls,
    long failures,
    long nullScores,
    OptionalDouble latencyP95,
    OptionalDouble scorePsi,
    Optional<Duration> championAge) {
  /** Nobody called. */
  public static final CircuitReadings NONE = of(0, 0, 0);

  public CircuitReadings {
    if (calls < 0 || Math.min(failures, nullScores) < 0 || Math.max(failures, nullScores) > calls) {
      throw new IllegalArgumentException(
          failures + " failures and " + nullScores + " missing scores in " + calls + " calls.");
    }
  }

  /** Counts alone. */
  public static CircuitReadings of(long calls, long failures, long nullScores) {
    return new CircuitReadings(
        calls,
        failures,
        nullScores,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** The same with the 95th percentile of the latency. */
  public CircuitReadings withLatencyP95(double latency) {
    return new CircuitReadings(
        calls, failures, nullScores, OptionalDouble.of(latency), scorePsi, championAge);
  }

  /** The same with the drift of the scores. */
  public CircuitReadings withScorePsi(double psi) {
    return new CircuitReadings(
        calls, failures, nullScores, latencyP95, OptionalDouble.of(psi), championAge);
  }

  /** The same with the champion's age. */
  public CircuitReadings withChampionAge(Duration age) {
    return new CircuitReadings(calls, failures, nullScores, latencyP95, scorePsi, Optional.of(age));
  }
}
