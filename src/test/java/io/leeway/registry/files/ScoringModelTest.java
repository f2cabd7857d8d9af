package io.leeway.registry.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Task;
import io.leeway.domain.UserException;
import io.leeway.testing.LocalSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScoringModelTest {
  private static PipelineModel pipeline;

  @BeforeAll
  static void train() {
    pipeline = Loans.pipeline();
  }

  private static Dataset<Row> sql(String query) {
    return LocalSpark.session().sql(query);
  }

  private static ScoringModel binary(double threshold) {
    return new ScoringModel(Loans.description(threshold), pipeline);
  }

  @Test
  void aBinaryScoreIsTheProbabilityOfThePositiveClass() {
    Row row = binary(0.5).score(sql("SELECT 7D AS x, 'vic' AS `owner's state`")).first();
    // The logistic curve of the fitted coefficients; vic is the rarer state, so its index is 1.
    LogisticRegressionModel fitted = (LogisticRegressionModel) pipeline.stages()[3];
    double margin =
        fitted.intercept() + 7 * fitted.coefficients().apply(0) + fitted.coefficients().apply(1);
    assertThat(row.<Double>getAs("leeway_score"))
        .isCloseTo(1 / (1 + Math.exp(-margin)), within(1e-12));
    assertThat(row.<Object>getAs("leeway_class_scores")).isNull();
  }

  @Test
  void fromTheThresholdOnTheDecisionIsPositive() {
    Dataset<Row> rows = sql("SELECT 7D AS x, 'vic' AS `owner's state`");
    double score = binary(0.5).score(rows).first().getAs("leeway_score");
    assertThat(decision(score, rows)).isEqualTo("default");
    assertThat(decision(Math.nextUp(score), rows)).isEqualTo("paid");
  }

  private static String decision(double threshold, Dataset<Row> rows) {
    return binary(threshold).score(rows).first().getAs("leeway_decision");
  }

  @Test
  void theRowsKeepTheirColumnsAndOrderAndNothingElseComesAlong() {
    Dataset<Row> rows =
        sql(
            "SELECT 'a' AS features, 0.25D AS leeway_score, X'01' AS `odd.name`, 1 AS prediction, struct(2 AS k) AS s, 'nsw' AS `Owner's State`, 3D AS x");
    Dataset<Row> scored = binary(0.5).score(rows);
    assertThat(scored.columns())
        .containsExactly(
            "features",
            "odd.name",
            "prediction",
            "s",
            "Owner's State",
            "x",
            "leeway_score",
            "leeway_class_scores",
            "leeway_decision");
    Row row = scored.first();
    assertThat(row.getString(0)).isEqualTo("a");
    assertThat(row.getInt(2)).isEqualTo(1);
    assertThat(row.getStruct(3).getInt(0)).isEqualTo(2);
    assertThat(scored.schema().apply("leeway_class_scores").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  @Test
  void missingValuesUnseenCategoriesAndNoRowsAtAllFailNothing() {
    ScoringModel model = binary(0.5);
    List<Row> scored =
        model
            .score(
                sql(
                    "SELECT * FROM VALUES (CAST(NULL AS DOUBLE), 'vic'), (3D, 'mars'), (3D, NULL) AS t(x, `owner's state`)"))
            .collectAsList();
    assertThat(scored)
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.<Double>getAs("leeway_score")).isBetween(0.0, 1.0));
    assertThat(
            model
                .score(sql("SELECT 1D AS x, 'vic' AS `owner's state` WHERE false"))
                .collectAsList())
        .isEmpty();
  }

  @Test
  void otherTypesAreCastAndWhatCannotBeCastCountsAsMissing() {
    List<Double> scores =
        binary(0.5)
            .score(
                sql(
                    "SELECT * FROM VALUES ('3', 'vic'), ('three', 'vic'), (NULL, 'vic') AS t(x, `owner's state`)"))
            .collectAsList()
            .stream()
            .map(row -> row.<Double>getAs("leeway_score"))
            .toList();
    double three =
        binary(0.5).score(sql("SELECT 3D AS x, 'vic' AS `owner's state`")).first().getAs(2);
    assertThat(scores.get(0)).isEqualTo(three);
    assertThat(scores.get(1)).isEqualTo(scores.get(2)).isNotEqualTo(three);
  }

  @Test
  void aMissingColumnAndOneOfAnImpossibleTypeAreNamed() {
    assertThatThrownBy(() -> binary(0.5).score(sql("SELECT 1D AS x, 2 AS y")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'credit' reads the column 'owner's state' of type STRING, which the rows to be scored do not have. Their columns are: x, y. Add it, with NULL where nothing is known.");
    assertThatThrownBy(
            () -> binary(0.5).score(sql("SELECT array(1) AS x, 'vic' AS `owner's state`")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Model 'credit' reads the column 'x' of type DOUBLE, but in the rows to be scored it is of type ARRAY<INT>. Cast it there, or train the model on rows like these.");
  }

  private static PipelineModel of(Transformer... stages) {
    return new PipelineModel("pipeline", Arrays.asList(stages));
  }

  @Test
  void ofSeveralClassesTheFirstOfTheLikeliestIsDecidedFor() {
    PipelineModel model =
        of(
            new VectorAssembler("v")
                .setInputCols(new String[] {"a", "b", "c"})
                .setOutputCol("prediction"));
    ModelDescription description =
        new ModelDescription(
            "m",
            Task.MULTICLASS,
            List.of("low", "mid", "high"),
            Optional.empty(),
            OptionalDouble.empty(),
            List.of(
                InputColumn.of("a", DataTypes.DoubleType),
                InputColumn.of("b", DataTypes.DoubleType),
                InputColumn.of("c", DataTypes.DoubleType)),
            "hash",
            new ScoreColumn("prediction", ScoreColumn.Kind.PROBABILITIES));
    List<Row> scored =
        new ScoringModel(description, model)
            .score(
                sql(
                    "SELECT * FROM VALUES (0.2D, 0.4D, 0.4D), (0.1D, 0.2D, 0.7D), (0.4D, 0.3D, 0.3D) AS t(a, b, c)"))
            .collectAsList();
    assertThat(scored)
        .extracting(row -> row.<String>getAs("leeway_decision"))
        .containsExactly("mid", "high", "low");
    assertThat(scored.get(1).<Double>getList(scored.get(1).fieldIndex("leeway_class_scores")))
        .containsExactly(0.1, 0.2, 0.7);
    assertThat(scored.get(1).<Object>getAs("leeway_score")).isNull();
  }

  @Test
  void ofARegressionTheScoreIsTheNumberAndNothingIsDecided() {
    PipelineModel model =
        of(new SQLTransformer("s").setStatement("SELECT *, 2 * x AS prediction FROM __THIS__"));
    ModelDescription description =
        new ModelDescription(
            "m",
            Task.REGRESSION,
            List.of(),
            Optional.empty(),
            OptionalDouble.empty(),
            List.of(InputColumn.of("x", DataTypes.DoubleType)),
            "hash",
            new ScoreColumn("prediction", ScoreColumn.Kind.NUMBER));
    Row row = new ScoringModel(description, model).score(sql("SELECT 4D AS x")).first();
    assertThat(row).hasToString("[4.0,8.0,null,null]");
  }

  @Test
  void aDescriptionMustFitItsTask() {
    assertThatThrownBy(
            () ->
                new ModelDescription(
                    "m",
                    Task.BINARY,
                    List.of("a", "b"),
                    Optional.of("c"),
                    OptionalDouble.of(0.5),
                    List.of(InputColumn.of("x", DataTypes.DoubleType)),
                    "hash",
                    new ScoreColumn("p", ScoreColumn.Kind.NUMBER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Classes [a, b], positive Optional[c].");
    assertThatThrownBy(() -> Loans.description(1.5)).hasMessage("A threshold of 1.5.");
  }
}
