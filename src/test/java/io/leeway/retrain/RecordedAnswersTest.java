package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedAnswersTest {
  @TempDir private Path folder;

  private ModelConfig model(String... lines) {
    return new Applicants(folder).model(lines);
  }

  private static List<String> decisions(
      RecordedAnswers answers, String columns, List<Row> recorded) {
    return LocalSpark.session()
        .createDataFrame(recorded, StructType.fromDDL(columns))
        .coalesce(1)
        .select(answers.decision())
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void aBinaryDecisionThatNoColumnHoldsIsPositiveFromTheThresholdOn() {
    RecordedAnswers answers = new RecordedAnswers(model(), 0.3);
    assertThat(
            decisions(
                answers,
                "p DOUBLE",
                List.of(
                    RowFactory.create(0.29),
                    RowFactory.create(0.3),
                    RowFactory.create(0.9),
                    RowFactory.create((Object) null))))
        .containsExactly("0", "1", "1", null);
  }

  @Test
  void aRecordedDecisionCountsWhateverTheScoreAndAMissingOneStaysMissing() {
    RecordedAnswers answers = new RecordedAnswers(model("predictions.decision = d"), 0.3);
    assertThat(
            decisions(
                answers,
                "p DOUBLE, d INT",
                List.of(RowFactory.create(0.2, 1), RowFactory.create(0.9, null))))
        .containsExactly("1", null);
  }

  @Test
  void ofSeveralClassesTheOneOfTheHighestScoreIsDecidedTheFirstOfEqualOnes() {
    ModelConfig model =
        withoutDecision(
            model(
                "task = multiclass, predictions { score = null, decision = d, scores {",
                "high = h",
                "mid = m",
                "low = l } }"));
    assertThat(
            decisions(
                new RecordedAnswers(model, 0.5),
                "h DOUBLE, m DOUBLE, l DOUBLE",
                List.of(
                    RowFactory.create(0.2, 0.3, 0.5),
                    RowFactory.create(0.2, 0.4, 0.4),
                    RowFactory.create(null, null, null))))
        .containsExactly("low", "mid", null);
  }

  /** As no file can have it today. */
  private static ModelConfig withoutDecision(ModelConfig of) {
    PredictionsConfig old = of.predictions();
    PredictionsConfig predictions =
        new PredictionsConfig(
            old.table(),
            old.id(),
            old.time(),
            old.version(),
            old.score(),
            old.classScores(),
            Optional.empty(),
            old.positive(),
            old.where());
    return new ModelConfig(
        of.name(),
        of.task(),
        predictions,
        of.labels(),
        of.features(),
        of.derivedColumns(),
        of.slices(),
        of.declaredSlices(),
        of.windows(),
        of.reference(),
        of.fairness(),
        of.business(),
        of.operations(),
        of.policy(),
        of.retrain(),
        of.limits(),
        of.hash(),
        of.measureHash());
  }
}
