package io.leeway.monitor;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Predictions and labels of a few days in a folder, row by row as a test says them, and what the
 * monitor makes of them.
 */
record LabelledTables(Path folder) {
  static final Instant DAY_1 = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant LATER = Instant.parse("2026-06-01T00:00:00Z");
  private static final StructType PREDICTIONS =
      StructType.fromDDL(
          "id STRING, at TIMESTAMP, version STRING, p DOUBLE, h STRING, gender STRING, x DOUBLE");
  private static final StructType LABELS =
      StructType.fromDDL("id STRING, y STRING, seen TIMESTAMP");

  /** A prediction. */
  record Prediction(String id, Instant at, double p, String h, String gender, double x) {
    Row row() {
      return RowFactory.create(id, Timestamp.from(at), "v1", p, h, gender, x);
    }
  }

  /** A label. */
  record Label(String id, String y, Instant seen) {
    Row row() {
      return RowFactory.create(id, y, seen == null ? null : Timestamp.from(seen));
    }
  }

  /** So many hours after the first midnight; days from 1. */
  static Instant at(int day, int hour) {
    return DAY_1.plusSeconds(86_400L * (day - 1) + 3_600L * hour);
  }

  void predict(List<Prediction> predictions) {
    write(predictions.stream().map(Prediction::row).toList(), PREDICTIONS, "predictions", "append");
  }

  void label(List<Label> labels) {
    write(labels.stream().map(Label::row).toList(), LABELS, "labels", "append");
  }

  /** All of the table, in place of what was there. */
  void relabel(List<Label> labels) {
    write(labels.stream().map(Label::row).toList(), LABELS, "labels", "overwrite");
  }

  /** Rows of any kind. */
  void write(List<Row> rows, StructType schema, String table, String mode) {
    LocalSpark.session()
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .format("delta")
        .mode(mode)
        .save(path(table));
  }

  String path(String table) {
    return folder.resolve(table).toString();
  }

  /** A model whose reference is the first {@code days}, with further lines of configuration. */
  ModelConfig model(int days, String store, String... lines) {
    return config(days, store, lines).model("m");
  }

  private LeewayConfig config(int days, String store, String... lines) {
    return ConfigLoader.load(
        """
            leeway {
              store.path = "%s"
              models.m {
                task = binary
                predictions { table = predictions/, id = id, time = at, version = version, score = p, decision = h }
                features = [x]
                reference { from = "%s", until = "%s" }
            %s
              }
            }
            """
            .formatted(store, DAY_1, DAY_1.plusSeconds(86_400L * days), String.join("\n", lines)),
        folder);
  }

  Store store(String name) {
    return Store.open(
        LocalSpark.session(), config(1, name, "labels { table = labels/, label = y }").store());
  }

  ModelReport run(String store, ModelConfig model, Instant now) {
    return new Monitor(store(store), line -> {}).run(model, MonitorRequest.due(now));
  }

  /** Rows of what shows now. */
  List<Row> shown(String store, String query) {
    Views.createTemporary(store(store), 1);
    return LocalSpark.session().sql(query).collectAsList();
  }

  /** Everything that shows, but for what names the run, as texts in an order of their own. */
  List<String> texts(String store) {
    List<String> texts = new ArrayList<>();
    for (Row row :
        shown(
            store,
            "SELECT to_json(struct(* EXCEPT (run_id, attempt_id, baseline_id, computed_at))) FROM latest_metrics WHERE metric NOT IN ('labels_unmatched')")) {
      texts.add(row.getString(0));
    }
    texts.sort(null);
    return texts;
  }
}
