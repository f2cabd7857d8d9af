package io.leeway.retrain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.config.Task;
import io.leeway.scan.LabelJoin;
import io.leeway.store.SourceTable;
import io.leeway.store.SqlName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/**
 * Predictions of a period and of the gate's scenarios before it, each identifier once, with the
 * label that counts by the monitor's rules: the latest, of equally late ones the greatest value,
 * within {@code labels.horizon}; a prediction that is old enough and has none is negative where so
 * configured.
 *
 * <p>Of predictions with one identifier the earliest counts, of equally early ones the one of the
 * smallest hash.
 */
record LabelledPredictions(ModelConfig model, TrainingPeriod period, Optional<String> entity) {
  /** Columns of ours begin so; those of the predictions that do are left out. */
  static final String PREFIX = "leeway_";

  /** What rows are kept together by, a text that is never missing. */
  static final String ENTITY = PREFIX + "entity";

  private static final String ROW = PREFIX + "row";
  private static final String MICROS = "unix_micros(%s)";

  /** The predictions' columns, then id, time, label and entity; only rows with a label. */
  Dataset<Row> of(SourceTable predictions, SourceTable labels) {
    Dataset<Row> joined = LabelJoin.of(once(predictions.read()), labels(labels));
    return joined
        .withColumn(TrainingRows.LABEL, happened())
        .where(col(TrainingRows.LABEL).isNotNull())
        .select(
            col(ROW + ".*"),
            col(LabelJoin.ID).as(TrainingRows.ID),
            col(TrainingRows.TIME),
            col(TrainingRows.LABEL),
            col(ENTITY));
  }

  private Dataset<Row> once(Dataset<Row> rows) {
    PredictionsConfig config = model.predictions();
    Column id = column(config.id().orElseThrow()).cast(DataTypes.StringType);
    Column time = column(config.time()).cast(DataTypes.TimestampType);
    Dataset<Row> counted = config.where().map(rows::where).orElse(rows);
    Column[] kept =
        Arrays.stream(counted.columns())
            .filter(name -> !name.startsWith(PREFIX))
            .map(name -> counted.col(SqlName.quoted(name)))
            .toArray(Column[]::new);
    Column together = entity.map(name -> column(name).cast(DataTypes.StringType)).orElse(id);
    Column hash = xxhash64(hashable(counted).toArray(Column[]::new));
    return counted
        .where(time.geq(lit(period.from())).or(PeriodScenarios.of(model).keep(time, period)))
        .where(time.lt(lit(period.until())))
        .where(id.isNotNull())
        .select(
            id.as(LabelJoin.ID),
            time.as(TrainingRows.TIME),
            struct(struct(kept).as(ROW), coalesce(together, id).as(ENTITY)).as("of"),
            struct(time.as("time"), hash.as("hash")).as("order"))
        .groupBy(LabelJoin.ID)
        .agg(min_by(struct(col(TrainingRows.TIME), col("of")), col("order")).as("first"))
        .select(
            col(LabelJoin.ID),
            col("first." + TrainingRows.TIME),
            col("first.of." + ROW),
            col("first.of." + ENTITY));
  }

  private LabelsConfig config() {
    return model.labels().orElseThrow();
  }

  private Dataset<Row> labels(SourceTable table) {
    Optional<Column> time = config().time().map(name -> column(name).cast(DataTypes.TimestampType));
    Dataset<Row> rows = table.read();
    Dataset<Row> known = time.map(at -> rows.where(at.leq(lit(period.labelsUntil())))).orElse(rows);
    return known.select(
        column(config().id()).cast(DataTypes.StringType).as(LabelJoin.ID),
        label(known.select(column(config().label())).schema().fields()[0].dataType())
            .as(LabelJoin.LABEL),
        time.orElseGet(() -> lit(null).cast(DataTypes.TimestampType)).as(LabelJoin.LABEL_TIME));
  }

  /** Of a regression a number, else the class as a text: 1 and 1.0 are one class. */
  private Column label(DataType type) {
    Column label = column(config().label());
    if (model.task() == Task.REGRESSION) {
      return label.cast(DataTypes.DoubleType);
    }
    boolean fractional =
        type instanceof DoubleType || type instanceof FloatType || type instanceof DecimalType;
    if (!fractional) {
      return label.cast(DataTypes.StringType);
    }
    Column number = label.cast(DataTypes.DoubleType);
    Column whole = number.try_cast(DataTypes.LongType);
    return when(number.equalTo(whole.cast(DataTypes.DoubleType)), whole.cast(DataTypes.StringType))
        .otherwise(label.cast(DataTypes.StringType));
  }

  /**
   * The label as a number: 1 for positive and 0 for negative, the place of the class, or itself.
   */
  private Column happened() {
    Column within = expr(within());
    Column label = col(LabelJoin.LABEL);
    if (model.task() == Task.REGRESSION) {
      Column finite = expr("abs(label) <= 1.7976931348623157E308D");
      return when(within.and(finite), label);
    }
    List<String> classes = Classes.of(model);
    Column happened = when(lit(false), lit(0.0));
    for (int of = 0; of < classes.size(); of++) {
      happened = happened.when(within.and(label.equalTo(lit(classes.get(of)))), lit((double) of));
    }
    if (config().unlabelledAfterMaturityIsNegative()) {
      Column old =
          col(TrainingRows.TIME).leq(lit(period.labelsUntil().minus(config().matureAfter())));
      happened = happened.when(col(LabelJoin.LABEL_ROWS).equalTo(0).and(old), lit(0.0));
    }
    return happened;
  }

  private String within() {
    String micros =
        MICROS.formatted(LabelJoin.LABEL_TIME) + " - " + MICROS.formatted(TrainingRows.TIME);
    return config()
        .horizon()
        .map(
            of ->
                "label IS NOT NULL AND (label_time IS NULL OR abs(%s) <= %dL)"
                    .formatted(micros, of.toSeconds() * 1_000_000))
        .orElse("label IS NOT NULL");
  }

  /** A column, or a field of a nested one by its dotted path. */
  static Column column(String path) {
    return expr(sql(path));
  }

  /** SQL of it; a top-level name that holds a dot itself stands in backticks. */
  static String sql(String path) {
    if (path.startsWith("`")) {
      return path;
    }
    return String.join(".", Arrays.stream(path.split("\\.", -1)).map(SqlName::quoted).toList());
  }

  /** The columns that have a hash: all without maps and variants. */
  static List<Column> hashable(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (isHashable(field.dataType())) {
        columns.add(rows.col(SqlName.quoted(field.name())));
      }
    }
    return columns;
  }

  private static boolean isHashable(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).allMatch(field -> isHashable(field.dataType()));
    }
    return type instanceof ArrayType array
        ? isHashable(array.elementType())
        : !(type instanceof MapType || type instanceof VariantType);
  }
}
