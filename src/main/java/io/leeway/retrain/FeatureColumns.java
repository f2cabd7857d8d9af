package io.leeway.retrain;

import io.leeway.config.FeaturesConfig;
import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.PipelineConfig;
import io.leeway.config.PipelineConfig.DatePart;
import io.leeway.config.PipelineConfig.Encode;
import io.leeway.config.PipelineConfig.Feature;
import io.leeway.config.PipelineConfig.Impute;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.UserException;
import io.leeway.scan.ColumnTypes;
import io.leeway.store.SqlName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * From declared features to columns of numbers and texts, by the types of the rows. Without
 * declared ones: what the monitored model lists, or every column of numbers, texts and booleans
 * that is no key, time, label, version or output of the model.
 */
final class FeatureColumns {
  private final ModelConfig model;
  private final Dataset<Row> rows;
  private final List<FeatureColumn> columns = new ArrayList<>();

  private FeatureColumns(ModelConfig model, Dataset<Row> rows) {
    this.model = model;
    this.rows = rows;
  }

  /**
   * Chooses by the schema alone.
   *
   * @throws UserException if a feature names what is not there, is what never may be a feature, or
   *     has a type that its treatment does not fit
   */
  static List<FeatureColumn> of(ModelConfig model, PipelineConfig config, Dataset<Row> rows) {
    FeatureColumns chosen = new FeatureColumns(model, rows);
    FeaturesConfig monitored = model.features();
    if (!config.isAuto()) {
      config.features().forEach(feature -> chosen.add(feature, false));
    } else if (monitored.auto()) {
      chosen.addFound(monitored.exclude());
    } else {
      monitored.any().forEach(name -> chosen.add(Feature.ofColumn(name), false));
      monitored.numeric().forEach(name -> chosen.add(Feature.ofColumn(name), false));
      monitored.categorical().forEach(name -> chosen.add(category(name), false));
    }
    return List.copyOf(chosen.columns);
  }

