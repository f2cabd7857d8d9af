package io.leeway.serving;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.config.TableRef;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import io.leeway.store.MarkedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns a scored row has: those of the features, and under the names of the configuration
 * the version, the answer and how it came about. A table that is there already gets exactly its own
 * columns, in its types; what nobody knows of is NULL.
 */
final class ServedColumns {
  /** How an answer came about: one of the three that follow. */
  static final String STATUS = "status";

  /** The same of every scored row, whether or not the table has a column for it. */
  static final String HOW = "leeway_how";

  static final String OK = "ok";
  static final String FALLBACK = "fallback";
  static final String FAILED = "failed";

  /** Delta's mark of a column that it computes itself. */
  private static final String GENERATED = "delta.generationExpression";

  private final ModelConfig model;
  private final String version;
  private final StructType features;

  /** SQL over a scorer's answers, by the column's name. */
  private final Map<String, StructField> made = new LinkedHashMap<>();

  private final Map<String, String> answers = new LinkedHashMap<>();

  private ServedColumns(ModelConfig model, String version, StructType features) {
    this.model = model;
    this.version = version;
    this.features = features;
    PredictionsConfig predictions = model.predictions();
    make(version, DataTypes.StringType, null);
    predictions.score().ifPresent(it -> make(it, DataTypes.DoubleType, numeric(Scorer.SCORE)));
    int place = 0;
    for (String column : predictions.classScores().values()) {
      make(column, DataTypes.DoubleType, numeric(Scorer.CLASS_SCORES + "[" + place++ + "]"));
    }
    predictions.decision().ifPresent(it -> make(it, DataTypes.StringType, Scorer.DECISION));
    model.operations().latency().ifPresent(it -> make(it, DataTypes.DoubleType, null));
    make(STATUS, DataTypes.StringType, null);
  }

  private static String numeric(String score) {
    return "nanvl(" + score + ", CAST(NULL AS DOUBLE))";
  }

  private void make(String column, DataType type, String sql) {
    made.put(key(column), DataTypes.createStructField(column, type, true));
    if (sql != null) {
      answers.put(key(column), sql);
    }
  }

