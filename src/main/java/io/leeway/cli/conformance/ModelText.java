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

/** The configuration of a folder's model, as somebody would write it. */
final class ModelText {
  /** More than any folder holds, so that no segment is folded away. */
  private static final int EVERY_SEGMENT = 1_000_000;

  private ModelText() {}

  /** Reads the configuration back as the commands do, with all its checks. */
  static LeewayConfig config(
      FolderSchema schema, PredictionTable table, WindowPlan plan, Path store) {
    return ConfigLoader.load(of(schema, table, plan, store), store.toAbsolutePath().getParent());
  }

  static String of(FolderSchema schema, PredictionTable table, WindowPlan plan, Path store) {
    String source = quoted(table.path().toAbsolutePath().toString());
    return lines(
        "leeway {",
        "  store.path = " + quoted(store.toAbsolutePath().toString()),
        "  models." + quoted(schema.dataset()) + " {",
        "    task = " + schema.task().text(),
        predictions(schema, table, source),
        features(schema, table.columns()),
        "    slices = "
            + schema.segmentColumns().stream()
                .map(column -> list(List.of(table.columns().text(column))))
                .toList(),
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
            + source
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

  private static String predictions(FolderSchema schema, PredictionTable table, String source) {
    TableColumns columns = table.columns();
    StringJoiner text = new StringJoiner("\n      ", "    predictions {\n      ", "\n    }");
    text.add("table = " + source);
    text.add("id = " + PredictionTable.ID + ", time = " + PredictionTable.TIME);
    // The format has one value for all rows of a window, whichever version answered them.
    if (table.versions().size() == 1) {
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
  private static String features(FolderSchema schema, TableColumns columns) {
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
