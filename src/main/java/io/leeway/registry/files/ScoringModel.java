package io.leeway.registry.files;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.Task;
import io.leeway.domain.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** A model that scores rows. */
public final class ScoringModel {
  /** DOUBLE: the probability of the positive class, or the predicted number; else NULL. */
  public static final String SCORE = "leeway_score";

  /** ARRAY of DOUBLE: of several classes their probabilities, in their order; else NULL. */
  public static final String CLASS_SCORES = "leeway_class_scores";

  /** STRING: the label decided for; of a regression NULL. */
  public static final String DECISION = "leeway_decision";

  private static final Set<String> OURS = Set.of(SCORE, CLASS_SCORES, DECISION);

  /** The rows as they came, which the pipeline passes by. */
  private static final String ROW = "leeway_row";

  private static final String DOUBLES = "float64";

  private final ModelDescription description;
  private final PipelineModel pipeline;

  public ScoringModel(ModelDescription description, PipelineModel pipeline) {
    this.description = description;
    this.pipeline = pipeline;
  }

  public ModelDescription description() {
    return description;
  }

  /** The pipeline, for who explains its scores. */
  public PipelineModel pipeline() {
    return pipeline;
  }

  /**
   * Scores; lazy. The rows keep their columns, but for those of an earlier score, which the new one
   * replaces. Missing values and categories never seen in training have a score like all others.
   * Inputs of another type are cast; what cannot be cast counts as missing.
   *
   * @throws UserException if the rows lack a column that the model reads, or have it in a type that
   *     cannot be cast
   */
  public Dataset<Row> score(Dataset<Row> rows) {
    List<Column> kept = new ArrayList<>();
    for (String name : rows.columns()) {
      if (!OURS.contains(name)) {
        kept.add(rows.col(quoted(name)));
      }
    }
    List<Column> columns = new ArrayList<>();
    columns.add(struct(kept.toArray(Column[]::new)).as(ROW));
    for (InputColumn input : description.inputs()) {
      columns.add(input(rows, input));
    }
    Dataset<Row> scored = pipeline.transform(rows.select(columns.toArray(Column[]::new)));
    Column score = col(quoted(description.score().column()));
    return scored.select(
        col(ROW + ".*"),
        score(score).as(SCORE),
        classScores(score).as(CLASS_SCORES),
        decision(score).as(DECISION));
  }

  private Column input(Dataset<Row> rows, InputColumn input) {
    String name =
        List.of(rows.columns()).stream()
            .filter(input.name()::equalsIgnoreCase)
            .min((a, b) -> Boolean.compare(b.equals(input.name()), a.equals(input.name())))
            .orElseThrow(() -> missing(rows, input));
    Column column = rows.col(quoted(name));
    DataType type = rows.schema().apply(name).dataType();
    if (!type.sameType(input.dataType())) {
      column = column.try_cast(input.dataType());
      requireCast(rows, column, input, type);
    }
    return column.as(input.name());
  }

  private void requireCast(Dataset<Row> rows, Column cast, InputColumn input, DataType type) {
    try {
      rows.select(cast);
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new UserException(
            "Model '%s' reads the column '%s' of type %s, but in the rows to be scored it is of type %s. Cast it there, or train the model on rows like these."
                .formatted(description.model(), input.name(), input.type(), type.sql()),
            e);
      }
      throw e;
    }
  }

  private UserException missing(Dataset<Row> rows, InputColumn input) {
    return new UserException(
        "Model '%s' reads the column '%s' of type %s, which the rows to be scored do not have. Their columns are: %s. Add it, with NULL where nothing is known."
            .formatted(
                description.model(),
                input.name(),
                input.type(),
                String.join(", ", rows.columns())));
  }

  private Column score(Column score) {
    if (description.task() == Task.MULTICLASS) {
      return lit(null).cast(DataTypes.DoubleType);
    }
    return description.score().kind() == ScoreColumn.Kind.NUMBER
        ? score
        : functions.vector_to_array(score, DOUBLES).getItem(1);
  }

  private Column classScores(Column score) {
    return description.task() == Task.MULTICLASS
        ? functions.vector_to_array(score, DOUBLES)
        : lit(null).cast(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  private Column decision(Column score) {
    return switch (description.task()) {
      case BINARY ->
          when(
                  score(score).geq(description.threshold().getAsDouble()),
                  lit(description.positive().orElseThrow()))
              .otherwise(lit(description.negative()));
      case MULTICLASS -> {
        Column scores = functions.vector_to_array(score, DOUBLES);
        Column first = array_position(scores, array_max(scores)).cast(DataTypes.IntegerType);
        Column[] labels =
            description.classes().stream().map(label -> lit(label)).toArray(Column[]::new);
        yield element_at(array(labels), first);
      }
      case REGRESSION, TELEMETRY -> lit(null).cast(DataTypes.StringType);
    };
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
