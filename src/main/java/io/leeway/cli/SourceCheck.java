package io.leeway.cli;

import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.config.ReferenceConfig;
import io.leeway.config.TableRef;
import io.leeway.config.Task;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import io.leeway.monitor.PredictionTime;
import io.leeway.store.SourceTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/**
 * Holds a model's configuration against the tables it names, by their schemas alone, and against
 * what the result tables can take: no rows are read. Each problem is one line, {@code model, key:
 * what is wrong; what to do}.
 */
final class SourceCheck {
  /** Bytes that usual file systems take as the name of one folder. */
  private static final int LONGEST_FOLDER = 255;

  private final SparkSession spark;
  private final ModelConfig model;
  private final List<String> problems = new ArrayList<>();
  private final List<String> unanswered = new ArrayList<>();

  private SourceCheck(SparkSession spark, ModelConfig model) {
    this.spark = spark;
    this.model = model;
  }

  /**
   * Checks all tables, also where the storage of one does not answer.
   *
   * @throws UserException with all problems, if there are any
   * @throws EnvironmentException with all problems that were found, and which storage did not
   *     answer
   */
  static void refuseProblems(SparkSession spark, ModelConfig model) {
    SourceCheck check = new SourceCheck(spark, model);
    check.run();
    List<String> found = new ArrayList<>(check.problems);
    found.addAll(check.unanswered);
    String message = String.join("\n", found);
    if (!check.unanswered.isEmpty()) {
      throw new EnvironmentException(message);
    }
    if (!found.isEmpty()) {
      throw new UserException(message);
    }
  }

  private void run() {
    checkName();
    Optional<TableColumns> predictions = open("predictions.table", model.predictions().table());
    predictions.ifPresent(
        columns -> {
          column(columns, "predictions.id", model.predictions().id(), ColumnNeed.SINGLE);
          checkProfiled(columns);
          checkService(columns);
          model
              .predictions()
              .where()
              .ifPresent(
                  sql -> expression(columns, "predictions.where", sql, ColumnNeed.CONDITION));
        });
    model
        .labels()
        .ifPresent(
            labels ->
                open("labels.table", labels.table())
                    .ifPresent(columns -> checkLabels(labels, columns, predictions)));
    checkReference(predictions);
  }

