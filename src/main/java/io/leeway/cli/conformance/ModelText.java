package io.leeway.cli.conformance;

import com.typesafe.config.ConfigUtil;
import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.Task;
import io.leeway.domain.Period;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/**
 * The configuration of a folder's model, as somebody would write it.
 *
 * @param schema what is asked for
 * @param predictions of the analysis
 * @param reference where the reference's rows are, of the same columns
 */
record ModelText(
    FolderSchema schema,
    PredictionTable predictions,
    PredictionTable reference,
    LabelTable labels,
    WindowPlan plan) {
  /** More than any folder holds, so that no segment is folded away. */
  private static final int EVERY_SEGMENT = 1_000_000;

  /** The same model, of which something else is asked for. */
  ModelText withSchema(FolderSchema asked) {
    return new ModelText(asked, predictions, reference, labels, plan);
  }

  /** The same model, whose windows come about otherwise. */
  ModelText withPlan(WindowPlan other) {
    return new ModelText(schema, predictions, reference, labels, other);
  }

  /** Reads the configuration back as the commands do, with all its checks. */
  LeewayConfig config(Path store) {
    return ConfigLoader.load(text(store), store.toAbsolutePath().getParent());
  }

  String text(Path store) {
    TableColumns columns = predictions.columns();
    return lines(
        "leeway {",
        "  store.path = " + path(store),
        "  models." + quoted(schema.dataset()) + " {",
        "    task = " + schema.task().text(),
        predictionsBlock(columns),
        "    labels { table = "
            + path(labels.path())
            + ", id = "
            + LabelTable.ID
            + ", label = "
            + LabelTable.LABEL
            + ", time = "
            + LabelTable.TIME
            + " }",
        featuresBlock(columns),
        "    slices = "
            + schema.segmentColumns().stream()
                .map(column -> list(List.of(columns.text(column))))
                .toList(),
        fairness(columns),
        "    windows { base = "
            + quoted(plan.base().toString())
            + ", calendar = "
            + periods(plan.calendar())
            + ", roll-up = "
            + periods(plan.rollUps())
            + ", publish = "
            + periods(plan.periods())
            + ", zone = UTC }",
        "    reference { table = "
            + path(reference.path())
            + ", where = "
            + quoted(PredictionTable.PERIOD + " = " + literal(schema.referencePeriod()))
            + ", from = "
            + quoted(schema.reference().start().toString())
            + ", until = "
            + quoted(schema.reference().end().toString())
            + " }",
        "    max-segments = " + EVERY_SEGMENT,
        "  }",
        "}");
  }

  private static String path(Path of) {
    return quoted(of.toAbsolutePath().toString());
  }

  private String predictionsBlock(TableColumns columns) {
    StringJoiner text = new StringJoiner("\n      ", "    predictions {\n      ", "\n    }");
    text.add("table = " + path(predictions.path()));
    text.add("id = " + PredictionTable.ID + ", time = " + PredictionTable.TIME);
    // The format has one value for all rows of a window, whichever version answered them,
    // and one reference.
    if (predictions.versions().size() == 1 && predictions.versions().equals(reference.versions())) {
      text.add("version = " + PredictionTable.VERSION);
    }
    if (schema.task() == Task.MULTICLASS) {
      text.add("scores {");
      for (int i = 0; i < schema.classes().size(); i++) {
        String column = columns.numeric(schema.scores().get(i));
        text.add("  " + quoted(schema.classes().get(i)) + " = " + quoted(column));
      }
      text.add("}");
    } else {
      text.add("score = " + quoted(columns.numeric(schema.scores().get(0))));
    }
    schema.decision().ifPresent(column -> text.add("decision = " + quoted(columns.text(column))));
    schema.positive().ifPresent(value -> text.add("positive = " + quoted(value)));
    text.add("where = " + quoted(PredictionTable.PERIOD + " = " + literal(FolderSchema.ANALYSIS)));
    return text.toString();
  }

  /** A model without features would have them found; then every column is excluded. */
  private String featuresBlock(TableColumns columns) {
    if (schema.numericFeatures().isEmpty() && schema.categoricalFeatures().isEmpty()) {
      return "    features { exclude = "
          + list(columns.all().stream().map(TableColumns.TableColumn::name).toList())
          + " }";
    }
    return "    features { numeric = "
        + list(schema.numericFeatures().stream().map(columns::numeric).toList())
        + ", categorical = "
        + list(schema.categoricalFeatures().stream().map(columns::text).toList())
        + " }";
  }

  /** Gaps in all their readings; those that nobody names are not kept. */
  private String fairness(TableColumns columns) {
    if (schema.fairness().columns().isEmpty()) {
      return "";
    }
    return "    fairness { attributes = "
        + list(schema.fairness().columns().stream().map(columns::text).toList())
        + schema.fairness().positive().map(of -> ", positive = " + quoted(of)).orElse("")
        + " }\n    store-metrics = "
        + list(FairnessMetrics.GAPS);
  }

  private static String periods(Collection<Period> periods) {
    return list(periods.stream().map(Period::toString).toList());
  }

  private static String list(Collection<String> texts) {
    return texts.stream().map(ModelText::quoted).toList().toString();
  }

  private static String quoted(String text) {
    return ConfigUtil.quoteString(text);
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }
}