  /**
   * Of a model.
   *
   * @throws UserException if the configuration lacks a name, or the features have one of the
   *     columns that scoring makes, or lack the identifier or the time
   */
  static ServedColumns of(ModelConfig model, TableRef table, StructType features) {
    String version =
        model
            .predictions()
            .version()
            .orElseThrow(
                () ->
                    new UserException(
                        "Model '"
                            + model.name()
                            + "': what is scored must say by which version. Name the column: "
                            + "predictions.version = model_version."));
    ServedColumns columns = new ServedColumns(model, version, features);
    for (String column : List.of(columns.id(), columns.time())) {
      if (!has(features, column)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Feature table '%s' has no column '%s', by which the predictions of '%s' go. It has %s."
                    + " Rename it there, or make a view of the table that has it.",
                table,
                column,
                model.name(),
                Arrays.toString(features.fieldNames())));
      }
    }
    for (StructField field : features.fields()) {
      if (columns.made.containsKey(key(field.name()))) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Feature table '%s' has a column '%s', which scoring writes. Rename one of them.",
                table,
                field.name()));
      }
    }
    return columns;
  }

  String id() {
    return model.predictions().id().orElseThrow();
  }

  String time() {
    return model.predictions().time();
  }

  String version() {
    return version;
  }

  /** Of a table that is made: the features' columns, then what scoring makes. */
  StructType schema() {
    StructType schema = new StructType();
    for (StructField field : features.fields()) {
      schema = schema.add(field.name(), field.dataType(), true);
    }
    for (StructField field : made.values()) {
      schema = schema.add(field);
    }
    return schema;
  }

  /**
   * Whether a table that is there can take scored rows.
   *
   * @param texts whether versions are written that are no numbers
   * @throws UserException if it cannot
   */
  void check(TableRef table, StructType schema, boolean texts) {
    List<String> needed = new ArrayList<>(List.of(id(), time(), version));
    needed.addAll(model.predictions().outputColumns());
    for (String column : needed) {
      if (!has(schema, column)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Table '%s' has no column '%s', into which scoring writes. Add it: ALTER TABLE ... ADD"
                    + " COLUMN %s.",
                table,
                column,
                column));
      }
    }
    for (StructField field : schema.fields()) {
      boolean known = made.containsKey(key(field.name())) || has(features, field.name());
      if (!known && !field.nullable() && !isGenerated(field)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Table '%s' must have a value in column '%s', but neither the features nor the scoring"
                    + " have one. Let the column be NULL, or add it to the features.",
                table,
                field.name()));
      }
      if (texts && key(field.name()).equals(key(version)) && !isText(field)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Table '%s': rows that a rule answers have the version '%s', which column '%s' of type"
                    + " %s cannot hold. Make it a STRING.",
                table,
                FALLBACK,
                field.name(),
                field.dataType().sql()));
      }
    }
  }

  private static boolean isText(StructField field) {
    return field.dataType().equals(DataTypes.StringType);
  }

  private static boolean isGenerated(StructField field) {
    return field.metadata().contains(GENERATED);
  }

  /** What {@link #fit} gives, and in front of it the place of the route. */
  StructType fitted(StructType schema) {
    StructType fitted = new StructType();
    for (StructField field : schema.fields()) {
      if (!isGenerated(field)) {
        fitted = fitted.add(field.name(), field.dataType(), true);
      }
    }
    return fitted.add(HOW, DataTypes.StringType).add(ScoreJob.ROUTE, DataTypes.IntegerType);
  }

  /**
   * Scored rows as a table takes them, and {@link #HOW} they came about.
   *
   * @param scored by a {@link Scorer}
   * @param by the version, as it is written
   * @param how of answers that are there, {@link #OK} or {@link #FALLBACK}
   * @throws UserException if a column cannot be turned into the table's type
   */
  Dataset<Row> fit(Dataset<Row> scored, MarkedTable table, String by, String how) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      if (isGenerated(field)) {
        continue;
      }
      try {
        Column value = value(field.name(), by, how).cast(field.dataType()).as(field.name());
        scored.select(value);
        columns.add(value);
      } catch (Exception e) {
        if (!(e instanceof AnalysisException)) {
          throw e;
        }
        throw new UserException(
            String.format(
                Locale.ROOT,
                "Table '%s': column '%s' is %s, into which the scored rows' cannot be turned. Change"
                    + " its type, or that of the features.",
                table.address(),
                field.name(),
                field.dataType().sql()),
            e);
      }
    }
    columns.add(value(STATUS, by, how).as(HOW));
    return scored.select(columns.toArray(new Column[0]));
  }

  private Column value(String column, String by, String how) {
    String key = key(column);
    if (key.equals(key(version))) {
      return lit(by);
    } else if (key.equals(STATUS)) {
      return expr("CASE WHEN " + isMissing() + " THEN '" + FAILED + "' ELSE '" + how + "' END");
    } else if (answers.containsKey(key)) {
      return expr(answers.get(key));
    } else if (has(features, column)) {
      return col(SqlText.quoted(column));
    }
    return lit(null);
  }

  private String isMissing() {
    return model.task() == Task.MULTICLASS
        ? Scorer.DECISION + " IS NULL"
        : numeric(Scorer.SCORE) + " IS NULL";
  }

  /** The table's column of the latency, if it is to be filled. */
  Optional<StructField> latency(StructType schema) {
    return model
        .operations()
        .latency()
        .filter(name -> has(schema, name))
        .map(name -> schema.fields()[index(schema, name)]);
  }

  private static boolean has(StructType schema, String column) {
    return index(schema, column) >= 0;
  }

  private static int index(StructType schema, String column) {
    String[] names = schema.fieldNames();
    for (int i = 0; i < names.length; i++) {
      if (key(names[i]).equals(key(column))) {
        return i;
      }
    }
    return -1;
  }

  /** As Spark tells columns apart: without regard to case. */
  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
