package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Segment;
import io.leeway.domain.Window;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ScanSpec;
import io.leeway.store.SourceTable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What to scan of a model. */
final class Specs {
  private Specs() {}

  /** The rows of a source that count. */
  static Dataset<Row> rows(ModelConfig model, SourceTable source) {
    Dataset<Row> table = source.read();
    return model.predictions().where().map(table::where).orElse(table);
  }

  static ScanSpec scan(
      ModelConfig model,
      List<MonitoredColumn> columns,
      List<Window> windows,
      Set<Segment> admitted) {
    return new ScanSpec(
        SourceColumns.sql(model.predictions().time()),
        model.predictions().version().map(SourceColumns::sql),
        model.predictions().decision().map(SourceColumns::sql),
        model.predictions().positive(),
        model.slices(),
        SourceColumns.slices(model),
        columns,
        windows,
        admitted,
        model.limits().maxSegments(),
        model.limits().stateMemoryBytes());
  }
}
