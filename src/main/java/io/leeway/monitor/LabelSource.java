package io.leeway.monitor;

import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import io.leeway.scan.ColumnTypes;
import io.leeway.scan.LabelJoin;
import io.leeway.store.SourceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A model's table of labels at one version, its columns checked.
 *
 * @param until labels that became known later are not looked at
 */
public record LabelSource(ModelConfig model, SourceTable table, Optional<Instant> until) {

  /**
   * Opens the newest version.
   *
   * @throws UserException if the table is missing, lacks a column, or one has a type that cannot be
   *     read for what it is there for
   */
  public static LabelSource open(SparkSession spark, ModelConfig model, Optional<Instant> until) {
    LabelsConfig labels = model.labels().orElseThrow();
    LabelSource source =
        new LabelSource(
            model, SourceTable.open(spark, labels.table(), OptionalLong.empty()), until);
    source.check();
    return source;
  }

  private LabelsConfig config() {
    return model.labels().orElseThrow();
  }

  private void check() {
    typeOf("labels.id", config().id());
    DataType label = typeOf("labels.label", config().label());
    boolean number = model.task() == Task.REGRESSION;
    if (number ? !(label instanceof NumericType) : ColumnTypes.kindOf(label).isEmpty()) {
      throw wrongType(
          "labels.label",
          config().label(),
          label,
          number ? "a regression needs a number" : "a class is a text, a number or a boolean");
    }
    if (label instanceof DateType || label instanceof TimestampType) {
      throw wrongType("labels.label", config().label(), label, "a time is no label");
    }
    config().time().ifPresent(time -> checkTime("labels.time", time));
    config().predictionTime().ifPresent(time -> checkTime("labels.prediction-time", time));
    if (until.isPresent() && config().time().isEmpty()) {
      throw new UserException(
          "Model '%s': --labels-until needs the time of each label. Name its column by labels.time."
              .formatted(model.name()));
    }
  }

  private void checkTime(String key, String column) {
    DataType type = typeOf(key, column);
    if (!(type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType)) {
      throw wrongType(key, column, type, "a time is needed there");
    }
    PredictionTime.withoutZone(model, column, table.address(), type)
        .ifPresent(
            what -> {
              throw new UserException("Model '%s', %s: %s".formatted(model.name(), key, what));
            });
  }

  private UserException wrongType(String key, String column, DataType type, String why) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "Model '%s': %s names the column '%s' of type %s in table %s; %s. Name another column, or cast it in the table.",
            model.name(),
            key,
            column,
            type.sql(),
            table.address(),
            why));
  }

  private DataType typeOf(String key, String column) {
    Map<String, DataType> columns = SourceColumns.leaves(table.schema());
    DataType type = columns.get(column);
    if (type == null) {
      throw new UserException(
          "Model '%s': %s names the column '%s', which table %s does not have. Its columns are: %s."
              .formatted(
                  model.name(), key, column, table.address(), String.join(", ", columns.keySet())));
    }
    return type;
  }

  /** Identifier, label and time of every label, as {@link LabelJoin} takes them. */
  Dataset<Row> labels() {
    return until(table.read().select(columns().toArray(Column[]::new)));
  }

  /**
   * The same of some rows of the table, with the time of the prediction where labels tell it.
   *
   * @param besides further columns
   * @param predictionTime its name
   */
  Dataset<Row> labels(Dataset<Row> rows, List<Column> besides, String predictionTime) {
    List<Column> columns = new ArrayList<>(columns());
    config()
        .predictionTime()
        .ifPresent(
            time -> columns.add(column(time).cast(DataTypes.TimestampType).as(predictionTime)));
    columns.addAll(besides);
    return until(rows.select(columns.toArray(Column[]::new)));
  }

  private List<Column> columns() {
    return List.of(
        column(config().id()).cast(DataTypes.StringType).as(LabelJoin.ID),
        label().as(LabelJoin.LABEL),
        config()
            .time()
            .map(time -> column(time).cast(DataTypes.TimestampType))
            .orElseGet(() -> functions.lit(null).cast(DataTypes.TimestampType))
            .as(LabelJoin.LABEL_TIME));
  }

  private Dataset<Row> until(Dataset<Row> labels) {
    return until
        .map(time -> labels.where(functions.col(LabelJoin.LABEL_TIME).leq(functions.lit(time))))
        .orElse(labels);
  }

  static Column column(String path) {
    return functions.expr(SourceColumns.sql(path));
  }

  /** Of a regression a number, else the class as a text: 1 and 1.0 are one class. */
  private Column label() {
    Column label = column(config().label());
    DataType type = typeOf("labels.label", config().label());
    if (model.task() == Task.REGRESSION) {
      return label.cast(DataTypes.DoubleType);
    }
    boolean fractional =
        type instanceof DoubleType || type instanceof FloatType || type instanceof DecimalType;
    if (!fractional || type instanceof BooleanType) {
      return label.cast(DataTypes.StringType);
    }
    Column number = label.cast(DataTypes.DoubleType);
    Column whole = number.cast(DataTypes.LongType);
    return functions
        .when(number.equalTo(whole.cast(DataTypes.DoubleType)), whole.cast(DataTypes.StringType))
        .otherwise(label.cast(DataTypes.StringType));
  }
}
