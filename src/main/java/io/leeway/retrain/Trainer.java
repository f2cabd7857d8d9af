package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.TrainingConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.retrain.FoldFrames.Frames;
import io.leeway.stats.Outcome;
import io.leeway.store.StorageErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains a candidate: tries the grid on the folds, fits the setting of the least mean metric to all
 * rows to fit by, of equally good ones the first, and calibrates its scores.
 */
public final class Trainer {
  /**
   * The score's column in a trained pipeline's output, the name that MLflow looks for: a vector of
   * probabilities, or a number.
   */
  public static final String SCORE = "prediction";

  private final ModelConfig model;
  private final TrainingConfig config;
  private final FeaturePipeline features;

  public Trainer(ModelConfig model, TrainingConfig config, FeaturePipeline features) {
    this.model = model;
    this.config = config;
    this.features = features;
  }

  /**
   * Trains; the holdout is not looked at.
   *
   * @throws UserException if the rows are too few, or of one class, or a feature cannot be learnt
   *     from them, or a computed feature fails
   * @throws io.leeway.domain.EnvironmentException if memory, an executor or the storage fails
   */
  public Trained train(TrainingRows rows) {
    long start = System.nanoTime();
    if (rows.facts().trainingRows() < config.minLabelled()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Model '%s': %d labelled predictions to learn from, fewer than retrain.min-labelled = %d. Wait for labels, or widen retrain.window.",
              model.name(),
              rows.facts().trainingRows(),
              config.minLabelled()));
    }
    try {
      return train(rows, start);
    } catch (Exception e) {
      throw StorageErrors.explain(e, "Model '" + model.name() + "', training");
    }
  }

  private Trained train(TrainingRows rows, long start) {
    FoldFrames frames = new FoldFrames(model, config, features);
    Learners learners =
        new Learners(config.algorithm(), model.task(), config.seed(), config.classWeights());
    ScoreColumn plain = Calibration.none(model.task()).score();
    Dataset<Row> fit = rows.part(TrainingRows.FIT);
    // All rows first: what no fold can be learnt from need not be tried.
    try (Frames all = required(frames.of(fit, fit.limit(0)))) {
      List<Trial> trials = new TrialRuns(frames, learners, plain).of(fit);
      int best = best(trials);
      Transformer learnt =
          learners.of(config.grid().get(best), all.learn().schema()).fit(all.learn());
      List<Transformer> stages = new ArrayList<>(all.stages());
      stages.add(learnt);
      Calibration.Fitted calibration = calibration(rows, frames, stages);
      stages.addAll(calibration.stages());
      stages.add(output(calibration.score()));
      return new Trained(
          new PipelineModel("leeway_model", stages),
          new ScoreColumn(SCORE, calibration.score().kind()),
          features.inputs(),
          features.hash(),
          trials,
          config.grid().get(best),
          all.weights(),
          calibration.choice(),
          (System.nanoTime() - start) / 1e9);
    }
  }

  private Frames required(Outcome<Frames> frames) {
    return frames.fold(
        made -> made,
        why -> {
          throw new UserException(
              "Model '%s': nothing can be learnt, since %s. Check labels, features and retrain.window."
                  .formatted(model.name(), why));
        });
  }

  private Calibration.Fitted calibration(
      TrainingRows rows, FoldFrames frames, List<Transformer> stages) {
    if (!TrainingRows.calibrates(model, config)) {
      return Calibration.none(model.task());
    }
    Dataset<Row> scored = frames.apply(stages, rows.part(TrainingRows.CALIBRATION)).persist();
    try {
      return Calibration.of(model, config.calibrate(), scored);
    } finally {
      scored.unpersist();
    }
  }

  private static Transformer output(ScoreColumn score) {
    return new SQLTransformer("leeway_output")
        .setStatement("SELECT *, %s AS %s FROM __THIS__".formatted(score.column(), SCORE));
  }

  /** The setting of the least mean over the folds that say anything. */
  private int best(List<Trial> trials) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int number = 0; number < config.grid().size(); number++) {
      int which = number;
      List<Double> values =
          trials.stream()
              .filter(trial -> trial.number() == which)
              .flatMap(trial -> trial.value().value().stream())
              .toList();
      // A setting that fails on a fold must not win by having it left out.
      if (values.size() == mostFolds(trials)) {
        double mean = values.stream().mapToDouble(value -> value).sum() / values.size();
        if (mean < least) {
          best = number;
          least = mean;
        }
      }
    }
    if (best < 0) {
      Optional<String> why =
          trials.stream().flatMap(trial -> trial.value().reason().stream()).findFirst();
      throw new UserException(
          "Model '%s': no setting could be measured on any fold, since %s. Use fewer folds, or learn from more rows."
              .formatted(model.name(), why.orElse("there are none")));
    }
    return best;
  }

  private static long mostFolds(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.value().isDefined())
        .map(Trial::fold)
        .distinct()
        .count();
  }
}
