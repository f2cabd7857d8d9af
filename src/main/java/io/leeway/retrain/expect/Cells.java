package io.leeway.retrain.expect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows of a batch by column, cell, half and class. Which half a row is in follows from the hash of
 * its identifier.
 */
final class Cells {
  private static final String VALUE = "value:";
  private static final String NO_VALUE = "none";
  private static final String REST = "rest";

  /** How many rows a half has of a class. */
  private record Part(int half, int ofClass) {}

  /** Place of a column, or {@link CellCounter#EVERY_ROW}, to cell to rows. */
  private final Map<Integer, Map<String, Map<Part, Long>>> counts = new HashMap<>();

  private Cells() {}

  static Cells of(
      Dataset<Row> batch, List<ScannedColumn> all, Moments moments, ReferenceLabel label) {
    List<ScannedColumn> columns =
        all.stream().filter(of -> of.reading() != ScannedColumn.Reading.NONE).toList();
    List<Column> projected = new ArrayList<>();
    projected.add(pmod(xxhash64(col(BatchScan.ID)), lit(2)).cast(DataTypes.IntegerType).as("half"));
    Column ofClass = label.hasClasses() ? col(BatchScan.LABEL) : lit(null);
    projected.add(ofClass.cast(DataTypes.IntegerType).as("class"));
    columns.forEach(column -> projected.add(column.values().as(column.value())));
    List<CellCounter.Slots> slots = columns.stream().map(column -> slots(column, moments)).toList();
    Dataset<Row> counted =
        batch
            .select(projected.toArray(Column[]::new))
            .mapPartitions(new CellCounter(slots), Encoders.row(CellCounter.SCHEMA))
            .groupBy("column", "cell", "expected", "half", "class")
            .agg(sum(col("n")).as("n"));
    List<Row> kept =
        counted
            .groupBy("column", "cell", "expected")
            .agg(
                sum(col("n")).as("total"),
                collect_list(struct(col("half"), col("class"), col("n"))).as("parts"))
            .withColumn(
                "rank",
                row_number()
                    .over(
                        Window.partitionBy("column", "expected")
                            .orderBy(col("total").desc(), col("cell"))))
            .where(col("expected").or(col("rank").leq(lit(BatchScan.MOST_UNEXPECTED))))
            .select("column", "cell", "parts")
            .collectAsList();
    Cells cells = new Cells();
    kept.forEach(row -> cells.take(row, columns));
    return cells;
  }

  private static CellCounter.Slots slots(ScannedColumn column, Moments moments) {
    if (column.reading() == ScannedColumn.Reading.NUMBER) {
      return new CellCounter.Edges(moments.edges(column));
    }
    ColumnExpectation expectation = column.expectation().orElseThrow();
    Set<String> expected = new HashSet<>(expectation.categories());
    expected.addAll(expectation.reference().categories().keySet());
    return new CellCounter.Names(expected);
  }

  private void take(Row row, List<ScannedColumn> columns) {
    int place = row.getInt(0);
    int key = place == CellCounter.EVERY_ROW ? place : columns.get(place).place();
    Map<Part, Long> parts = new HashMap<>();
    for (Row part : row.<Row>getList(2)) {
      parts.put(new Part(part.getInt(0), part.getInt(1)), part.getLong(2));
    }
    counts
        .computeIfAbsent(key, name -> new HashMap<>())
        .put(row.isNullAt(1) ? NO_VALUE : VALUE + row.getString(1), parts);
  }

  private Map<String, Map<Part, Long>> of(ScannedColumn column) {
    return counts.getOrDefault(column.place(), Map.of());
  }

  private Map<Part, Long> everyRow() {
    return counts.get(CellCounter.EVERY_ROW).get(VALUE);
  }

  /** Rows of each class; those without a label are left out. */
  SortedMap<Integer, Long> classes() {
    SortedMap<Integer, Long> classes = new TreeMap<>();
    everyRow()
        .forEach(
            (part, n) -> {
              if (part.ofClass != CellCounter.UNLABELLED) {
                classes.merge(part.ofClass, n, Long::sum);
              }
            });
    return classes;
  }

  /** Rows of each value that was kept by name. */
  SortedMap<String, Long> named(ScannedColumn column) {
    SortedMap<String, Long> named = new TreeMap<>();
    of(column)
        .forEach(
            (cell, parts) -> {
              if (cell.startsWith(VALUE)) {
                named.put(cell.substring(VALUE.length()), total(parts));
              }
            });
    return named;
  }

  /**
   * Finite values in each bin of the reference.
   *
   * @param edges of the cells, those of the bins among them
   */
  List<Long> binCounts(ScannedColumn column, BinShares bins, double[] edges) {
    SortedMap<String, Long> named = named(column);
    long[] inBins = new long[bins.shares().size()];
    for (int cell = 0; cell <= edges.length; cell++) {
      int bin = cell == 0 ? 0 : bins.bin(edges[cell - 1]);
      inBins[bin] += named.getOrDefault(Integer.toString(cell), 0L);
    }
    return IntStream.range(0, inBins.length).mapToObj(bin -> inBins[bin]).toList();
  }

  /** How well the cell alone tells the class; what was not kept is a cell, too. */
  Outcome<Double> separation(ScannedColumn column) {
    CellLabels labels = new CellLabels();
    Map<Part, Long> rest = new HashMap<>(everyRow());
    of(column)
        .forEach(
            (cell, parts) ->
                parts.forEach(
                    (part, n) -> {
                      add(labels, cell, part, n);
                      rest.merge(part, -n, Long::sum);
                    }));
    rest.forEach((part, n) -> add(labels, REST, part, n));
    return labels.separation();
  }

  private static void add(CellLabels labels, String cell, Part part, long n) {
    if (part.ofClass != CellCounter.UNLABELLED && n > 0) {
      labels.add(cell, part.half, part.ofClass, n);
    }
  }

  private static long total(Map<Part, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
