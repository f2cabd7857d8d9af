package io.leeway.config;

import io.leeway.domain.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks that count where none are written: not worse than the champion overall, within a wider
 * margin in no segment surely worse, no gap between groups surely wider, probabilities that hold;
 * and warnings where scores, decisions or costs are far from the champion's.
 *
 * <p>Margins are what a holdout of some thousand rows can show of two models that are alike.
 */
final class GateDefaults {
  private GateDefaults() {}

  static List<GateRule> of(Task task, List<Slice> slices, List<String> attributes) {
    List<GateRule> rules = new ArrayList<>();
    switch (task) {
      case BINARY -> {
        rules.add(noWorse(GateMetric.LOG_LOSS, Limit.of(0.01)));
        rules.add(noWorse(GateMetric.BRIER, Limit.of(0.005)));
        rules.add(noWorse(GateMetric.ROC_AUC, Limit.of(0.01)));
        addSegments(rules, GateMetric.LOG_LOSS, Limit.of(0.03), slices);
      }
      case MULTICLASS -> {
        rules.add(noWorse(GateMetric.LOG_LOSS, Limit.of(0.02)));
        rules.add(noWorse(GateMetric.BRIER, Limit.of(0.01)));
        rules.add(noWorse(GateMetric.ACCURACY, Limit.of(0.02)));
        addSegments(rules, GateMetric.LOG_LOSS, Limit.of(0.05), slices);
      }
      case REGRESSION -> {
        rules.add(noWorse(GateMetric.MAE, Limit.share(0.02)));
        rules.add(noWorse(GateMetric.MSE, Limit.share(0.05)));
        addSegments(rules, GateMetric.MAE, Limit.share(0.1), slices);
      }
      case TELEMETRY ->
          throw new IllegalArgumentException("Telemetry has no predictions to be checked.");
    }
    if (task != Task.REGRESSION) {
      for (String attribute : attributes) {
        rules.add(grows(GateMetric.EQUAL_OPPORTUNITY_DIFFERENCE, attribute));
        // What share is selected may rightly move with the share that should be.
        rules.add(grows(GateMetric.DEMOGRAPHIC_PARITY_DIFFERENCE, attribute).warning());
      }
      rules.add(below(GateMetric.ECE, 0.05));
      rules.add(below(GateMetric.DECISION_FLIP_RATE, 0.3).warning());
    }
    rules.add(below(GateMetric.SCORE_PSI, 0.25).warning());
    rules.add(below(GateMetric.INFERENCE_COST_RATIO, 3).warning());
    return List.copyOf(rules);
  }

  private static GateRule noWorse(GateMetric metric, Limit margin) {
    return GateRule.of(metric, GateDemand.NO_WORSE_BY, margin);
  }

  private static GateRule below(GateMetric metric, double limit) {
    return GateRule.of(metric, GateDemand.BELOW, Limit.of(limit));
  }

  private static GateRule grows(GateMetric metric, String attribute) {
    return new GateRule(
        metric,
        GateDemand.GROWS_BY,
        Limit.of(0.02),
        List.of(),
        Optional.of(attribute),
        Optional.empty(),
        GateRule.MIN_ROWS,
        true);
  }

  private static void addSegments(
      List<GateRule> rules, GateMetric metric, Limit margin, List<Slice> slices) {
    if (!slices.isEmpty()) {
      rules.add(
          new GateRule(
              metric,
              GateDemand.NO_WORSE_BY,
              margin,
              slices,
              Optional.empty(),
              Optional.empty(),
              GateRule.MIN_ROWS,
              true));
    }
  }
}
