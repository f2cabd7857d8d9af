package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import java.util.List;

/** The classes of a model, each at the place that is its number in training. */
final class Classes {
  private Classes() {}

  /** Binary: negative, then positive; several classes: in the order of the file; else none. */
  static List<String> of(ModelConfig model) {
    return switch (model.task()) {
      case BINARY ->
          List.of(model.labels().orElseThrow().negative(), model.predictions().positive());
      case MULTICLASS -> List.copyOf(model.predictions().classScores().keySet());
      case REGRESSION, TELEMETRY -> List.of();
    };
  }
}
