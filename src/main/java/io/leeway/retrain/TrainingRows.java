package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.config.TrainingConfig;
import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.config.TrainingConfig.FoldsBy;
import io.leeway.domain.UserException;
import io.leeway.store.SourceTable;
import io.leeway.store.StorageErrors;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows to learn from, in one order whatever the tables' files: partitioned by a hash of the
 * identifier and sorted by it, so that with one partition every sum of a fit is taken in the same
 * order. They have the predictions' columns and {@link #ID}, {@link #TIME}, {@link #LABEL}, {@link
 * #PART} and {@link #FOLD}.
 *
 * <p>The last stretch of time is held out, and so are the periods of the gate's scenarios, which
 * may lie before all other rows. Of the rest a share of the entities is set aside to calibrate by,
 * where there is a calibration; the others fall into folds. Everything is cut by hashes, nothing is
 * drawn, so a row that comes or goes moves no other one.
 */
public final class TrainingRows implements AutoCloseable {
  /** STRING: the prediction's identifier; no two rows have the same. */
  public static final String ID = "leeway_id";

  /** TIMESTAMP of the prediction. */
  public static final String TIME = "leeway_time";

  /** DOUBLE: 1 or 0; of several classes the place of the class; of a regression the number. */
  public static final String LABEL = "leeway_label";

  /** STRING: {@link #FIT}, {@link #CALIBRATION}, {@link #HOLDOUT} or {@link #SCENARIO}. */
  public static final String PART = "leeway_part";

  /**
   * INT: of rows to fit by the fold, from 0; with folds of time, fold 0 is never measured on. Of
   * rows to calibrate by 0 or 1, the half. 0 of those that are not trained on.
   */
  public static final String FOLD = "leeway_fold";

  public static final String FIT = "fit";
  public static final String CALIBRATION = "calibration";
  public static final String HOLDOUT = "holdout";

  /** In the period of a scenario, and not in the holdout. */
  public static final String SCENARIO = "scenario";

  /** Of ten thousand entities, those to calibrate by. */
  private static final int CALIBRATION_SHARE = 1_500;

  private final Dataset<Row> rows;
  private final TrainingFacts facts;
  private final TrainingPeriod period;

  private TrainingRows(Dataset<Row> rows, TrainingFacts facts, TrainingPeriod period) {
    this.rows = rows;
    this.facts = facts;
    this.period = period;
  }

  /**
   * Reads, joins, cuts and keeps the rows until {@link #close}.
   *
   * @param predictions at one version
   * @param labels at one version
   * @throws UserException if there is no labelled row, or a column is missing or cannot be read
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public static TrainingRows read(
      ModelConfig model,
      TrainingConfig config,
      SourceTable predictions,
      SourceTable labels,
      TrainingPeriod period) {
    try {
      Dataset<Row> labelled =
          new LabelledPredictions(model, period, config.entity())
              .of(predictions, labels)
              .withColumn(PART, part(model, config, period))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return cut(model, config, labelled, period);
      } finally {
        labelled.unpersist();
      }
    } catch (Exception e) {
      throw StorageErrors.explain(
          e,
          "Model '%s', tables '%s' and '%s'"
              .formatted(model.name(), predictions.address(), labels.address()));
    }
  }

  private static TrainingRows cut(
      ModelConfig model, TrainingConfig config, Dataset<Row> labelled, TrainingPeriod period) {
    Column early = col(TIME).lt(lit(period.from()));
    Column trained = when(col(PART).isin(FIT, CALIBRATION), expr("unix_micros(leeway_time)"));
    Row span =
        labelled
            .agg(
                count(when(early, 1)),
                count(lit(1)),
                min(trained),
                max(trained),
                count(when(col(PART).notEqual(SCENARIO), 1)))
            .first();
    long before = span.getLong(0);
    long found = span.getLong(1) - before;
    if (found == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Model '%s': no prediction from %s until %s has a label known by %s, so there is nothing to learn from. Check that labels have come and that labels.id matches predictions.id.",
              model.name(),
              period.from(),
              period.until(),
              period.labelsUntil()));
    }
    Column bound =
        when(early, lit(bound(labelled.where(early), before, config.maxRows())))
            .otherwise(lit(bound(labelled.where(not(early)), found, config.maxRows())));
    Dataset<Row> rows =
        labelled
            .where(sample().leq(bound))
            .withColumn(FOLD, fold(config, span).cast(DataTypes.IntegerType))
            .drop(LabelledPredictions.ENTITY)
            .repartition(config.partitions(), col(ID))
            .sortWithinPartitions(ID)
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new TrainingRows(rows, facts(model, rows, span.getLong(1), span.getLong(4)), period);
  }

  /** By which it is decided what is there of too many rows. */
  private static Column sample() {
    return xxhash64(lit("leeway-sample"), col(ID));
  }

