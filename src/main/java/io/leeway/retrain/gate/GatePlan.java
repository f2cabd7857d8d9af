package io.leeway.retrain.gate;

import io.leeway.config.GateConfig;
import io.leeway.config.GateRule;
import io.leeway.config.Task;
import io.leeway.domain.Slice;
import java.util.List;

/**
 * What is asked of one candidate.
 *
 * @param minRows rows of the holdout below which no number is believed, at least 1
 * @param minOfEachClass rows of each class below which none is, at least 1
 * @param confidence of the two-sided intervals, in [0.5, 1)
 * @param rules in the order of their checks, at least one
 */
public record GatePlan(int minRows, int minOfEachClass, double confidence, List<GateRule> rules) {
  public GatePlan {
    rules = List.copyOf(rules);
    if (rules.isEmpty() || minRows < 1 || minOfEachClass < 1) {
      throw new IllegalArgumentException("A gate has rules, and floors of at least 1.");
    }
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException("The confidence is " + confidence + ".");
    }
  }

  /**
   * For a model.
   *
   * @throws io.leeway.domain.UserException if a written check does not go with the model
   */
  public static GatePlan of(
      GateConfig config, Task task, List<Slice> slices, List<String> attributes) {
    return new GatePlan(
        config.minRows(),
        config.minOfEachClass(),
        config.confidence(),
        config.checksFor(task, slices, attributes));
  }

  /** The one-sided level at which something is sure, that of one end of an interval. */
  double level() {
    return (1 - confidence) / 2;
  }
}
