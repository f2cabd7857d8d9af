package io.leeway.retrain;

import io.leeway.config.Algorithm;
import io.leeway.config.Task;
import io.leeway.config.TrainingParameter;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;
import org.apache.spark.sql.types.StructType;

/**
 * MLlib's learners with fixed ids, columns and seed. What is not set has MLlib's default.
 *
 * @param weighted whether rows weigh as {@link ClassWeights#COLUMN} says
 */
record Learners(Algorithm algorithm, Task task, long seed, boolean weighted) {
  static final String RAW = "leeway_margin";
  static final String PROBABILITY = "leeway_probability";

  /** The class by MLlib, of a regression the number. */
  static final String PREDICTED = "leeway_predicted";

  private static final int BINS = 32;

  /**
   * A learner of rows with features.
   *
   * @param parameters that are set
   * @param schema of the rows
   */
  Estimator<?> of(Map<TrainingParameter, Double> parameters, StructType schema) {
    Predictor<?, ?, ?> learner = learner();
    learner.set(learner.featuresCol(), FeaturePipeline.FEATURES);
    learner.set(learner.labelCol(), TrainingRows.LABEL);
    learner.set(learner.predictionCol(), PREDICTED);
    if (learner instanceof ProbabilisticClassifier<?, ?, ?> classifier) {
      classifier.set(classifier.probabilityCol(), PROBABILITY);
      classifier.set(classifier.rawPredictionCol(), RAW);
    }
    if (learner.hasParam("seed")) {
      set(learner, "seed", seed);
    }
    if (weighted) {
      set(learner, "weightCol", ClassWeights.COLUMN);
    }
    parameters.forEach((of, value) -> set(learner, of, value));
    if (algorithm == Algorithm.GBT || algorithm == Algorithm.RANDOM_FOREST) {
      double bins = parameters.getOrDefault(TrainingParameter.MAX_BINS, (double) BINS);
      // A category is a bin of its own, whatever the configuration grants to numbers.
      set(learner, "maxBins", Math.max((int) bins, categories(schema)));
    }
    return learner;
  }

  private Predictor<?, ?, ?> learner() {
    boolean number = task == Task.REGRESSION;
    return switch (algorithm) {
      case LOGISTIC_REGRESSION ->
          new LogisticRegression("leeway_logistic")
              .setFamily(task == Task.BINARY ? "binomial" : "multinomial");
      case RANDOM_FOREST ->
          number
              ? new RandomForestRegressor("leeway_forest")
              : new RandomForestClassifier("leeway_forest");
      case GBT -> number ? new GBTRegressor("leeway_gbt") : new GBTClassifier("leeway_gbt");
      case LINEAR_REGRESSION -> new LinearRegression("leeway_linear");
    };
  }

  private static void set(Predictor<?, ?, ?> learner, TrainingParameter of, double value) {
    switch (of) {
      case MAX_ITER -> set(learner, "maxIter", (int) value);
      case MAX_DEPTH -> set(learner, "maxDepth", (int) value);
      case MAX_BINS -> set(learner, "maxBins", (int) value);
      case MIN_INSTANCES -> set(learner, "minInstancesPerNode", (int) value);
      case NUM_TREES -> set(learner, "numTrees", (int) value);
      case SUBSAMPLING_RATE -> set(learner, "subsamplingRate", value);
      case STEP_SIZE -> set(learner, "stepSize", value);
      case REG_PARAM -> set(learner, "regParam", value);
      case ELASTIC_NET -> set(learner, "elasticNetParam", value);
    }
  }

  private static void set(Predictor<?, ?, ?> learner, String name, Object value) {
    Param<Object> param = learner.getParam(name);
    learner.set(new ParamPair<>(param, value));
  }

  /** Most categories of a feature; 0 where all are numbers. */
  private static int categories(StructType schema) {
    AttributeGroup group = AttributeGroup.fromStructField(schema.apply(FeaturePipeline.FEATURES));
    int most = 0;
    if (group.attributes().isDefined()) {
      for (Attribute attribute : group.attributes().get()) {
        if (attribute instanceof NominalAttribute nominal && nominal.getNumValues().isDefined()) {
          most = Math.max(most, (Integer) nominal.getNumValues().get());
        }
      }
    }
    return most;
  }
}
