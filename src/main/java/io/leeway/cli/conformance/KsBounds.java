package io.leeway.cli.conformance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.leeway.domain.Window;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whole windows whose {@code ks_statistic} has an error bound above {@value #LARGE}. That is to be
 * expected only where a window crowds into few bins of the reference's grid.
 */
final class KsBounds {
  static final double LARGE = 0.01;

  /** A window crowds if a bin that is wider than one value holds more than this share of it. */
  static final double CROWDED = 0.05;

  private static final String METRIC = "ks_statistic";

  /**
   * A large bound.
   *
   * @param fullestBin greatest share of the window's values in one bin, bins of one value apart
   */
  record Large(ValueKey key, double errorBound, double fullestBin) {
    boolean isCrowded() {
      return fullestBin > CROWDED;
    }
  }

  private KsBounds() {}

  /** All large bounds, by window and column. */
  static List<Large> large(
      Map<ValueKey, PublishedValue> published,
      Store store,
      FolderSchema schema,
      PredictionTable table,
      LabelTable labels) {
    Map<String, List<ValueKey>> byColumn = new TreeMap<>();
    new TreeMap<>(published)
        .forEach(
            (key, value) -> {
              if (key.metric().equals(METRIC) && key.isOfWholeWindow() && value.bound() > LARGE) {
                byColumn.computeIfAbsent(key.feature(), any -> new ArrayList<>()).add(key);
              }
            });
    List<Large> large = new ArrayList<>();
    byColumn.forEach(
        (feature, keys) -> {
          boolean ofLabel = feature.equals(LabelTable.LABEL);
          String column = ofLabel ? feature : table.columns().numeric(feature);
          Dataset<Row> rows = rows(store, table.path());
          Map<Window, Double> fullest =
              fullestBins(
                  ofLabel ? rows.join(rows(store, labels.path()), LabelTable.ID) : rows,
                  column,
                  edges(store, schema, column),
                  keys);
          keys.forEach(
              key ->
                  large.add(
                      new Large(
                          key,
                          published.get(key).bound(),
                          fullest.getOrDefault(key.window(), 0.0))));
        });
    return large;
  }

  private static double[] edges(Store store, FolderSchema schema, String column) {
    Object[] attempts =
        new RunLedger(store)
            .committed(schema.dataset()).stream().map(run -> run.run().attemptId()).toArray();
    Row row =
        store
            .read(ResultTable.BASELINES)
            .where(col("model").equalTo(lit(schema.dataset())))
            .where(col("column_name").equalTo(lit(column)))
            .where(col("attempt_id").isin(attempts))
            .select("edges")
            .first();
    return row.<Double>getList(0).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Dataset<Row> rows(Store store, Path table) {
    return store.spark().read().format("delta").load(table.toString());
  }

  private static Map<Window, Double> fullestBins(
      Dataset<Row> rows, String column, double[] edges, List<ValueKey> keys) {
    Dataset<Row> values =
        rows.where(col(PredictionTable.PERIOD).equalTo(lit(FolderSchema.ANALYSIS)))
            .where(col(column).isNotNull())
            .select(unix_micros(col(PredictionTable.TIME)), col(column));
    Map<Window, Map<Integer, Long>> bins = new HashMap<>();
    Map<Window, Long> sizes = new HashMap<>();
    Iterator<Row> all = values.toLocalIterator();
    while (all.hasNext()) {
      Row row = all.next();
      Instant at = Instant.EPOCH.plus(row.getLong(0), ChronoUnit.MICROS);
      int bin = bin(edges, row.getDouble(1));
      for (ValueKey key : keys) {
        if (key.window().contains(at)) {
          sizes.merge(key.window(), 1L, Long::sum);
          if (bin == 0 || bin == edges.length || Math.nextUp(edges[bin - 1]) < edges[bin]) {
            bins.computeIfAbsent(key.window(), any -> new HashMap<>()).merge(bin, 1L, Long::sum);
          }
        }
      }
    }
    Map<Window, Double> fullest = new HashMap<>();
    bins.forEach(
        (window, counts) ->
            fullest.put(
                window,
                (double) counts.values().stream().mapToLong(Long::longValue).max().orElse(0)
                    / sizes.get(window)));
    return fullest;
  }

  /** How many edges are at or below the value. */
  private static int bin(double[] edges, double value) {
    int at = Arrays.binarySearch(edges, value + 0.0);
    return at >= 0 ? at + 1 : -at - 1;
  }
}
