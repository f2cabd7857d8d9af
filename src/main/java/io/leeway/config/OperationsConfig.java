package io.leeway.config;

import java.util.List;
import java.util.Optional;

/**
 * How well the model is served.
 *
 * @param latency column of the time an answer took
 * @param cost column of what an answer cost
 * @param failed SQL condition that says whether an answer failed
 * @param gauges columns of readings of the machines, such as their memory in use
 */
public record OperationsConfig(
    Optional<String> latency, Optional<String> cost, Optional<String> failed, List<String> gauges) {
  /** Nothing is known of the service. */
  public static final OperationsConfig NONE =
      new OperationsConfig(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public OperationsConfig {
    gauges = List.copyOf(gauges);
  }

  static OperationsConfig read(Block block) {
    OperationsConfig operations =
        new OperationsConfig(
            block.optionalText("latency"),
            block.optionalText("cost"),
            block.optionalText("failed"),
            block.texts("gauges"));
    block.refuseUnknownKeys();
    return operations;
  }

  /** Whether anything of the service is watched. */
  public boolean isWatched() {
    return !equals(NONE);
  }
}
