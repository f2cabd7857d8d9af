package io.leeway.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much is kept and how far back, with keys directly in the model's block.
 *
 * @param maxSegments segments kept of a slice; the rest is folded into one
 * @param exactValues distinct values up to which a cell of a numeric column stays exact
 * @param stateMemoryBytes memory of one task's profiles, above which they are flushed
 * @param minCell rows below which a segment's values are not shown
 * @param restateHorizon how far back a rewritten source is looked through for changed windows
 * @param storeMetrics metrics to be written for crosses, too, though no rule or view names them
 * @param designEffect overdispersion to be assumed where the reference cannot tell, at least 1
 * @param alertHorizon how old a window may be when a restatement of it still opens an incident, or
 *     people are told of it
 * @param keepSourceDeletes whether a window whose source rows were erased keeps its numbers, or is
 *     restated
 */
public record LimitsConfig(
    int maxSegments,
    int exactValues,
    long stateMemoryBytes,
    int minCell,
    Duration restateHorizon,
    Set<String> storeMetrics,
    double designEffect,
    Duration alertHorizon,
    boolean keepSourceDeletes) {
  private static final long STATE_MEMORY = 256_000_000;
  private static final Duration RESTATE_HORIZON = Duration.ofDays(35);
  private static final Duration ALERT_HORIZON = Duration.ofDays(45);

  public LimitsConfig {
    if (maxSegments < 1 || exactValues < 0 || stateMemoryBytes < 1 || minCell < 1) {
      throw new IllegalArgumentException("Limits are out of range.");
    }
    if (restateHorizon.isNegative() || !(designEffect >= 1) || Double.isInfinite(designEffect)) {
      throw new IllegalArgumentException(
          "Restate horizon " + restateHorizon + " or design effect " + designEffect + " is wrong.");
    }
    storeMetrics = Collections.unmodifiableSet(new LinkedHashSet<>(storeMetrics));
  }

  static LimitsConfig read(Block model) {
    return new LimitsConfig(
        model.integer("max-segments", 1_000, 1),
        model.integer("exact-values", 512, 0),
        model.value("state-memory", STATE_MEMORY, SizeText::parse),
        model.integer("min-cell", 10, 1),
        model.value("restate-horizon", RESTATE_HORIZON, DurationText::parse),
        new LinkedHashSet<>(model.texts("store-metrics")),
        model.value("design-effect", 1.0, LimitsConfig::designEffect),
        model.value("alert-horizon", ALERT_HORIZON, DurationText::parse),
        model.choice("source-deletes", "keep", List.of("keep", "restate")).equals("keep"));
  }

  private static double designEffect(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number >= 1 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Worded below, as is a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a number from 1 on; write for example 1.5");
  }
}
