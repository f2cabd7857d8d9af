package io.leeway.cli.conformance;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the jobs published, under a file's names: {@code __null__} for a missing segment value, the
 * reference window's bounds for the reference's own values, {@code metric[class]} for a number of
 * one class, {@code n_ref} and {@code n_win} for the rows on both sides of a drift, {@code tpr} and
 * {@code ppv} for recall and precision of groups that are compared.
 */
final class PublishedValues {
  private final FolderSchema schema;
  private final PredictionTable table;
  private final FileMetrics metrics;
  private final Optional<Instant> asOf;
  private final Map<ValueKey, PublishedValue> values = new HashMap<>();

  private PublishedValues(
      FolderSchema schema, PredictionTable table, FileMetrics metrics, Optional<Instant> asOf) {
    this.schema = schema;
    this.table = table;
    this.metrics = metrics;
    this.asOf = asOf;
  }

  /**
   * Reads the values that a file lists from the tables that the jobs wrote.
   *
   * @param model as it was run
   * @param asOf the time up to which predictions and labels were looked at, if there was one
   */
  static Map<ValueKey, PublishedValue> read(
      Store store, ModelText model, ValuesFormat format, Optional<Instant> asOf) {
    FolderSchema schema = model.schema();
    FileMetrics metrics = new FileMetrics(schema, format);
    PublishedValues published = new PublishedValues(schema, model.predictions(), metrics, asOf);
    Set<Window> asked = model.plan().granularity().keySet();
    List<PublishedParts.Winner> winners =
        PublishedParts.of(new RunLedger(store).committed(schema.dataset())).winners().stream()
            .filter(winner -> isAsked(winner, model.plan()))
            .toList();
    Iterator<Row> rows = published.rows(store, winners).toLocalIterator();
    while (rows.hasNext()) {
      published.add(rows.next(), asked);
    }
    if (metrics.listsEmptyWindows()) {
      asked.stream()
          .filter(window -> !model.predictions().windows().contains(window))
          .forEach(published::addEmpty);
    }
    published.dropWithoutRows();
    return published.values;
  }

  /** The format lists windows without rows; the jobs do not look beyond the last row. */
  private void addEmpty(Window window) {
    for (String metric : List.of(FileMetrics.ROWS, FileMetrics.LABELLED)) {
      values.putIfAbsent(
          new ValueKey(asOf, window, "", "", "", metric),
          new PublishedValue(OptionalDouble.of(0), OptionalDouble.of(0), Status.NO_DATA.name()));
    }
  }

  /** Groups without rows are not listed, and windows neither, unless the format says so. */
  private void dropWithoutRows() {
    values.keySet().removeIf(key -> !isListed(key));
  }

  private boolean isListed(ValueKey key) {
    ValueKey rows =
        key.isOfOneGroup()
            ? key.ofRows(FileMetrics.ROWS)
            : new ValueKey(key.asOf(), key.window(), "", "", "", FileMetrics.ROWS);
    boolean any =
        Optional.ofNullable(values.get(rows)).map(it -> it.value().orElse(0) > 0).orElse(false);
    return any || (!key.isOfOneGroup() && metrics.listsEmptyWindows());
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

  private Dataset<Row> rows(Store store, List<PublishedParts.Winner> winners) {
    Object[] groups =
        schema.segmentDriftFeatures().stream()
            .flatMap(
                source -> Stream.of(table.columns().numeric(source), table.columns().text(source)))
            .filter(Objects::nonNull)
            .toArray();
    return store
        .read(ResultTable.METRICS, winners)
        .where(col("metric").isin(metrics.published().toArray()))
        .where(col("comparison").notEqual(lit(Comparison.PREVIOUS.text())))
        .where(coalesce(size(col("segment_values")), lit(0)).leq(1))
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
            "n_labelled",
            "denominator",
            "reference_n",
            "status");
  }