  private static Feature category(String name) {
    return new Feature(
        name,
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Encode.ONE_HOT),
        List.of(),
        List.of());
  }

  private void addFound(List<String> excluded) {
    Set<String> never = new HashSet<>(outputsAndLabels(model));
    model.predictions().id().ifPresent(never::add);
    never.add(model.predictions().time());
    model.labels().map(LabelsConfig::id).ifPresent(never::add);
    model.labels().flatMap(LabelsConfig::time).ifPresent(never::add);
    model.operations().latency().ifPresent(never::add);
    model.operations().cost().ifPresent(never::add);
    never.addAll(model.operations().gauges());
    never.addAll(excluded);
    addFound("", rows.schema(), never);
  }

  private void addFound(String prefix, StructType schema, Set<String> never) {
    for (StructField field : schema.fields()) {
      boolean dotted = field.name().contains(".");
      String name = prefix + (dotted ? SqlName.quoted(field.name()) : field.name());
      DataType type = field.dataType();
      boolean allowed = !name.startsWith(LabelledPredictions.PREFIX) && !never.contains(name);
      if (allowed && type instanceof StructType nested) {
        addFound(name + ".", nested, never);
      } else if (allowed && (type instanceof NumericType || isText(type))) {
        add(Feature.ofColumn(name), true);
      }
    }
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType || type instanceof BooleanType;
  }

  /** What a model must not learn from, whoever asks: it would know the answer. */
  static Set<String> outputsAndLabels(ModelConfig model) {
    Set<String> never = new HashSet<>(model.predictions().outputColumns());
    model.predictions().version().ifPresent(never::add);
    model.labels().map(LabelsConfig::label).ifPresent(never::add);
    return never;
  }

  private void add(Feature feature, boolean found) {
    String name = feature.name();
    feature
        .column()
        .filter(outputsAndLabels(model)::contains)
        .ifPresent(
            column -> {
              throw wrong(
                  name,
                  "the column '%s' is the label, the version or what the model returned"
                      .formatted(column),
                  "Remove it");
            });
    String sql = feature.column().map(LabelledPredictions::sql).or(feature::sql).orElseThrow();
    DataType type = type(name, sql);
    if (!feature.dateParts().isEmpty()) {
      requireTime(name, type);
      feature.dateParts().forEach(part -> columns.add(datePart(name, sql, type, part)));
    } else if (!feature.buckets().isEmpty()) {
      requireNumber(name, type, "buckets");
      columns.add(FeatureColumn.buckets(name, sql, feature.buckets()));
    } else if (isCategory(name, feature, type)) {
      Encode encode = feature.encode().orElse(Encode.ONE_HOT);
      columns.add(FeatureColumn.category(name, sql, encode, found));
    } else {
      requireNumber(name, type, "impute and scale");
      Impute impute = feature.impute().orElse(Impute.MEDIAN);
      columns.add(FeatureColumn.number(name, sql, impute, feature.scale(), found));
    }
  }

  private boolean isCategory(String name, Feature feature, DataType type) {
    if (feature.impute().isPresent() || feature.scale().isPresent()) {
      return false;
    }
    ColumnKind kind =
        ColumnTypes.kindOf(type)
            .orElseThrow(
                () ->
                    wrong(
                        name,
                        "it is of type %s, which is neither a number nor a category"
                            .formatted(type.sql()),
                        ColumnTypes.advice(type)));
    return feature.encode().isPresent() || kind == ColumnKind.CATEGORICAL;
  }

  private void requireNumber(String name, DataType type, String what) {
    if (!(type instanceof NumericType || type instanceof BooleanType)) {
      throw wrong(
          name,
          "it is of type %s, and %s are for numbers".formatted(type.sql(), what),
          isTime(type) ? "Take parts of the time: date-parts = [month, hour]" : "Use encode");
    }
  }

  private void requireTime(String name, DataType type) {
    if (!isTime(type)) {
      throw wrong(
          name,
          "it is of type %s, and date-parts are for times".formatted(type.sql()),
          "Name a timestamp or a date");
    }
  }

  private static boolean isTime(DataType type) {
    return type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType;
  }

  /** Told in the zone of the model's windows, whatever the session's. */
  private FeatureColumn datePart(String name, String sql, DataType type, DatePart part) {
    String date = sql;
    String hour = "hour(" + sql + ")";
    if (type instanceof TimestampType) {
      String micros =
          "unix_micros(from_utc_timestamp(%s, '%s'))".formatted(sql, model.windows().zone());
      date = "date_from_unix_date(CAST(floor(%s / 86400000000D) AS INT))".formatted(micros);
      hour = "pmod(floor(%s / 3600000000D), 24)".formatted(micros);
    } else if (type instanceof DateType) {
      hour = "0";
    }
    String value =
        switch (part) {
          case YEAR -> "year(" + date + ")";
          case QUARTER -> "quarter(" + date + ")";
          case MONTH -> "month(" + date + ")";
          case DAY -> "day(" + date + ")";
          case DAY_OF_WEEK -> "weekday(" + date + ") + 1";
          case HOUR -> hour;
        };
    return FeatureColumn.number(
        name + " " + part.text(), value, Impute.MEDIAN, Optional.empty(), false);
  }

  private DataType type(String name, String sql) {
    try {
      Column column = functions.expr(sql);
      return rows.select(column).schema().fields()[0].dataType();
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new UserException(
            "Model '%s', feature '%s': '%s' cannot be computed from the predictions (%s). Their columns are: %s. Correct it."
                .formatted(
                    model.name(),
                    name,
                    sql,
                    e.getMessage().lines().findFirst().orElse(""),
                    String.join(", ", rows.columns())),
            e);
      }
      throw e;
    }
  }

  private UserException wrong(String name, String what, String advice) {
    return new UserException(
        "Model '%s', feature '%s': %s. %s."
            .formatted(
                model.name(),
                name,
                what,
                advice.endsWith(".") ? advice.substring(0, advice.length() - 1) : advice));
  }
}
