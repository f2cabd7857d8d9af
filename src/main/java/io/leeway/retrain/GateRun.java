package io.leeway.retrain;

import io.leeway.config.GateConfig;
import io.leeway.config.ModelConfig;
import io.leeway.registry.files.ScoringModel;
import io.leeway.retrain.gate.Facts;
import io.leeway.retrain.gate.Gate;
import io.leeway.retrain.gate.GatePlan;
import io.leeway.retrain.gate.HoldoutRows;
import io.leeway.retrain.gate.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores the holdout by both sides, measures what that costs, and asks the gate. */
final class GateRun {
  private final ModelConfig model;
  private final GateConfig config;
  private final double threshold;

  /**
   * Of a model.
   *
   * @param threshold binary: as of {@link DecisionThreshold}
   */
  GateRun(ModelConfig model, GateConfig config, double threshold) {
    this.model = model;
    this.config = config;
    this.threshold = threshold;
  }

  /**
   * What the gate says.
   *
   * @param champion in the registry; where it is empty, the candidate is held against what was
   *     answered at the time
   */
  Verdict of(TrainingRows rows, ScoringModel candidate, Optional<Incumbent> champion) {
    Dataset<Row> holdout = rows.part(TrainingRows.HOLDOUT);
    HoldoutRows scored =
        new Holdout(model, config, threshold)
            .rows(rows.part(TrainingRows.HOLDOUT, TrainingRows.SCENARIO), candidate, champion);
    long count = rows.facts().rowsByPart().getOrDefault(TrainingRows.HOLDOUT, 0L);
    Facts facts =
        count == 0
            ? Facts.NONE
            : new Facts(
                OptionalDouble.of(millis(candidate, holdout, count)),
                champion
                    .map(of -> OptionalDouble.of(millis(of.scoring(), holdout, count)))
                    .orElse(OptionalDouble.empty()));
    return Gate.check(
        GatePlan.of(config, model.task(), model.slices(), model.fairness().attributes()),
        scored,
        facts);
  }

  /** Milliseconds for a thousand rows, warm. */
  private static double millis(ScoringModel scoring, Dataset<Row> rows, long count) {
    long start = System.nanoTime();
    scoring.score(rows).write().format("noop").mode("overwrite").save();
    return (System.nanoTime() - start) / 1e6 * 1_000 / count;
  }
}
