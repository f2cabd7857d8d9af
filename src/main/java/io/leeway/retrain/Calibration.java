package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.domain.UserException;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorSlicer;
import org.apache.spark.ml.regression.IsotonicRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes probabilities of a binary model's scores, by rows that it has not learnt from and as often
 * as they are, so that weights of classes do not stay in the probabilities.
 *
 * @see <a href="https://doi.org/10.1145/775047.775151">Zadrozny and Elkan (2002), isotonic</a>
 * @see <a href="https://doi.org/10.1145/1102351.1102430">Niculescu-Mizil and Caruana (2005)</a>
 */
final class Calibration {
  /** Rows of a half below which a comparison is chance. */
  private static final long ENOUGH_ROWS = 50;

  private static final ScoreColumn PLAIN =
      new ScoreColumn(Learners.PROBABILITY, ScoreColumn.Kind.PROBABILITIES);
  private static final ScoreColumn PLATT =
      new ScoreColumn("leeway_platt_probability", ScoreColumn.Kind.PROBABILITIES);
  private static final ScoreColumn ISOTONIC =
      new ScoreColumn("leeway_isotonic_probability", ScoreColumn.Kind.NUMBER);
  private static final String MARGIN = "leeway_platt_margin";

  /** A calibration that is fitted: stages after the model's, and where they leave the score. */
  record Fitted(CalibrationChoice choice, List<Transformer> stages, ScoreColumn score) {
    Fitted {
      stages = List.copyOf(stages);
    }
  }

  private Calibration() {}

  /** None at all, of whatever task. */
  static Fitted none(Task task) {
    ScoreColumn score =
        task == Task.REGRESSION
            ? new ScoreColumn(Learners.PREDICTED, ScoreColumn.Kind.NUMBER)
            : PLAIN;
    return new Fitted(CalibrationChoice.none(), List.of(), score);
  }

  /**
   * Chooses and fits.
   *
   * @param wanted a way, or {@code AUTO} for the best of all, of equally good ones the simplest
   * @param scored rows set aside with the model's scores, and in {@link TrainingRows#FOLD} their
   *     half
   * @throws UserException if a way is wanted by name and the rows are too few or of one class
   */
  static Fitted of(ModelConfig model, Calibrate wanted, Dataset<Row> scored) {
    long rows = scored.count();
    Outcome<Long> enough = enough(scored);
    if (!enough.isDefined()) {
      if (wanted != Calibrate.AUTO) {
        throw new UserException(
            "Model '%s': the scores cannot be calibrated as retrain.calibrate = %s asks: %s. Learn from more rows, or write calibrate = auto."
                .formatted(model.name(), wanted.text(), enough.reason().orElseThrow()));
      }
      Map<Calibrate, Outcome<Double>> untold = new EnumMap<>(Calibrate.class);
      for (Calibrate way : ways()) {
        untold.put(way, Outcome.undefined(enough.reason().orElseThrow()));
      }
      return fitted(new CalibrationChoice(Calibrate.NONE, untold, rows), scored);
    }
    Dataset<Row> first = scored.where(col(TrainingRows.FOLD).equalTo(0));
    Dataset<Row> second = scored.where(col(TrainingRows.FOLD).equalTo(1));
    Map<Calibrate, Outcome<Double>> losses = new EnumMap<>(Calibrate.class);
    Calibrate best = Calibrate.NONE;
    double least = Double.POSITIVE_INFINITY;
    for (Calibrate way : ways()) {
      Dataset<Row> calibrated = second;
      for (Transformer stage : stages(way, first)) {
        calibrated = stage.transform(calibrated);
      }
      Outcome<Double> loss = TrialMetric.of(Task.BINARY, calibrated, score(way));
      losses.put(way, loss);
      if (loss.isDefined() && loss.orElseThrow() < least) {
        best = way;
        least = loss.orElseThrow();
      }
    }
    Calibrate chosen = wanted == Calibrate.AUTO ? best : wanted;
    return fitted(new CalibrationChoice(chosen, losses, rows), scored);
  }

  private static List<Calibrate> ways() {
    return List.of(Calibrate.NONE, Calibrate.PLATT, Calibrate.ISOTONIC);
  }

  private static Fitted fitted(CalibrationChoice choice, Dataset<Row> scored) {
    return new Fitted(choice, stages(choice.chosen(), scored), score(choice.chosen()));
  }

  /** Whether both halves have rows of both classes, and enough; the rows of the smaller half. */
  private static Outcome<Long> enough(Dataset<Row> scored) {
    List<Row> halves =
        scored
            .groupBy(TrainingRows.FOLD)
            .agg(count(lit(1)), countDistinct(TrainingRows.LABEL))
            .collectAsList();
    long least =
        halves.size() < 2 ? 0 : halves.stream().mapToLong(half -> half.getLong(1)).min().orElse(0);
    if (least < ENOUGH_ROWS) {
      return Outcome.undefined(
          "a half of the rows set aside has %d rows, fewer than %d".formatted(least, ENOUGH_ROWS));
    }
    return halves.stream().allMatch(half -> half.getLong(2) == 2)
        ? Outcome.of(least)
        : Outcome.undefined("a half of the rows set aside is of one class");
  }

  private static ScoreColumn score(Calibrate way) {
    return switch (way) {
      case PLATT -> PLATT;
      case ISOTONIC -> ISOTONIC;
      case NONE, AUTO -> PLAIN;
    };
  }

  private static List<Transformer> stages(Calibrate way, Dataset<Row> rows) {
    List<Transformer> stages = new ArrayList<>();
    Dataset<Row> before = rows;
    if (way == Calibrate.PLATT) {
      VectorSlicer slicer =
          new VectorSlicer("leeway_platt_slice")
              .setInputCol(Learners.RAW)
              .setIndices(new int[] {1})
              .setOutputCol(MARGIN);
      stages.add(slicer);
      before = slicer.transform(before);
    }
    if (way == Calibrate.PLATT || way == Calibrate.ISOTONIC) {
      stages.add(estimator(way).fit(before));
    }
    return stages;
  }

  private static Estimator<?> estimator(Calibrate way) {
    return way == Calibrate.PLATT
        ? new LogisticRegression("leeway_platt")
            .setFeaturesCol(MARGIN)
            .setLabelCol(TrainingRows.LABEL)
            .setProbabilityCol(PLATT.column())
            .setRawPredictionCol("leeway_platt_raw")
            .setPredictionCol("leeway_platt_predicted")
        : new IsotonicRegression("leeway_isotonic")
            .setFeaturesCol(Learners.PROBABILITY)
            .setFeatureIndex(1)
            .setLabelCol(TrainingRows.LABEL)
            .setPredictionCol(ISOTONIC.column());
  }
}
