package io.leeway.retrain;

import static io.leeway.retrain.Applicants.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Algorithm;
import io.leeway.config.ModelConfig;
import io.leeway.config.PipelineConfig;
import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.config.TrainingParameter;
import io.leeway.domain.UserException;
import io.leeway.registry.files.ModelFiles;
import io.leeway.registry.files.SavedModel;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.registry.files.ScoringModel;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final int ROWS = 1_000;
  private static final TrainingPeriod PERIOD =
      new TrainingPeriod(day(0), day(75), day(90), day(100));

  @TempDir private Path folder;

  private TrainingRows read(ModelConfig model, Training training) {
    Applicants applicants = new Applicants(folder);
    return TrainingRows.read(
        model,
        training.config(),
        applicants.source("predictions"),
        applicants.source("labels"),
        PERIOD);
  }

  private Trained train(ModelConfig model, Training training) {
    try (TrainingRows rows = read(model, training)) {
      FeaturePipeline features =
          FeaturePipeline.of(model, PipelineConfig.AUTO, rows.part(TrainingRows.FIT));
      return new Trainer(model, training.config(), features).train(rows);
    }
  }

  private Trained train(Training training, String... lines) {
    return train(new Applicants(folder).model(lines), training);
  }

  private static Training small(Algorithm algorithm) {
    Training training = Training.of(algorithm);
    return switch (algorithm) {
      case LOGISTIC_REGRESSION, LINEAR_REGRESSION ->
          training.with(Map.of(TrainingParameter.REG_PARAM, List.of(0.1, 0.001)));
      case RANDOM_FOREST ->
          training.with(
              Map.of(
                  TrainingParameter.NUM_TREES,
                  List.of(3.0),
                  TrainingParameter.MAX_DEPTH,
                  List.of(1.0, 3.0)));
      case GBT ->
          training.with(
              Map.of(
                  TrainingParameter.MAX_ITER,
                  List.of(2.0, 3.0),
                  TrainingParameter.MAX_DEPTH,
                  List.of(2.0)));
    };
  }

  @ParameterizedTest
  @EnumSource(names = "LINEAR_REGRESSION", mode = EnumSource.Mode.EXCLUDE)
  void equalTablesGiveTheSameModelHoweverTheirFilesLie(Algorithm algorithm) {
    ModelConfig model = new Applicants(folder).model();
    ModelFiles files = new ModelFiles(LocalSpark.session(), folder.resolve("models").toString());
    List<String> digests = new ArrayList<>();
    List<List<Double>> scores = new ArrayList<>();
    for (int of : new int[] {1, 2, 4}) {
      new Applicants(folder).apply(ROWS, 1, of);
      Trained trained = train(model, small(algorithm).calibrated(Calibrate.AUTO));
      SavedModel saved =
          files.stage("run-" + of, "m", trained.description(model, 0.5), trained.pipeline());
      digests.add(saved.digest());
      scores.add(
          new ScoringModel(trained.description(model, 0.5), trained.pipeline())
                  .score(new Applicants(folder).source("predictions").read())
                  .orderBy("id")
                  .select(ScoringModel.SCORE)
                  .collectAsList()
                  .stream()
                  .map(row -> row.getDouble(0))
                  .toList());
    }
    assertThat(digests.get(1)).isEqualTo(digests.get(0));
    assertThat(digests.get(2)).isEqualTo(digests.get(0));
    assertThat(scores.get(1)).isEqualTo(scores.get(0)).isEqualTo(scores.get(2));
    assertThat(scores.get(0)).hasSize(ROWS).allMatch(score -> score >= 0 && score <= 1);
  }

  @Test
  void everySettingIsMeasuredOnEveryFoldAndTheLeastMeanWins() {
    new Applicants(folder).apply(ROWS, 1, 1);
    Trained trained = train(small(Algorithm.RANDOM_FOREST));

    assertThat(trained.trials())
        .extracting(trial -> trial.number() + "/" + trial.fold())
        .containsExactly("0/0", "0/1", "1/0", "1/1");
    assertThat(trained.trials()).allMatch(trial -> trial.metric().equals("log_loss"));
    double shallow = mean(trained, 0);
    double deep = mean(trained, 1);
    assertThat(trained.parameters().get(TrainingParameter.MAX_DEPTH))
        .isEqualTo(deep < shallow ? 3.0 : 1.0);
    // The law has three columns, so questions of one column do worse.
    assertThat(deep).isLessThan(shallow);
    // Both know more than the share of defaults alone, whose log loss is at most ln 2.
    assertThat(deep).isLessThan(Math.log(2));
    assertThat(trained.score())
        .isEqualTo(new ScoreColumn("prediction", ScoreColumn.Kind.PROBABILITIES));
    assertThat(trained.calibration()).isEqualTo(CalibrationChoice.none());
  }

  private static double mean(Trained trained, int number) {
    return trained.trials().stream()
        .filter(trial -> trial.number() == number)
        .mapToDouble(trial -> trial.value().orElseThrow())
        .average()
        .orElseThrow();
  }

  @Test
  void ofEquallyGoodSettingsTheFirstIsChosen() {
    new Applicants(folder).apply(ROWS, 1, 1);
    // Trees of depth 1 need no more than two rows on each side, so both settings are one.
    Training training =
        Training.of(Algorithm.RANDOM_FOREST)
            .with(
                Map.of(
                    TrainingParameter.NUM_TREES,
                    List.of(2.0),
                    TrainingParameter.MAX_DEPTH,
                    List.of(1.0),
                    TrainingParameter.MIN_INSTANCES,
                    List.of(2.0, 1.0)));
    Trained trained = train(training);
    assertThat(mean(trained, 0)).isEqualTo(mean(trained, 1));
    assertThat(trained.parameters().get(TrainingParameter.MIN_INSTANCES)).isEqualTo(2.0);
  }

  @Test
  void foldsOfTimeAreMeasuredByWhatCameBefore() {
    new Applicants(folder).apply(ROWS, 1, 1);
    Trained trained = train(small(Algorithm.LOGISTIC_REGRESSION).byTime());
    assertThat(trained.trials()).extracting(Trial::fold).containsExactly(1, 2, 1, 2);
  }

  @Test
  void eachWayOfCalibratingLeavesAProbability() {
    new Applicants(folder).apply(ROWS, 1, 1);
    ModelConfig model = new Applicants(folder).model();
    for (Calibrate way : List.of(Calibrate.PLATT, Calibrate.ISOTONIC)) {
      // Weights make rare classes too likely; calibration takes that back.
      Trained trained = train(model, small(Algorithm.GBT).weighted().calibrated(way));
      assertThat(trained.calibration().chosen()).isEqualTo(way);
      assertThat(trained.calibration().logLoss().keySet())
          .containsExactlyInAnyOrder(Calibrate.NONE, Calibrate.PLATT, Calibrate.ISOTONIC);
      try (TrainingRows rows = read(model, small(Algorithm.GBT).calibrated(way))) {
        Dataset<Row> scored =
            new ScoringModel(trained.description(model, 0.5), trained.pipeline())
                .score(rows.part(TrainingRows.CALIBRATION));
        Row means =
            scored.agg(functions.avg("leeway_score"), functions.avg(TrainingRows.LABEL)).first();
        // Logistic and isotonic regression both keep the mean of the rows that they are fitted to.
        assertThat(means.getDouble(0)).isCloseTo(means.getDouble(1), within(1e-4));
      }
    }
  }

  @Test
  void theCalibrationOfLeastLogLossIsChosen() {
    new Applicants(folder).apply(ROWS, 1, 1);
    CalibrationChoice choice =
        train(small(Algorithm.LOGISTIC_REGRESSION).calibrated(Calibrate.AUTO)).calibration();
    double chosen = choice.logLoss().get(choice.chosen()).orElseThrow();
    assertThat(choice.logLoss().values())
        .hasSize(3)
        .allSatisfy(loss -> assertThat(loss.orElseThrow()).isGreaterThanOrEqualTo(chosen));
    assertThat(choice.rows()).isPositive();
  }

  @Test
  void withTooFewRowsToCalibrateByThereIsNoneAndItSaysWhy() {
    new Applicants(folder).apply(200, 1, 1);
    CalibrationChoice choice =
        train(small(Algorithm.LOGISTIC_REGRESSION).calibrated(Calibrate.AUTO)).calibration();
    assertThat(choice.chosen()).isEqualTo(Calibrate.NONE);
    assertThat(choice.logLoss().get(Calibrate.PLATT).reason().orElseThrow())
        .contains("rows, fewer than");
    assertThatThrownBy(
            () -> train(small(Algorithm.LOGISTIC_REGRESSION).calibrated(Calibrate.PLATT)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Model 'm': the scores cannot be calibrated as retrain.calibrate = platt asks:");
  }

  @Test
  void rowsOfOneClassAreRefused() {
    List<Row> predictions = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      predictions.add(Applicants.application("id-" + i, day(i), "a"));
      labels.add(Applicants.ended("id-" + i, "0", day(30)));
    }
    new Applicants(folder).predictions(predictions, 1);
    new Applicants(folder).labels(labels, 1);
    assertThatThrownBy(() -> train(small(Algorithm.GBT), "features = [income]"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm': nothing can be learnt, since all rows to learn from are of the class '0'. Check labels, features and retrain.window.");
  }

  @Test
  void fewerRowsThanConfiguredAreRefused() {
    List<Row> predictions = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      predictions.add(Applicants.application("id-" + i, day(i), "a"));
      labels.add(Applicants.ended("id-" + i, Integer.toString(i % 2), day(30)));
    }
    new Applicants(folder).predictions(predictions, 1);
    new Applicants(folder).labels(labels, 1);
    assertThatThrownBy(() -> train(small(Algorithm.GBT), "features = [income]"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm': 9 labelled predictions to learn from, fewer than retrain.min-labelled = 10. Wait for labels, or widen retrain.window.");
  }

  @Test
  void aClassWithoutRowsHasAScoreAllTheSame() {
    new Applicants(folder).apply(ROWS, 1, 1);
    String classes =
        "task = multiclass, predictions { score = null, scores { \"0\" = p, \"1\" = s1, \"2\" = s2 }, decision = d }";
    ModelConfig model = new Applicants(folder).model(classes);
    for (Algorithm algorithm : List.of(Algorithm.RANDOM_FOREST, Algorithm.LOGISTIC_REGRESSION)) {
      Trained trained = train(model, small(algorithm));
      Row scored =
          new ScoringModel(trained.description(model, 0.5), trained.pipeline())
              .score(new Applicants(folder).source("predictions").read())
              .first();
      List<Double> scores = scored.getList(scored.fieldIndex(ScoringModel.CLASS_SCORES));
      assertThat(scores).hasSize(3);
      assertThat(scores.get(2)).isCloseTo(0, within(1e-6));
      assertThat(scored.<String>getAs(ScoringModel.DECISION))
          .isEqualTo(scores.get(0) >= scores.get(1) ? "0" : "1");
    }
  }

  @Test
  void aRegressionIsMeasuredByItsErrorAndPredictsTheNumber() {
    new Applicants(folder).apply(ROWS, 1, 1);
    ModelConfig model =
        new Applicants(folder)
            .model(
                "task = regression, labels { table = predictions/, label = age, time = null }",
                "features = null, features = [income, half]",
                "");
    Applicants applicants = new Applicants(folder);
    Dataset<Row> rows =
        applicants.source("predictions").read().selectExpr("*", "CAST(age AS DOUBLE) / 2 AS half");
    rows.write().format("delta").save(folder.resolve("halves").toString());
    for (Algorithm algorithm : List.of(Algorithm.LINEAR_REGRESSION, Algorithm.GBT)) {
      Training training = small(algorithm);
      try (TrainingRows learnt =
          TrainingRows.read(
              model,
              training.config(),
              applicants.source("halves"),
              applicants.source("predictions"),
              PERIOD)) {
        FeaturePipeline features =
            FeaturePipeline.of(model, PipelineConfig.AUTO, learnt.part(TrainingRows.FIT));
        Trained trained = new Trainer(model, training.config(), features).train(learnt);
        assertThat(trained.trials())
            .allMatch(trial -> trial.metric().equals("rmse"))
            // Ages from 18 to 77 spread by 60 / sqrt(12) = 17.3; the feature tells them.
            .allMatch(trial -> trial.value().orElseThrow() < 17.3);
        Row scored =
            new ScoringModel(trained.description(model, 0), trained.pipeline())
                .score(rows)
                .agg(functions.max(functions.expr("abs(leeway_score - age)")))
                .first();
        assertThat(scored.getDouble(0)).isLessThan(algorithm == Algorithm.GBT ? 20 : 2);
      }
    }
  }
}
