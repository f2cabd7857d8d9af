package io.leeway.cli.conformance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.monitor.Progress;
import io.leeway.registry.files.ScoringModel;
import io.leeway.retrain.FeaturePipeline;
import io.leeway.retrain.Trained;
import io.leeway.retrain.Trainer;
import io.leeway.retrain.TrainingPeriod;
import io.leeway.retrain.TrainingRows;
import io.leeway.store.SourceTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What retraining would have brought on a folder's data. At the start of each window a model is
 * trained on what was known then, and answers the window's rows beside the published model; no
 * label of the window, nor any later one, is looked at before.
 */
final class RetrainWalk {
  private static final double HALF = 0.5;

  private final SparkSession spark;
  private final Path work;
  private final Progress progress;

  RetrainWalk(SparkSession spark, Path work, Progress progress) {
    this.spark = spark;
    this.work = work;
    this.progress = progress;
  }

  /**
   * The table in Markdown, window by window, and all windows together.
   *
   * @param retrain the block of settings, in HOCON
   * @param every windows that a trained model answers before the next one is trained
   */
  List<String> run(Path folder, String retrain, int every) {
    FolderSchema schema = FolderSchema.read(folder);
    if (schema.task() == Task.MULTICLASS) {
      throw new UserException(
          "Folder " + folder + " has several classes; this compares two classes or numbers.");
    }
    LabelTable labels = LabelTable.load(spark, folder, schema, work.resolve("labels"));
    PredictionTable predictions =
        PredictionTable.load(
            spark, folder, schema, labels, Optional.empty(), work.resolve("predictions"));
    ModelText text =
        new ModelText(
            schema,
            predictions,
            predictions,
            labels,
            WindowPlan.of(schema.windows(), Optional.empty()));
    ModelConfig model = config(text, retrain);
    Sides all = new Sides();
    List<String> lines = new ArrayList<>(WalkedWindow.header(schema.task()));
    Optional<ScoringModel> current = Optional.empty();
    int number = 0;
    for (Window window : schema.windows()) {
      if (number % every == 0) {
        progress.say("Training as of " + window.start() + ".");
        current = trained(model, schema, window.start());
      }
      number++;
      if (current.isPresent()) {
        Sides sides = answered(model, window, current.get());
        lines.add(WalkedWindow.line(schema.task(), window.start().toString(), sides));
        all.addAll(sides);
      }
    }
    lines.add(WalkedWindow.line(schema.task(), "all", all));
    return lines;
  }

  /** The folder's model; its reference's rows are there to learn from, too. */
  private ModelConfig config(ModelText text, String retrain) {
    String hocon =
        text.text(work.resolve("store"))
            .replaceFirst("(?m)^      where = .*$", "")
            .replaceFirst(
                "(?m)^    max-segments",
                "    retrain { "
                    + retrain.replace("\\", "\\\\").replace("$", "\\$")
                    + " }\n    max-segments");
    return ConfigLoader.load(hocon, work.toAbsolutePath()).model(text.schema().dataset());
  }

  private SourceTable table(io.leeway.config.TableRef address) {
    return SourceTable.open(spark, address, OptionalLong.empty());
  }

  private Optional<ScoringModel> trained(ModelConfig model, FolderSchema schema, Instant now) {
    RetrainConfig config = model.retrain().orElseThrow();
    Instant first = now.minus(config.training().window());
    Instant earliest = schema.reference().start();
    TrainingPeriod period =
        new TrainingPeriod(
            first.isBefore(earliest) ? earliest : first,
            now.minus(config.training().holdout()),
            now,
            now);
    try (TrainingRows rows =
        TrainingRows.read(
            model,
            config.training(),
            table(model.predictions().table()),
            table(model.labels().orElseThrow().table()),
            period)) {
      FeaturePipeline features = FeaturePipeline.of(model, config.pipeline(), rows.all());
      Trained trained = new Trainer(model, config.training(), features).train(rows);
      return Optional.of(new ScoringModel(trained.description(model, HALF), trained.pipeline()));
    } catch (UserException e) {
      progress.say("Nothing is trained: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Sides answered(ModelConfig model, Window window, ScoringModel retrained) {
    TrainingPeriod period =
        new TrainingPeriod(
            window.start(),
            window.start().plus(1, ChronoUnit.MICROS),
            window.end(),
            Instant.parse("9999-01-01T00:00:00Z"));
    Sides sides = new Sides();
    try (TrainingRows rows =
        TrainingRows.read(
            model,
            model.retrain().orElseThrow().training(),
            table(model.predictions().table()),
            table(model.labels().orElseThrow().table()),
            period)) {
      String score = model.predictions().score().orElseThrow();
      for (Row row :
          retrained
              .score(
                  rows.all().where(col(PredictionTable.PERIOD).equalTo(lit(FolderSchema.ANALYSIS))))
              .select(
                  col(TrainingRows.LABEL),
                  col("`" + score.replace("`", "``") + "`").cast("double"),
                  col(ScoringModel.SCORE))
              .collectAsList()) {
        sides.add(row.getDouble(0), row.getDouble(1), row.getDouble(2));
      }
    } catch (UserException e) {
      progress.say(
          String.format(Locale.ROOT, "Window from %s: %s", window.start(), e.getMessage()));
    }
    return sides;
  }
}
