package io.leeway.cli.conformance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.domain.Comparison;
import io.leeway.domain.Period;
import io.leeway.domain.Status;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.store.PublishedParts;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the jobs published, under the file's names: {@code __null__} for a missing segment value,
 * the reference window's bounds for the reference's own values, {@code metric[class]} for a number
 * of one class, {@code n_ref} and {@code n_win} for the rows on both sides of a drift.
 */
final class PublishedValues {
  private final FolderSchema schema;
  private final TableColumns columns;
  private final FileMetrics metrics;
  private final Map<ValueKey, PublishedValue> values = new HashMap<>();

  private PublishedValues(FolderSchema schema, TableColumns columns) {
    this.schema = schema;
    this.columns = columns;
    this.metrics = new FileMetrics(schema);
  }

  /** Reads the values that the format lists from the tables that the jobs wrote. */
  static Map<ValueKey, PublishedValue> read(
      Store store, FolderSchema schema, PredictionTable table, WindowPlan plan) {
    PublishedValues published = new PublishedValues(schema, table.columns());
    Set<Window> asked = plan.granularity().keySet();
    List<PublishedParts.Winner> winners =
        PublishedParts.of(new RunLedger(store).committed(schema.dataset())).winners().stream()
            .filter(winner -> isAsked(winner, plan))
            .toList();
    Iterator<Row> rows = rows(store, published, winners).toLocalIterator();
    while (rows.hasNext()) {
      published.add(rows.next(), asked);
    }
    for (Window window : asked) {
      if (!table.windows().contains(window)) {
        published.addEmpty(window);
      }
    }
    return published.values;
  }

  /** The format lists windows without rows; the jobs do not look beyond the last row. */
  private void addEmpty(Window window) {
    values.putIfAbsent(
        new ValueKey(window, "", "", "", FileMetrics.ROWS),
        new PublishedValue(OptionalDouble.of(0), OptionalDouble.of(0), Status.NO_DATA.name()));
  }

  private static boolean isAsked(PublishedParts.Winner winner, WindowPlan plan) {
    Window window = winner.part().part().window();
    String granularity = winner.part().part().granularity();
    return granularity.equals(Subject.REFERENCE)
        || Optional.ofNullable(plan.granularity().get(window))
            .map(Period::toString)
            .filter(granularity::equals)
            .isPresent();
  }

  private static Dataset<Row> rows(
      Store store, PublishedValues published, List<PublishedParts.Winner> winners) {
    Object[] groups =
        published.schema.segmentDriftFeatures().stream()
            .flatMap(
                source ->
                    Stream.of(published.columns.numeric(source), published.columns.text(source)))
            .filter(java.util.Objects::nonNull)
            .toArray();
    return store
        .read(ResultTable.METRICS, winners)
        .where(col("metric").isin(FileMetrics.computed().toArray()))
        .where(col("comparison").notEqual(lit(Comparison.PREVIOUS.text())))
        .where(
            col("slice")
                .equalTo(lit("[]"))
                .or(col("column_name").equalTo(lit("")))
                .or(col("column_name").isin(groups)))
        .select(
            "granularity",
            "window_start",
            "window_end",
            "segment_values",
            "column_name",
            "class_label",
            "metric",
            "comparison",
            "value",
            "error_bound",
            "n",
            "reference_n",
            "status");
  }

  private void add(Row row, Set<Window> asked) {
    boolean ofReference = row.getString(0).equals(Subject.REFERENCE);
    Window window = ofReference ? schema.reference() : new Window(instant(row, 1), instant(row, 2));
    if (!ofReference && !asked.contains(window)) {
      return;
    }
    Map<String, String> segment = row.isNullAt(3) ? Map.of() : row.getJavaMap(3);
    if (segment.size() > 1) {
      return;
    }
    String segmentColumn = "";
    String segmentValue = "";
    for (Map.Entry<String, String> entry : segment.entrySet()) {
      segmentColumn = columns.source(entry.getKey()).orElse(entry.getKey());
      segmentValue = entry.getValue() == null ? PredictionTable.MISSING_SEGMENT : entry.getValue();
    }
    String feature = columns.source(row.getString(4)).orElse(row.getString(4));
    String metric =
        row.isNullAt(5) ? row.getString(6) : row.getString(6) + "[" + row.getString(5) + "]";
    ValueKey key = new ValueKey(window, segmentColumn, segmentValue, feature, metric);
    boolean drift = row.getString(7).equals(Comparison.BASELINE.text());
    if (drift && metrics.isDrift(feature, metric)) {
      addDrift(key, row);
    } else if (!drift && (isRows(key, row) || isStatistic(key))) {
      values.put(key, value(row));
    }
  }

  /** Groups without rows are not listed. */
  private static boolean isRows(ValueKey key, Row row) {
    return key.feature().isEmpty()
        && key.metric().equals(FileMetrics.ROWS)
        && (key.isOfWholeWindow() || number(row, 8).orElse(0) > 0);
  }

  private boolean isStatistic(ValueKey key) {
    return key.isOfWholeWindow() && metrics.isStatistic(key.feature(), key.metric());
  }

  private void addDrift(ValueKey key, Row row) {
    long windowRows = row.isNullAt(10) ? 0 : row.getLong(10);
    long referenceRows = row.isNullAt(11) ? 0 : row.getLong(11);
    if (metrics.listsDrift(key.segmentColumn(), key.feature(), referenceRows, windowRows)) {
      values.put(key, value(row));
      values.put(
          named(key, FileMetrics.REFERENCE_ROWS), PublishedValue.exact((double) referenceRows));
      values.put(named(key, FileMetrics.WINDOW_ROWS), PublishedValue.exact((double) windowRows));
    }
  }

  private static ValueKey named(ValueKey key, String metric) {
    return new ValueKey(
        key.window(), key.segmentColumn(), key.segmentValue(), key.feature(), metric);
  }

  private static PublishedValue value(Row row) {
    return new PublishedValue(number(row, 8), number(row, 9), row.getString(12));
  }

  private static OptionalDouble number(Row row, int column) {
    return row.isNullAt(column) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(column));
  }

  /** Whichever of Spark's two classes the session's settings give. */
  private static Instant instant(Row row, int column) {
    return row.get(column) instanceof Timestamp timestamp
        ? timestamp.toInstant()
        : (Instant) row.get(column);
  }
}
