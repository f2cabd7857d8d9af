package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Names of a source's columns as SQL, and what their role in a model is. */
final class SourceColumns {
  private SourceColumns() {}

  /**
   * SQL of a column, or of a field of a nested one by its dotted path.
   *
   * @param path names joined by dots; a top-level name that holds a dot itself stands in backticks
   */
  static String sql(String path) {
    if (path.startsWith("`")) {
      return path;
    }
    List<String> quoted = new ArrayList<>();
    for (String name : path.split("\\.", -1)) {
      quoted.add("`" + name.replace("`", "``") + "`");
    }
    return String.join(".", quoted);
  }

  /** Every column that could be profiled, nested ones by their dotted paths, with its type. */
  static Map<String, DataType> leaves(StructType schema) {
    Map<String, DataType> leaves = new LinkedHashMap<>();
    addLeaves("", schema, leaves);
    return leaves;
  }

  private static void addLeaves(String prefix, StructType schema, Map<String, DataType> leaves) {
    for (StructField field : schema.fields()) {
      boolean dotted = field.name().contains(".");
      String name = prefix + (dotted ? "`" + field.name() + "`" : field.name());
      if (field.dataType() instanceof StructType nested) {
        addLeaves(name + ".", nested, leaves);
      } else {
        leaves.put(name, field.dataType());
      }
    }
  }

  /** Scores and decision: what the model returned. */
  static Set<String> outputs(PredictionsConfig predictions) {
    return new LinkedHashSet<>(predictions.outputColumns());
  }

  /**
   * Columns that never count as features: keys, times, labels, versions, what the model returned,
   * and what its service took and cost.
   */
  static Set<String> reserved(ModelConfig model) {
    PredictionsConfig predictions = model.predictions();
    Set<String> reserved = new LinkedHashSet<>(predictions.outputColumns());
    predictions.id().ifPresent(reserved::add);
    reserved.add(predictions.time());
    predictions.version().ifPresent(reserved::add);
    model
        .labels()
        .ifPresent(
            labels -> {
              reserved.add(labels.label());
              reserved.add(labels.id());
              labels.time().ifPresent(reserved::add);
            });
    model.operations().latency().ifPresent(reserved::add);
    model.operations().cost().ifPresent(reserved::add);
    reserved.addAll(model.operations().gauges());
    return reserved;
  }

  /** SQL of every slice column: a derived one's expression, or the column itself. */
  static Map<String, String> slices(ModelConfig model) {
    Map<String, String> columns = new LinkedHashMap<>();
    model
        .slices()
        .forEach(
            slice ->
                slice
                    .columns()
                    .forEach(
                        name ->
                            columns.put(
                                name, model.derivedColumns().getOrDefault(name, sql(name)))));
    return columns;
  }
}
