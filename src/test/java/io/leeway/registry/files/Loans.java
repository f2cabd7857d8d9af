package io.leeway.registry.files;

import io.leeway.config.Task;
import io.leeway.testing.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A model small enough to see through: a number, a state, and a logistic curve. */
final class Loans {
  private static final StructType SCHEMA =
      StructType.fromDDL("x DOUBLE, `owner's state` STRING, y DOUBLE");

  private Loans() {}

  static Dataset<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(
          RowFactory.create(
              (double) i, i % 3 == 0 ? "vic" : "nsw", i > 9 || i % 4 == 0 ? 1.0 : 0.0));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA).coalesce(1);
  }

  static PipelineModel pipeline() {
    double penalty = 0.1;
    return pipeline(penalty);
  }

  /** Not the same model. */
  static PipelineModel other() {
    double penalty = 0.2;
    return pipeline(penalty);
  }

  private static PipelineModel pipeline(double penalty) {
    return new Pipeline("pipeline")
        .setStages(
            new PipelineStage[] {
              new SQLTransformer("select")
                  .setStatement(
                      "SELECT *, coalesce(x, 0D) AS filled, `owner's state` AS state FROM __THIS__"),
              new StringIndexer("index")
                  .setHandleInvalid("keep")
                  .setInputCol("state")
                  .setOutputCol("state_index"),
              new VectorAssembler("assemble")
                  .setInputCols(new String[] {"filled", "state_index"})
                  .setOutputCol("features"),
              new LogisticRegression("logistic")
                  .setRegParam(penalty)
                  .setLabelCol("y")
                  .setPredictionCol("class")
                  .setProbabilityCol("prediction")
            })
        .fit(rows());
  }

  static ModelDescription description(double threshold) {
    return new ModelDescription(
        "credit",
        Task.BINARY,
        List.of("paid", "default"),
        Optional.of("default"),
        OptionalDouble.of(threshold),
        List.of(
            InputColumn.of("x", DataTypes.DoubleType),
            InputColumn.of("owner's state", DataTypes.StringType)),
        "a".repeat(64),
        new ScoreColumn("prediction", ScoreColumn.Kind.PROBABILITIES));
  }
}