  private void add(Row row, Set<Window> asked) {
    boolean ofReference = row.getAs("granularity").equals(Subject.REFERENCE);
    Window window =
        ofReference
            ? schema.reference()
            : new Window(instant(row, "window_start"), instant(row, "window_end"));
    if (ofReference ? !table.windows().contains(window) : !asked.contains(window)) {
      return;
    }
    String segmentColumn = "";
    String segmentValue = "";
    int segments = row.fieldIndex("segment_values");
    Map<String, String> segment = row.isNullAt(segments) ? Map.of() : row.getJavaMap(segments);
    for (Map.Entry<String, String> entry : segment.entrySet()) {
      segmentColumn = source(entry.getKey());
      segmentValue = entry.getValue() == null ? PredictionTable.MISSING_SEGMENT : entry.getValue();
    }
    String feature = source(row.getAs("column_name"));
    ValueKey key =
        new ValueKey(asOf, window, segmentColumn, segmentValue, feature, row.getAs("metric"));
    if (row.getAs("comparison").equals(Comparison.BASELINE.text())) {
      addDrift(key, row);
    } else if (feature.isEmpty()) {
      addOfRows(key, row);
    } else {
      addOfColumn(key, row);
    }
  }

  private String source(String tableColumn) {
    return table.columns().source(tableColumn).orElse(tableColumn);
  }

  private void addDrift(ValueKey key, Row row) {
    if (!metrics.isDrift(key.feature(), key.metric())) {
      return;
    }
    long windowRows = count(row, "n");
    long referenceRows = count(row, "reference_n");
    if (metrics.listsDrift(key.segmentColumn(), key.feature(), referenceRows, windowRows)) {
      values.put(key, value(row));
      values.put(
          key.named(FileMetrics.REFERENCE_ROWS), PublishedValue.exact((double) referenceRows));
      values.put(key.named(FileMetrics.WINDOW_ROWS), PublishedValue.exact((double) windowRows));
    }
  }

  /** A number of the rows, or of those with labels. */
  private void addOfRows(ValueKey key, Row row) {
    String classLabel = row.getAs("class_label");
    if (metrics.format() == ValuesFormat.AS_OF) {
      if (key.metric().equals(FileMetrics.COVERAGE)) {
        values.put(key, value(row));
        values.put(
            key.named(FileMetrics.ROWS),
            new PublishedValue(number(row, "denominator"), OptionalDouble.of(0), status(row)));
      }
    } else if (key.metric().equals(FileMetrics.ROWS)) {
      values.put(key, value(row));
    }
    if (key.metric().equals(FileMetrics.PUBLISHED_LABELLED)) {
      values.put(key.named(FileMetrics.LABELLED), value(row));
    }
    if (metrics.isPerformance(key.metric(), classLabel != null) && count(row, "n_labelled") > 0) {
      values.put(
          classLabel == null ? key : key.named(key.metric() + "[" + classLabel + "]"), value(row));
    }
    if (key.isOfOneGroup() && classLabel == null && metrics.isFairness(key.segmentColumn())) {
      Optional.ofNullable(FairnessMetrics.GROUP_RATES.get(key.metric()))
          .ifPresent(rate -> values.put(key.named(rate), value(row)));
    }
  }

  /** A statistic of a column, or a gap between its groups. */
  private void addOfColumn(ValueKey key, Row row) {
    if (!key.isOfWholeWindow()) {
      return;
    }
    if (FairnessMetrics.GAPS.contains(key.metric()) && metrics.isFairness(key.feature())) {
      values.put(new ValueKey(asOf, key.window(), key.feature(), "", "", key.metric()), value(row));
    } else if (metrics.isStatistic(key.feature(), key.metric())) {
      boolean dropped =
          key.feature().equals(LabelTable.LABEL) && key.metric().equals(FileMetrics.NULL_RATE);
      values.put(key, dropped ? PublishedValue.exact(0) : value(row));
    }
  }

  private static PublishedValue value(Row row) {
    return new PublishedValue(number(row, "value"), number(row, "error_bound"), status(row));
  }

  private static String status(Row row) {
    return row.getAs("status");
  }

  private static long count(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? 0 : row.getLong(at);
  }

  private static OptionalDouble number(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(at));
  }

  /** Whichever of Spark's two classes the session's settings give. */
  private static Instant instant(Row row, String column) {
    Object at = row.getAs(column);
    return at instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) at;
  }
}
