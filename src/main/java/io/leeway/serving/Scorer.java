package io.leeway.serving;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A version that has been loaded and checked, ready to answer. */
@FunctionalInterface
public interface Scorer {
  /** DOUBLE: of binary models the probability of the positive outcome, of others the number. */
  String SCORE = "leeway_score";

  /** ARRAY of DOUBLE: of several classes the probabilities, in the order of the configuration. */
  String CLASS_SCORES = "leeway_class_scores";

  /** STRING: the decision, or the class; NULL where the model makes none. */
  String DECISION = "leeway_decision";

  /**
   * Answers.
   *
   * @param rows of features
   * @return each row once with all its columns, and {@link #SCORE}, {@link #CLASS_SCORES} and
   *     {@link #DECISION}; what was not asked of the model is NULL
   */
  Dataset<Row> score(Dataset<Row> rows);
}