  /** The result tables are partitioned by it, and Spark writes some characters as three. */
  private void checkName() {
    String folder = "model=" + ExternalCatalogUtils.escapePathName(model.name());
    int bytes = folder.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_FOLDER) {
      problem(
          "its name",
          "is too long: written as a folder of the result tables it takes "
              + bytes
              + " bytes, but file systems take "
              + LONGEST_FOLDER
              + "; choose a shorter one, or one with fewer slashes, quotes and the like");
    }
  }

  private Optional<TableColumns> open(String key, TableRef table) {
    try {
      return Optional.of(
          new TableColumns(table, SourceTable.open(spark, table, OptionalLong.empty()).schema()));
    } catch (UserException e) {
      problem(key, e.getMessage());
      return Optional.empty();
    } catch (EnvironmentException e) {
      unanswered.add(line(key, e.getMessage()));
      return Optional.empty();
    }
  }

  /** What is profiled, and by what: predictions and a reference table both need it. */
  private void checkProfiled(TableColumns columns) {
    PredictionsConfig predictions = model.predictions();
    column(columns, "predictions.time", predictions.time(), ColumnNeed.TIME)
        .flatMap(type -> PredictionTime.withoutZone(model, columns.table(), type))
        .ifPresent(what -> problem("predictions.time", what));
    column(columns, "predictions.version", predictions.version(), ColumnNeed.SINGLE);
    column(columns, "predictions.score", predictions.score(), ColumnNeed.NUMBER);
    predictions
        .classScores()
        .forEach(
            (label, score) ->
                column(columns, "predictions.scores." + label, score, ColumnNeed.NUMBER));
    column(columns, "predictions.decision", predictions.decision(), ColumnNeed.SINGLE);
    checkFeatures(columns);
  }

  private void checkFeatures(TableColumns columns) {
    model.features().any().forEach(it -> column(columns, "features", it, ColumnNeed.SINGLE));
    model
        .features()
        .numeric()
        .forEach(it -> column(columns, "features.numeric", it, ColumnNeed.MEASURED));
    model
        .features()
        .categorical()
        .forEach(it -> column(columns, "features.categorical", it, ColumnNeed.SINGLE));
    model
        .derivedColumns()
        .forEach(
            (name, sql) -> expression(columns, "slice-columns." + name, sql, ColumnNeed.SINGLE));
    Set<String> attributes = new LinkedHashSet<>(model.fairness().attributes());
    Set<String> sliced = new LinkedHashSet<>();
    for (Slice slice : model.slices()) {
      sliced.addAll(slice.columns());
    }
    sliced.removeAll(attributes);
    cutBy(columns, "slices", sliced);
    cutBy(columns, "fairness.attributes", attributes);
  }

  private void cutBy(TableColumns columns, String key, Set<String> names) {
    for (String name : names) {
      if (!model.derivedColumns().containsKey(name)) {
        column(columns, key, name, ColumnNeed.SINGLE);
      }
    }
  }

  /** A reference table may lack what the service is measured by, but not have it wrong. */
  private void checkService(TableColumns columns) {
    readings(columns, "operations.latency", model.operations().latency().stream().toList());
    readings(columns, "operations.cost", model.operations().cost().stream().toList());
    readings(columns, "operations.gauges", model.operations().gauges());
    model
        .operations()
        .failed()
        .ifPresent(sql -> measured(columns, "operations.failed", sql, ColumnNeed.CONDITION));
    model
        .business()
        .forEach(
            (name, metric) ->
                metric
                    .expressions("business." + name)
                    .forEach((key, sql) -> measured(columns, key, sql, ColumnNeed.NUMBER)));
  }

  private void readings(TableColumns columns, String key, List<String> names) {
    names.stream()
        .filter(name -> !isReference(columns) || columns.type(name).isPresent())
        .forEach(name -> column(columns, key, name, ColumnNeed.NUMBER));
  }

  private boolean isReference(TableColumns columns) {
    return model.reference().table().equals(Optional.of(columns.table()));
  }

  private void checkLabels(
      LabelsConfig labels, TableColumns columns, Optional<TableColumns> predictions) {
    Optional<DataType> id = column(columns, "labels.id", labels.id(), ColumnNeed.SINGLE);
    Optional<DataType> predictionId =
        predictions.flatMap(table -> model.predictions().id().flatMap(table::type));
    if (id.isPresent()
        && predictionId.isPresent()
        && id.get() instanceof StringType != predictionId.get() instanceof StringType) {
      problem(
          "labels.id",
          "column '"
              + labels.id()
              + "' is of type "
              + id.get().simpleString()
              + ", but the predictions' id is of type "
              + predictionId.get().simpleString()
              + ", so that they would not be matched as written; give both one type");
    }
    column(
        columns,
        "labels.label",
        labels.label(),
        model.task() == Task.REGRESSION ? ColumnNeed.NUMBER : ColumnNeed.SINGLE);
    column(columns, "labels.time", labels.time(), ColumnNeed.TIME);
    column(columns, "labels.prediction-time", labels.predictionTime(), ColumnNeed.TIME);
  }

  private void checkReference(Optional<TableColumns> predictions) {
    ReferenceConfig reference = model.reference();
    Optional<TableColumns> rows =
        reference.table().isPresent()
            ? open("reference.table", reference.table().get())
            : predictions;
    rows.ifPresent(
        columns -> {
          if (reference.table().isPresent()) {
            checkProfiled(columns);
            checkService(columns);
          }
          predictions.ifPresent(table -> checkExcluded(table, columns));
          reference
              .where()
              .ifPresent(sql -> expression(columns, "reference.where", sql, ColumnNeed.CONDITION));
        });
  }

  /** Features are found in the reference's table, so either table may have what is left out. */
  private void checkExcluded(TableColumns predictions, TableColumns reference) {
    for (String excluded : model.features().exclude()) {
      boolean known =
          reference.type(excluded).isPresent() || predictions.type(excluded).isPresent();
      if (!known) {
        problem("features.exclude", absent(predictions, excluded));
      }
    }
  }

  private void column(TableColumns columns, String key, Optional<String> column, ColumnNeed need) {
    column.ifPresent(name -> column(columns, key, name, need));
  }

  private Optional<DataType> column(
      TableColumns columns, String key, String column, ColumnNeed need) {
    Optional<DataType> type = columns.type(column);
    if (type.isEmpty()) {
      problem(key, absent(columns, column));
    } else if (!need.fits(type.get())) {
      problem(
          key,
          "column '" + column + "' of table '" + columns.table() + "' " + need.refusal(type.get()));
      return Optional.empty();
    }
    return type;
  }

  private String absent(TableColumns columns, String column) {
    return (isReference(columns) ? "reference table '" : "table '")
        + columns.table()
        + "' has no column '"
        + column
        + "'; "
        + columns.suggestion(column);
  }

  /** An expression of the service, which a reference table need not have the columns of. */
  private void measured(TableColumns columns, String key, String sql, ColumnNeed need) {
    if (!isReference(columns) || SqlOverTable.hasColumns(spark, columns.schema(), sql)) {
      expression(columns, key, sql, need);
    }
  }

  private void expression(TableColumns columns, String key, String sql, ColumnNeed need) {
    Optional<String> wrong =
        SqlOverTable.check(spark, columns.schema(), sql)
            .either(
                type ->
                    need.fits(type) ? Optional.<String>empty() : Optional.of(need.refusal(type)),
                Optional::of);
    wrong.ifPresent(
        what -> problem(key, "\"" + sql + "\" over table '" + columns.table() + "' " + what));
  }

  private void problem(String key, String text) {
    String line = line(key, text);
    if (!problems.contains(line)) {
      problems.add(line);
    }
  }

  private String line(String key, String text) {
    return "Model '" + model.name() + "', " + key + ": " + text;
  }
}
