package io.leeway.config;

import java.util.Optional;

/**
 * How well the model is served.
 *
 * @param latency column of the time an answer took
 * @param cost column of what an answer cost
 * @param failed SQL condition that says whether an answer failed
 */
public record OperationsConfig(
    Optional<String> latency, Optional<String> cost, Optional<String> failed) {
  /** Nothing is known of the service. */
  public static final OperationsConfig NONE =
      new OperationsConfig(Optional.empty(), Optional.empty(), Optional.empty());

  static OperationsConfig read(Block block) {
    OperationsConfig operations =
        new OperationsConfig(
            block.optionalText("latency"),
            block.optionalText("cost"),
            block.optionalText("failed"));
    block.refuseUnknownKeys();
    return operations;
  }
}
