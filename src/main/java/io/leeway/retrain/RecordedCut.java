package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.domain.UserException;
import io.leeway.store.SqlName;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The cut through the scores by which recorded decisions of a binary model were made: that of all
 * rows; else, where versions decided by different cuts, that of the version whose last row is the
 * latest. A cut is there where every positive decision has a higher score than every negative one.
 * Rows without a score or a decision, or with a score that is NaN, say nothing.
 */
final class RecordedCut {
  private static final String VERSION = "version";
  private static final String LEAST = "least";
  private static final String BELOW = "below";
  private static final String LATEST = "latest";

  private final ModelConfig model;

  private RecordedCut(ModelConfig model) {
    this.model = model;
  }

  /**
   * The shortest decimal of at most six digits that does it, in (0, 1].
   *
   * @param rows with the predictions' columns and {@link TrainingRows#TIME}
   * @throws UserException if there is no cut, with two decisions that contradict each other
   */
  static double of(ModelConfig model, Dataset<Row> rows) {
    RecordedCut cut = new RecordedCut(model);
    Row found = cut.found(rows);
    Range all = Range.of(found);
    if (all.isCut()) {
      return all.cut();
    }
    Row newest = found.getStruct(2);
    if (newest == null) {
      throw cut.refused(all, "");
    }
    Range own = Range.of(newest);
    if (own.isCut()) {
      return own.cut();
    }
    throw cut.refused(own, " of version '" + newest.getString(2) + "', the newest,");
  }

  /** The range of all rows, and of the newest version; NULL where no row bears a version. */
  private Row found(Dataset<Row> rows) {
    PredictionsConfig of = model.predictions();
    Column score = column(of.score().orElseThrow()).cast("double");
    Column decision = column(of.decision().orElseThrow()).cast("string");
    Column positive = decision.equalTo(lit(of.positive()));
    Column version = of.version().map(RecordedCut::column).orElse(lit(null)).cast("string");
    return rows.where(score.isNotNull().and(not(isnan(score))).and(decision.isNotNull()))
        .groupBy(version.as(VERSION))
        .agg(
            min(when(positive, score)).as(LEAST),
            max(when(positive, lit(null)).otherwise(score)).as(BELOW),
            max(col(TrainingRows.TIME)).as(LATEST))
        .agg(
            min(LEAST),
            max(BELOW),
            max_by(
                when(col(VERSION).isNotNull(), struct(col(LEAST), col(BELOW), col(VERSION))),
                when(col(VERSION).isNotNull(), struct(col(LATEST), col(VERSION)))))
        .first();
  }

  private static Column column(String name) {
    return col(SqlName.quoted(name));
  }

  private UserException refused(Range range, String where) {
    return new UserException(
        "Model '%s': the recorded decisions%s do not tell from which score on a decision is positive: %s. Set retrain.threshold, for example to 0.5."
            .formatted(model.name(), where, range.objection(model.predictions().positive())));
  }

  /**
   * How far decisions reach.
   *
   * @param least score of a positive decision; empty without any
   * @param below the greatest score of any other decision; empty without any
   */
  private record Range(Optional<Double> least, Optional<Double> below) {
    private static final int MOST_DIGITS = 6;

    /** Of a row that begins with both. */
    static Range of(Row row) {
      return new Range(
          Optional.ofNullable(row.<Double>getAs(0)), Optional.ofNullable(row.<Double>getAs(1)));
    }

    boolean isCut() {
      return least.isPresent()
          && below.isPresent()
          && least.get() > below.get()
          && least.get() > 0
          && least.get() <= 1;
    }

    /** The shortest decimal that lies between, which is what people write. */
    double cut() {
      for (int digits = 1; digits <= MOST_DIGITS; digits++) {
        double scale = Math.pow(10, digits);
        double candidate = Math.floor(least.get() * scale) / scale;
        if (candidate > below.get()) {
          return candidate;
        }
      }
      return least.get();
    }

    /** Why there is no cut. */
    String objection(String positive) {
      if (least.isEmpty()) {
        return "none of them is '" + positive + "'";
      }
      if (below.isEmpty()) {
        return "all of them are '" + positive + "'";
      }
      return least.get() > below.get()
          ? "the least score decided '"
              + positive
              + "' is "
              + least.get()
              + ", which is no probability above 0"
          : "a score of "
              + least.get()
              + " was decided '"
              + positive
              + "', and one of "
              + below.get()
              + " was not";
    }
  }
}
