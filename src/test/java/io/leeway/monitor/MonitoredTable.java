package io.leeway.monitor;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table of made-up predictions, and the monitor's tables over it, in a folder. */
record MonitoredTable(Path folder) {
  /**
   * Appends rows of some days of January 2026.
   *
   * @param columns SQL over {@code id} and {@code day}, besides the id and the time
   */
  void append(int firstDay, int lastDay, int rowsPerDay, String columns) {
    LocalSpark.session()
        .sql(
            "SELECT id, timestamp'2026-01-01T00:00:00Z' + make_interval(0, 0, 0, day - 1, 7) AS at, "
                + columns
                + " FROM (SELECT "
                + firstDay
                + " + id DIV "
                + rowsPerDay
                + " AS day, id + 1000000 * "
                + firstDay
                + " AS id FROM range("
                + (lastDay - firstDay + 1) * rowsPerDay
                + "))")
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(predictions());
  }

  String predictions() {
    return folder.resolve("predictions").toString();
  }

  ModelConfig model(String... lines) {
    return config(lines).model("m");
  }

  private LeewayConfig config(String... lines) {
    return ConfigLoader.load(
        """
            leeway {
              store.path = "results"
              models.m {
                task = binary
                predictions { table = "%s", id = id, time = at, version = version, score = p }
            %s
              }
            }
            """
            .formatted(predictions(), String.join("\n", lines)),
        folder);
  }

  Store store() {
    LeewayConfig any = config("reference { where = \"true\" }");
    return Store.open(LocalSpark.session(), any.store());
  }

  ModelReport monitor(ModelConfig model) {
    return new Monitor(store(), line -> {}).run(model, MonitorRequest.due(Instant.now()));
  }

  /** Published numbers that meet a condition. */
  List<Row> metrics(String where) {
    Dataset<Row> metrics = store().read(ResultTable.METRICS);
    return metrics.where(where).orderBy("window_start").collectAsList();
  }
}
