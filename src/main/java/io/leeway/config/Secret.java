package io.leeway.config;

import java.util.Optional;

/** A text that is handed on but never shown. */
public record Secret(String text) {
  public Secret {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A secret is empty.");
    }
  }

  /** An optional secret, which may only come from the environment. */
  static Optional<Secret> optional(Block block, String key) {
    block
        .find(key)
        .filter(value -> !value.fromEnvironment())
        .ifPresent(
            value ->
                value.wrong(
                    "holds a secret in plain text; put it into an environment variable and write"
                        + " ${?NAME}"));
    return block.optional(key, Secret::new);
  }

  @Override
  public String toString() {
    return Settings.MASK;
  }
}
