package io.leeway.retrain;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.store.SqlName;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * What was answered at the time, by whoever served, in the shape of a model that scores. Where no
 * column of decisions is configured, a decision follows from the scores as a candidate's does; one
 * that was recorded as missing stays so.
 *
 * @param threshold binary: from this score on a decision that was not recorded is positive
 */
record RecordedAnswers(ModelConfig model, double threshold) {

  /** DOUBLE; NULL of several classes. */
  Column score() {
    return model.predictions().score().map(of -> number(of)).orElse(lit(null).cast("double"));
  }

  /** ARRAY of DOUBLE in the order of the classes; NULL of others. */
  Column classScores() {
    Column[] scores =
        model.predictions().classScores().values().stream()
            .map(RecordedAnswers::number)
            .toArray(Column[]::new);
    return scores.length == 0 ? lit(null).cast("array<double>") : array(scores);
  }

  /** STRING; NULL of a regression, and of rows whose scores or decision are missing. */
  Column decision() {
    return model
        .predictions()
        .decision()
        .map(of -> col(SqlName.quoted(of)).cast("string"))
        .orElseGet(this::derived);
  }

  private Column derived() {
    List<String> classes = Classes.of(model);
    if (model.task() == Task.BINARY) {
      Column positive = score().geq(threshold);
      return when(positive, lit(classes.get(1))).when(score().isNotNull(), lit(classes.get(0)));
    }
    if (model.task() == Task.MULTICLASS) {
      // Of equal scores the first counts. A missing one makes the row one without an answer.
      Column scores = classScores();
      Column[] texts = classes.stream().map(of -> lit(of)).toArray(Column[]::new);
      return element_at(array(texts), array_position(scores, array_max(scores)).cast("int"));
    }
    return lit(null).cast("string");
  }

  private static Column number(String name) {
    return col(SqlName.quoted(name)).cast("double");
  }
}