  /**
   * The greatest hash that is still taken: those of the smallest are, so that more rows or fewer
   * keep most of them.
   */
  private static long bound(Dataset<Row> rows, long found, int most) {
    return found <= most
        ? Long.MAX_VALUE
        : rows.select(sample().as("hash"))
            .orderBy(col("hash"))
            .offset(most - 1)
            .limit(1)
            .first()
            .getLong(0);
  }

  private static Column share(String salt, long of) {
    return expr(
        "pmod(xxhash64('leeway-%s', %s), %dL)".formatted(salt, LabelledPredictions.ENTITY, of));
  }

  /** Whether rows are set aside to calibrate by. */
  static boolean calibrates(ModelConfig model, TrainingConfig config) {
    return model.task() == Task.BINARY && config.calibrate() != Calibrate.NONE;
  }

  private static Column part(ModelConfig model, TrainingConfig config, TrainingPeriod period) {
    Column part =
        when(col(TIME).geq(lit(period.holdoutFrom())), lit(HOLDOUT))
            .when(PeriodScenarios.of(model).keep(col(TIME), period), lit(SCENARIO));
    if (calibrates(model, config)) {
      part = part.when(share("calibration", 10_000).lt(CALIBRATION_SHARE), lit(CALIBRATION));
    }
    return part.otherwise(lit(FIT));
  }

  private static Column fold(TrainingConfig config, Row span) {
    Column fold =
        when(col(PART).isin(HOLDOUT, SCENARIO), lit(0L))
            .when(col(PART).equalTo(CALIBRATION), share("half", 2));
    if (config.foldsBy() == FoldsBy.ENTITY || span.isNullAt(3)) {
      return fold.otherwise(share("fold-" + config.seed(), config.folds()));
    }
    // One stretch more than folds: the first has nothing before it to learn from.
    long first = span.getLong(2);
    long length = span.getLong(3) - first + 1;
    return fold.otherwise(
        expr(
            "((unix_micros(leeway_time) - %dL) * %dL) div %dL"
                .formatted(first, config.folds() + 1L, length)));
  }

  private static TrainingFacts facts(
      ModelConfig model, Dataset<Row> rows, long labelled, long ofPeriod) {
    Column[] hashed = LabelledPredictions.hashable(rows).toArray(Column[]::new);
    Column byClass = model.task() == Task.REGRESSION ? lit(0.0) : col(LABEL);
    List<Row> groups =
        rows.groupBy(col(PART), byClass.as("class"))
            .agg(count(lit(1)), sum(xxhash64(hashed).cast(DataTypes.createDecimalType(20, 0))))
            .collectAsList();
    List<String> classes = Classes.of(model);
    Map<String, Long> byPart = new LinkedHashMap<>();
    List.of(FIT, CALIBRATION, HOLDOUT, SCENARIO).forEach(part -> byPart.put(part, 0L));
    Map<String, Long> byLabel = new LinkedHashMap<>();
    classes.forEach(label -> byLabel.put(label, 0L));
    long there = 0;
    BigDecimal hash = BigDecimal.ZERO;
    for (Row group : groups) {
      long some = group.getLong(2);
      there += some;
      byPart.merge(group.getString(0), some, Long::sum);
      if (!classes.isEmpty()) {
        byLabel.merge(classes.get((int) group.getDouble(1)), some, Long::sum);
      }
      hash = hash.add(group.getDecimal(3));
    }
    // The low 64 bits: the sum as if longs had wrapped around.
    long wrapped = hash.toBigInteger().longValue();
    return new TrainingFacts(labelled, ofPeriod, there, byPart, byLabel, wrapped);
  }

  /** All of them. */
  public Dataset<Row> all() {
    return rows;
  }

  /** Those of some parts, in the order of all. */
  public Dataset<Row> part(String... names) {
    return rows.where(col(PART).isin((Object[]) names));
  }

  /** All but those that are there for a scenario alone. */
  Dataset<Row> trainedOrHeldOut() {
    return part(FIT, CALIBRATION, HOLDOUT);
  }

  public TrainingFacts facts() {
    return facts;
  }

  public TrainingPeriod period() {
    return period;
  }

  /** Lets go of what was kept; the rows would be read anew. */
  @Override
  public void close() {
    rows.unpersist();
  }
}
