package io.leeway.retrain.expect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;

import io.leeway.stats.Outcome;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * What has to be known of a batch, in three passes over its rows however many columns there are:
 * ranges and quantiles, distinct identifiers, and counts by cell and label. What it takes to the
 * driver is bounded by the number of columns, not of rows. Whoever has a batch that is costly to
 * make caches it.
 */
public final class BatchScan {
  /** Identifier, a text. */
  public static final String ID = "leeway_id";

  /** Prediction time, a timestamp. */
  public static final String TIME = "leeway_time";

  /** A double: 0 or 1, the index of a class, or a number; NULL without a label. */
  public static final String LABEL = "leeway_label";

  /** What begins so is no feature. */
  private static final String OURS = "leeway_";

  /** Unexpected values counted by name in a column of categories; the others are the rest. */
  static final int MOST_UNEXPECTED = 1_000;

  private final Dataset<Row> batch;
  private final Expectations expectations;

  private BatchScan(Dataset<Row> batch, Expectations expectations) {
    this.batch = batch;
    this.expectations = expectations;
  }

  /**
   * Looks through a batch.
   *
   * @param batch with the columns {@link #ID}, {@link #TIME} and {@link #LABEL}, and each feature
   *     under its name
   * @param expectations whose bins and categories are counted; of columns that it does not have, or
   *     has as another type, only missing values are
   * @throws IllegalArgumentException if a label is not finite, or of a classification no index
   */
  public static BatchFacts of(Dataset<Row> batch, Expectations expectations) {
    return new BatchScan(batch, expectations).facts();
  }

  private BatchFacts facts() {
    List<ScannedColumn> columns = new ArrayList<>();
    for (StructField field : batch.schema().fields()) {
      if (!field.name().startsWith(OURS)) {
        columns.add(ScannedColumn.of(columns.size(), field, expectations.column(field.name())));
      }
    }
    Moments moments = Moments.of(batch, columns, expectations.label());
    if (moments.rows() == 0) {
      return nothing(columns);
    }
    long distinct = batch.agg(countDistinct(col(ID))).head().getLong(0);
    Cells cells = Cells.of(batch, columns, moments, expectations.label());
    List<ColumnFacts> facts = new ArrayList<>();
    for (ScannedColumn column : columns) {
      facts.add(facts(column, moments, cells));
    }
    return new BatchFacts(
        moments.rows(),
        moments.rows() - distinct,
        labels(moments, cells),
        moments.time("earliest"),
        moments.time("latest"),
        facts);
  }

  private static BatchFacts nothing(List<ScannedColumn> columns) {
    return new BatchFacts(
        0,
        0,
        new LabelFacts(0, new TreeMap<>(), Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        columns.stream()
            .map(column -> ColumnFacts.unread(column.name(), column.type(), 0, 0))
            .toList());
  }

  private LabelFacts labels(Moments moments, Cells cells) {
    return new LabelFacts(
        moments.labelled(),
        expectations.label().hasClasses() ? cells.classes() : new TreeMap<>(),
        moments.number("least_label"),
        moments.number("greatest_label"),
        moments.number("mean_label"));
  }

  private ColumnFacts facts(ScannedColumn column, Moments moments, Cells cells) {
    long nulls = moments.rows() - moments.present(column);
    return switch (column.reading()) {
      case NONE -> ColumnFacts.unread(column.name(), column.type(), moments.rows(), nulls);
      case NUMBER ->
          new ColumnFacts(
              column.name(),
              column.type(),
              moments.rows(),
              nulls,
              Optional.of(numbers(column, moments, cells)),
              Optional.empty(),
              expectations.label().hasClasses()
                  ? cells.separation(column)
                  : moments.correlation(column));
      case CATEGORY ->
          new ColumnFacts(
              column.name(),
              column.type(),
              moments.rows(),
              nulls,
              Optional.empty(),
              Optional.of(categories(column, moments, cells)),
              expectations.label().hasClasses()
                  ? cells.separation(column)
                  : Outcome.undefined("A category has no correlation with a number."));
    };
  }

  private static NumberFacts numbers(ScannedColumn column, Moments moments, Cells cells) {
    Optional<BinShares> bins = column.expectation().orElseThrow().reference().bins();
    return new NumberFacts(
        moments.rowsThat(column, "nan"),
        moments.rowsThat(column, "infinite"),
        moments.number(column.value() + "_min"),
        moments.number(column.value() + "_max"),
        bins.map(of -> cells.binCounts(column, of, moments.edges(column))).orElse(List.of()));
  }

  private static CategoryFacts categories(ScannedColumn column, Moments moments, Cells cells) {
    SortedMap<String, Long> counts = cells.named(column);
    long named = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      named += entry.getValue();
    }
    return new CategoryFacts(counts, moments.present(column) - named);
  }

  static Optional<Instant> instant(Row row, String name) {
    Timestamp time = row.getTimestamp(row.fieldIndex(name));
    return Optional.ofNullable(time).map(Timestamp::toInstant);
  }
}
