package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelOutcomesTest {

  private static ModelConfig model(String name) {
    return ConfigLoader.load(
            """
            leeway {
              store.path = "results"
              models.%s {
                task = binary
                predictions { table = "in/predictions", id = pid, time = at, score = p }
                reference { from = 2026-01-01, until = 2026-04-01 }
              }
            }"""
                .formatted(name),
            Path.of("/data"))
        .model(name);
  }

  private static ModelOutcome work(ModelConfig model) {
    return switch (model.name()) {
      case "assertion" -> throw new AssertionError("cells do not add up");
      case "memory" -> throw new OutOfMemoryError("Java heap space");
      case "user" -> throw new UserException("No column 'x'.");
      default -> ModelOutcome.passed(model.name());
    };
  }

  @Test
  void anErrorOfOneModelDoesNotStopTheOthers() {
    List<ModelOutcome> outcomes =
        ModelLoop.outcomes(
            Stream.of("assertion", "memory", "user", "good").map(ModelOutcomesTest::model).toList(),
            ModelOutcomesTest::work);

    assertThat(outcomes).extracting(ModelOutcome::exitCode).containsExactly(1, 4, 2, 0);
    assertThat(outcomes.get(0).failure().orElseThrow().message())
        .startsWith("Model 'assertion': This is a bug in Leeway")
        .contains("cells do not add up");
    assertThat(outcomes.get(1).failure().orElseThrow().message())
        .startsWith("Model 'memory': the job ran out of memory.");
    assertThat(outcomes.get(3).facts()).containsEntry("result", "passed").containsEntry("code", 0);
  }
}
