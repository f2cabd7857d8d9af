package io.leeway.config;

import static io.leeway.config.TrainingParameter.ELASTIC_NET;
import static io.leeway.config.TrainingParameter.MAX_BINS;
import static io.leeway.config.TrainingParameter.MAX_DEPTH;
import static io.leeway.config.TrainingParameter.MAX_ITER;
import static io.leeway.config.TrainingParameter.MIN_INSTANCES;
import static io.leeway.config.TrainingParameter.NUM_TREES;
import static io.leeway.config.TrainingParameter.REG_PARAM;
import static io.leeway.config.TrainingParameter.STEP_SIZE;
import static io.leeway.config.TrainingParameter.SUBSAMPLING_RATE;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How a model is learnt. */
public enum Algorithm {
  /** A linear score through a logistic curve; of several classes the multinomial form. */
  LOGISTIC_REGRESSION,
  /** The mean of trees, each of a sample of rows and columns. */
  RANDOM_FOREST,
  /** Trees one after the other, each of what those before left wrong. */
  GBT,
  /** A linear score of least squares. */
  LINEAR_REGRESSION;

  /** As written in the configuration. */
  public String text() {
    return Words.text(this);
  }

  /** Whether it can learn a task. */
  public boolean learns(Task task) {
    return switch (this) {
      case LOGISTIC_REGRESSION -> task == Task.BINARY || task == Task.MULTICLASS;
      case RANDOM_FOREST -> task != Task.TELEMETRY;
      case GBT -> task == Task.BINARY || task == Task.REGRESSION;
      case LINEAR_REGRESSION -> task == Task.REGRESSION;
    };
  }

  /** What may be set of it, in the order of {@link TrainingParameter}. */
  public Set<TrainingParameter> parameters() {
    return new TreeSet<>(
        switch (this) {
          case LOGISTIC_REGRESSION, LINEAR_REGRESSION -> List.of(MAX_ITER, REG_PARAM, ELASTIC_NET);
          case RANDOM_FOREST ->
              List.of(NUM_TREES, MAX_DEPTH, MAX_BINS, MIN_INSTANCES, SUBSAMPLING_RATE);
          case GBT ->
              List.of(MAX_ITER, MAX_DEPTH, MAX_BINS, MIN_INSTANCES, SUBSAMPLING_RATE, STEP_SIZE);
        });
  }

  /** Those that learn a task, as written in the configuration. */
  static List<String> texts(Task task) {
    return Arrays.stream(values()).filter(of -> of.learns(task)).map(Algorithm::text).toList();
  }

  static Algorithm parse(String text) {
    return Words.parse(text, Algorithm.class);
  }
}
