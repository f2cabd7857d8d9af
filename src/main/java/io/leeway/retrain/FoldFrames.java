package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.config.TrainingConfig;
import io.leeway.stats.Outcome;
import io.leeway.store.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows turned into what a learner takes: label, features and weight. The features are fitted to the
 * rows that are learnt from alone.
 */
record FoldFrames(ModelConfig model, TrainingConfig config, FeaturePipeline features) {

  /**
   * Rows to learn from, and others to measure on.
   *
   * @param stages fitted, from inputs to features
   * @param weights by label; none where classes do not weigh
   * @param learn kept until {@link #close}
   * @param measure kept until {@link #close}
   */
  record Frames(
      List<Transformer> stages,
      Map<Double, Double> weights,
      Dataset<Row> learn,
      Dataset<Row> measure)
      implements AutoCloseable {
    Frames {
      stages = List.copyOf(stages);
      weights = Map.copyOf(weights);
    }

    @Override
    public void close() {
      learn.unpersist();
      measure.unpersist();
    }
  }

  /**
   * Fits the features and applies them.
   *
   * @return why nothing can be learnt from the rows, where so
   */
  Outcome<Frames> of(Dataset<Row> learn, Dataset<Row> measure) {
    Dataset<Row> rows = narrow(learn);
    Map<Double, Long> classes = new TreeMap<>();
    if (model.task() != Task.REGRESSION) {
      rows.groupBy(TrainingRows.LABEL)
          .agg(count(lit(1)))
          .collectAsList()
          .forEach(row -> classes.put(row.getDouble(0), row.getLong(1)));
      if (classes.size() < 2) {
        return Outcome.undefined(
            classes.isEmpty()
                ? "there is no row to learn from"
                : "all rows to learn from are of the class '%s'"
                    .formatted(
                        Classes.of(model).get(classes.keySet().iterator().next().intValue())));
      }
    } else if (rows.isEmpty()) {
      return Outcome.undefined("there is no row to learn from");
    }
    Optional<String> obstacle = features.obstacle(rows);
    if (obstacle.isPresent()) {
      return Outcome.undefined(obstacle.get());
    }
    List<Transformer> stages = new ArrayList<>();
    Dataset<Row> done = rows;
    for (PipelineStage stage : features.stages()) {
      Transformer fitted =
          stage instanceof Estimator<?> estimator ? estimator.fit(done) : (Transformer) stage;
      stages.add(fitted);
      done = fitted.transform(done);
    }
    Map<Double, Double> weights = config.classWeights() ? ClassWeights.of(classes) : Map.of();
    return Outcome.of(
        new Frames(stages, weights, kept(done, weights), kept(apply(stages, measure), weights)));
  }

  /** The rows through stages that are fitted. */
  Dataset<Row> apply(List<? extends Transformer> stages, Dataset<Row> rows) {
    Dataset<Row> done = narrow(rows);
    for (Transformer stage : stages) {
      done = stage.transform(done);
    }
    return done;
  }

  /** The inputs and what training adds, so that no other column is in the pipeline's way. */
  private Dataset<Row> narrow(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    features.inputs().forEach(input -> columns.add(rows.col(SqlName.quoted(input.name()))));
    columns.add(label(rows));
    columns.add(col(TrainingRows.FOLD));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** Tells learners of all classes, also of those that no row has. */
  private Column label(Dataset<Row> rows) {
    Column label = rows.col(TrainingRows.LABEL);
    int classes = Classes.of(model).size();
    return classes == 0
        ? label
        : label.as(
            TrainingRows.LABEL,
            NominalAttribute.defaultAttr()
                .withName(TrainingRows.LABEL)
                .withNumValues(classes)
                .toMetadata());
  }

  private static Dataset<Row> kept(Dataset<Row> rows, Map<Double, Double> weights) {
    return rows.select(
            col(TrainingRows.LABEL), col(FeaturePipeline.FEATURES), ClassWeights.column(weights))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
