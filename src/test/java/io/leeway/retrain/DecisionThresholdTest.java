package io.leeway.retrain;

import static io.leeway.retrain.Applicants.day;
import static io.leeway.retrain.Applicants.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.Algorithm;
import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import io.leeway.registry.files.InputColumn;
import io.leeway.registry.files.ModelDescription;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.registry.files.ScoringModel;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionThresholdTest {
  private static final StructType ANSWERS =
      StructType.fromDDL("id STRING, at TIMESTAMP, v STRING, p DOUBLE, d STRING");
  private static final String DECIDED = "predictions { decision = d, version = v }";
  private static final TrainingPeriod PERIOD =
      new TrainingPeriod(day(0), day(20), day(30), day(40));

  @TempDir private Path folder;

  /** Version 1 cuts at 0.7, version 2, which is the newer by its last row, at 0.3. */
  private static final List<Row> TWO_CUTS =
      List.of(
          answer(1, "1", 0.6, "0"),
          answer(2, "1", 0.72, "1"),
          answer(3, "2", 0.24, "0"),
          answer(5, "2", 0.35, "1"),
          answer(4, "1", 0.2, "0"));

  private static Row answer(int day, String version, Double score, String decision) {
    return RowFactory.create("id-" + day, Timestamp.from(day(day)), version, score, decision);
  }

  private double threshold(
      List<Row> answers,
      OptionalDouble configured,
      Optional<ScoringModel> champion,
      String... lines) {
    Applicants applicants = new Applicants(folder);
    LocalSpark.session()
        .createDataFrame(answers, ANSWERS)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(folder.resolve("predictions").toString());
    List<Row> labels = new ArrayList<>();
    answers.forEach(row -> labels.add(ended(row.getString(0), "1", day(35))));
    applicants.labels(labels, 1);
    ModelConfig model = applicants.model(lines);
    try (TrainingRows rows =
        TrainingRows.read(
            model,
            Training.of(Algorithm.RANDOM_FOREST).config(),
            applicants.source("predictions"),
            applicants.source("labels"),
            PERIOD)) {
      return DecisionThreshold.of(model, configured, champion, rows);
    }
  }

  private double recorded(List<Row> answers, String... lines) {
    return threshold(answers, OptionalDouble.empty(), Optional.empty(), lines);
  }

  private static ScoringModel champion(double threshold) {
    ModelDescription description =
        new ModelDescription(
            "m",
            Task.BINARY,
            List.of("0", "1"),
            Optional.of("1"),
            OptionalDouble.of(threshold),
            List.of(new InputColumn("p", "double")),
            "hash",
            new ScoreColumn("p", ScoreColumn.Kind.NUMBER));
    return new ScoringModel(description, new PipelineModel("none", new Transformer[0]));
  }

  @Test
  void theConfiguredOneCountsBeforeTheChampionsAndThatBeforeWhatIsRecorded() {
    ScoringModel champion = champion(0.4);
    assertThat(threshold(TWO_CUTS, OptionalDouble.of(0.9), Optional.of(champion), DECIDED))
        .isEqualTo(0.9);
    assertThat(threshold(TWO_CUTS, OptionalDouble.empty(), Optional.of(champion), DECIDED))
        .isEqualTo(0.4);
  }

  @Test
  void recordedDecisionsThatFollowOneCutBetrayIt() {
    List<Row> answers =
        List.of(
            answer(1, "1", 0.24, "0"),
            answer(2, "2", 0.31, "1"),
            answer(3, "2", Double.NaN, "0"),
            answer(4, "2", null, "1"),
            answer(5, "2", 0.1, null));
    assertThat(recorded(answers, DECIDED)).isEqualTo(0.3);
  }

  @Test
  void ofVersionsWithDifferentCutsTheNewestCounts() {
    assertThat(recorded(TWO_CUTS, DECIDED)).isEqualTo(0.3);
  }

  @Test
  void aRowWithoutAVersionIsOfNoneHoweverNew() {
    List<Row> answers = new ArrayList<>(TWO_CUTS);
    answers.add(answer(9, null, 0.9, "0"));
    assertThat(recorded(answers, DECIDED)).isEqualTo(0.3);
  }

  @Test
  void withoutVersionsTwoCutsAreRefusedWithAPairThatContradicts() {
    assertThatThrownBy(() -> recorded(TWO_CUTS, "predictions.decision = d"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm': the recorded decisions do not tell from which score on a decision is positive: a score of 0.35 was decided '1', and one of 0.6 was not. Set retrain.threshold, for example to 0.5.");
  }

  @Test
  void aNewestVersionWhoseRuleIsNoCutIsRefused() {
    List<Row> answers = new ArrayList<>(TWO_CUTS);
    answers.add(answer(9, "2", 0.5, "0"));
    assertThatThrownBy(() -> recorded(answers, DECIDED))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'm': the recorded decisions of version '2', the newest, do not tell from which score on a decision is positive: a score of 0.35 was decided '1', and one of 0.5 was not. Set retrain.threshold, for example to 0.5.");
  }

  @Test
  void decisionsThatAreAllAlikeAreRefused() {
    assertThatThrownBy(
            () -> recorded(List.of(answer(1, "1", 0.6, "0")), "predictions.decision = d"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("positive: none of them is '1'. Set retrain.threshold");
    assertThatThrownBy(
            () -> recorded(List.of(answer(1, "1", 0.6, "1")), "predictions.decision = d"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("positive: all of them are '1'. Set retrain.threshold");
  }

  @Test
  void withoutAColumnOfDecisionsItIsOneHalf() {
    assertThat(recorded(TWO_CUTS)).isEqualTo(0.5);
  }
}
