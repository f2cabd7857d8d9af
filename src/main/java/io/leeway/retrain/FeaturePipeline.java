package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.PipelineConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.files.InputColumn;
import io.leeway.retrain.FeatureColumn.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The features of a candidate as stages of MLlib, all of them built in and with fixed ids, so that
 * the saved model opens anywhere and two equal ones are equal.
 *
 * <p>A missing number is replaced, NaN and infinities count as missing, a missing or unseen
 * category is none of those known: no row fails to have features. An expression of the user's own
 * can still fail, such as a division by zero; {@code try_divide} does not.
 */
public final class FeaturePipeline {
  /** The vector of features. */
  public static final String FEATURES = "leeway_features";

  /** From this share of distinct texts on a column is taken for an identifier. */
  private static final double NEARLY_UNIQUE = 0.5;

  /** Below so many rows distinctness says nothing. */
  private static final long ENOUGH_ROWS = 100;

  private final List<FeatureColumn> columns;
  private final List<InputColumn> inputs;

  private FeaturePipeline(List<FeatureColumn> columns, List<InputColumn> inputs) {
    this.columns = List.copyOf(columns);
    this.inputs = List.copyOf(inputs);
  }

  /**
   * Chooses the features; those that are not named one by one need the rows: without a value, with
   * the same in every row, or nearly unique texts they are left out, as the monitor does.
   *
   * @param rows that are learnt from; columns that begin with {@code leeway_} are not looked at
   * @throws UserException if a feature cannot be taken from the rows, or none is left
   */
  public static FeaturePipeline of(ModelConfig model, PipelineConfig config, Dataset<Row> rows) {
    List<FeatureColumn> chosen = useful(FeatureColumns.of(model, config, rows), rows);
    if (chosen.isEmpty()) {
      throw new UserException(
          "Model '%s': no column is left to learn from. Name some under retrain.features."
              .formatted(model.name()));
    }
    return new FeaturePipeline(chosen, inputs(model, chosen, rows));
  }

  private static List<FeatureColumn> useful(List<FeatureColumn> columns, Dataset<Row> rows) {
    List<FeatureColumn> found = columns.stream().filter(FeatureColumn::found).toList();
    if (found.isEmpty()) {
      return columns;
    }
    List<Column> asked = new ArrayList<>();
    for (FeatureColumn column : found) {
      asked.add(functions.count(functions.expr(column.sql())));
      asked.add(functions.approx_count_distinct(functions.expr(column.sql())));
    }
    Row counts = rows.agg(asked.get(0), asked.stream().skip(1).toArray(Column[]::new)).first();
    Set<FeatureColumn> useless = new HashSet<>();
    for (int of = 0; of < found.size(); of++) {
      long values = counts.getLong(2 * of);
      long distinct = counts.getLong(2 * of + 1);
      boolean unique =
          found.get(of).kind() == Kind.CATEGORY
              && values >= ENOUGH_ROWS
              && distinct > NEARLY_UNIQUE * values;
      if (distinct <= 1 || unique) {
        useless.add(found.get(of));
      }
    }
    return columns.stream().filter(column -> !useless.contains(column)).toList();
  }

  /** The columns that the features are computed from, as the rows have them. */
  private static List<InputColumn> inputs(
      ModelConfig model, List<FeatureColumn> columns, Dataset<Row> rows) {
    Set<String> names = new LinkedHashSet<>();
    for (FeatureColumn column : columns) {
      Dataset<Row> alone = rows.select(functions.expr(column.sql()));
      List<Attribute> attributes =
          new ArrayList<>(
              CollectionConverters.asJava(
                  ((org.apache.spark.sql.classic.Dataset<Row>) alone)
                      .queryExecution()
                      .analyzed()
                      .references()
                      .toSeq()));
      attributes.forEach(attribute -> names.add(attribute.name()));
    }
    for (String never : FeatureColumns.outputsAndLabels(model)) {
      if (names.contains(never)) {
        throw new UserException(
            "Model '%s': a feature reads the column '%s', which is the label, the version or what the model returned. Remove it."
                .formatted(model.name(), never));
      }
    }
    List<InputColumn> inputs = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (names.contains(field.name())) {
        boolean ours =
            field.name().startsWith(LabelledPredictions.PREFIX)
                || field.name().equalsIgnoreCase(Trainer.SCORE);
        if (ours) {
          throw new UserException(
              "Model '%s': a feature reads the column '%s', a name that trained models give their own. Rename the column."
                  .formatted(model.name(), field.name()));
        }
        inputs.add(InputColumn.of(field.name(), field.dataType()));
      }
    }
    return inputs;
  }

  /** The columns that the features are computed from, in the order of the rows. */
  public List<InputColumn> inputs() {
    return inputs;
  }

  /** The features by their names, in their order; a time has one for each of its parts. */
  public List<String> names() {
    return columns.stream().map(FeatureColumn::name).toList();
  }

  /** SHA-256, in hexadecimal, of what the features are and how they are computed. */
  public String hash() {
    String text =
        "1\n" + columns.stream().map(FeatureColumn::text).collect(Collectors.joining("\n"));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** The stages from {@link #inputs} to {@link #FEATURES}, not yet fitted. */
  List<PipelineStage> stages() {
    return new FeatureStages(columns).all();
  }

  /**
   * Why rows cannot be fitted to; empty if they can.
   *
   * @param rows to fit to
   */
  Optional<String> obstacle(Dataset<Row> rows) {
    List<Column> counts =
        columns.stream().map(column -> functions.count(functions.expr(column.sql()))).toList();
    Row values = rows.agg(functions.count(functions.lit(1)), counts.toArray(Column[]::new)).first();
    for (int of = 0; of < columns.size(); of++) {
      if (values.getLong(of + 1) == 0) {
        return Optional.of("feature '" + columns.get(of).name() + "' has no value in any row");
      }
    }
    return Optional.empty();
  }
}
