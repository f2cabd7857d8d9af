package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.config.ReferenceConfig;
import io.leeway.config.TableRef;
import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.scan.MonitoredColumn;
import io.leeway.store.SourceTable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/**
 * The rows that the model is held against, and the stretch of time they lie in.
 *
 * @param window what the reference's own values are published under
 * @param windows base windows over that stretch
 */
record ReferenceRows(SourceTable source, Dataset<Row> rows, Window window, List<Window> windows) {

  /**
   * Opens the reference of a model.
   *
   * @throws UserException if the table is missing, its times are wrong, or no row is in the
   *     reference
   */
  static ReferenceRows open(SparkSession spark, ModelConfig model) {
    ReferenceConfig reference = model.reference();
    TableRef address = reference.table().orElse(model.predictions().table());
    SourceTable source = SourceTable.open(spark, address, OptionalLong.empty());
    PredictionTime.check(model, source);
    Column time = functions.expr(SourceColumns.sql(model.predictions().time()));
    Dataset<Row> rows = source.read();
    if (reference.where().isPresent()) {
      rows = rows.where(reference.where().get());
    } else if (reference.table().isEmpty() && model.predictions().where().isPresent()) {
      rows = rows.where(model.predictions().where().get());
    }
    if (reference.from().isPresent()) {
      rows = rows.where(time.geq(functions.lit(reference.from().get())));
    }
    if (reference.until().isPresent()) {
      rows = rows.where(time.lt(functions.lit(reference.until().get())));
    }
    Window span = span(model, rows, time, address);
    List<Window> windows = baseWindows(model.windows().base(), model.windows().zone(), span);
    return new ReferenceRows(source, rows, span, windows);
  }

  /**
   * The type of an expression over the rows; empty where they lack what it names, as a table of the
   * reference's own may.
   */
  Optional<DataType> typeOf(String expression) {
    try {
      return Optional.of(rows.select(functions.expr(expression)).schema().fields()[0].dataType());
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Of these columns those that the rows have, and what looks at none but these. */
  List<MonitoredColumn> present(List<MonitoredColumn> columns) {
    List<MonitoredColumn> present = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (MonitoredColumn column : columns) {
      List<String> needs = column.grid().needs();
      if (needs.isEmpty() ? typeOf(column.expression()).isPresent() : names.containsAll(needs)) {
        present.add(column);
        names.add(column.name());
      }
    }
    return present;
  }

  private static Window span(ModelConfig model, Dataset<Row> rows, Column time, TableRef address) {
    ReferenceConfig reference = model.reference();
    if (reference.from().isPresent() && reference.until().isPresent()) {
      return new Window(reference.from().get(), reference.until().get());
    }
    Column asTime = time.cast("timestamp");
    Row ends = rows.agg(functions.min(asTime), functions.max(asTime)).first();
    if (ends.isNullAt(0)) {
      throw empty(model, address);
    }
    Period base = model.windows().base();
    ZoneId zone = model.windows().zone();
    Instant first = base.windowOf(ends.getTimestamp(0).toInstant(), zone).start();
    Instant last = base.windowOf(ends.getTimestamp(1).toInstant(), zone).end();
    return new Window(reference.from().orElse(first), reference.until().orElse(last));
  }

  static UserException empty(ModelConfig model, Object address) {
    return new UserException(
        "Model '%s': no row of table %s lies in the reference (%s). Correct the model's reference block."
            .formatted(model.name(), address, describe(model.reference())));
  }

  private static String describe(ReferenceConfig reference) {
    List<String> parts = new ArrayList<>();
    reference.from().ifPresent(from -> parts.add("from " + from));
    reference.until().ifPresent(until -> parts.add("until " + until));
    reference.where().ifPresent(where -> parts.add("where " + where));
    return parts.isEmpty() ? "the whole table" : String.join(", ", parts);
  }

  private static List<Window> baseWindows(Period base, ZoneId zone, Window span) {
    List<Window> windows = new ArrayList<>();
    Window window = base.windowOf(span.start(), zone);
    while (window.start().isBefore(span.end())) {
      windows.add(window);
      window = base.after(window, zone);
    }
    return windows;
  }
}
