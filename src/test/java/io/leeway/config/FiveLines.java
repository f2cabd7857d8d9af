package io.leeway.config;

import java.nio.file.Path;

/** The least that a configuration needs, and room for more. */
final class FiveLines {
  static final Path FOLDER = Path.of("/data/project");

  private FiveLines() {}

  /** One model in the place of a line each, with more keys from line 7 on. */
  static String with(String... more) {
    return """
        leeway {
          store.path = "results"
          models.credit {
            task = binary
            predictions { table = "in/predictions", id = pid, time = at, score = p }
            reference { from = 2026-01-01, until = 2026-04-01 }
        %s
          }
        }
        """
        .formatted(String.join("\n", more));
  }

  static ModelConfig model(String... more) {
    return ConfigLoader.load(with(more), FOLDER).model("credit");
  }
}
