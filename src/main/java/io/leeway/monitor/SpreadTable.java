package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.monitor.metrics.Spreads;
import io.leeway.monitor.metrics.Varying;
import io.leeway.stats.inference.Overdispersion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Overdispersion per model version, column, segment and statistic, as the reference's windows
 * showed it. A segment without an estimate takes the largest one among the segments of its version
 * with one column fewer, and so on up to all rows; failing that, the configured design effect,
 * marked as assumed. One version's estimate never stands in for another's, nor one statistic's.
 */
final class SpreadTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final char SEPARATOR = 0;

  /** Whose rows of the reference carry an estimate. */
  private static final Object[] METRICS = Varying.metrics().toArray();

  private final HashMap<String, EnumMap<Varying, Overdispersion>> estimates = new HashMap<>();
  private final double designEffect;

  SpreadTable(double designEffect) {
    this.designEffect = designEffect;
  }

  /**
   * Reads what a baseline found.
   *
   * @param metrics its rows of {@code metrics}; those with {@code phi_df} carry an estimate
   */
  static SpreadTable read(Dataset<Row> metrics, double designEffect) {
    SpreadTable table = new SpreadTable(designEffect);
    Dataset<Row> estimates =
        metrics
            .where(functions.col("metric").isin(METRICS))
            .where(functions.col("phi_df").isNotNull())
            .select("model_version", "column_name", "slice", "segment", "metric", "phi", "phi_df");
    // Several rows a segment and column: the driver takes in one partition of them at a time.
    Iterator<Row> rows = estimates.toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      table.put(
          Objects.requireNonNullElse(row.getString(0), ""),
          row.getString(1),
          row.getString(2),
          row.getString(3),
          Varying.of(row.getString(4)).orElseThrow(),
          new Overdispersion(row.getDouble(5), row.getDouble(6)));
    }
    return table;
  }

  /**
   * Adds an estimate of a segment, named by the texts of its slice and of itself.
   *
   * @param version of the reference's rows, empty for none
   */
  void put(
      String version,
      String column,
      String slice,
      String segment,
      Varying of,
      Overdispersion estimate) {
    estimates
        .computeIfAbsent(key(version, column, slice, segment), key -> new EnumMap<>(Varying.class))
        .put(of, estimate);
  }

  /**
   * What holds for a segment of a column.
   *
   * @param version whose reference rows it is held against, empty for none
   */
  Spreads of(String version, String column, Segment segment) {
    return new Spreads(find(version, column, segment), designEffect);
  }

  private EnumMap<Varying, Overdispersion> find(String version, String column, Segment segment) {
    EnumMap<Varying, Overdispersion> found = new EnumMap<>(Varying.class);
    for (Segment parent : parents(segment)) {
      find(version, column, parent)
          .forEach((of, estimate) -> found.merge(of, estimate, SpreadTable::larger));
    }
    EnumMap<Varying, Overdispersion> own =
        estimates.get(key(version, column, segment.slice().toString(), segment.toString()));
    if (own != null) {
      found.putAll(own);
    }
    return found;
  }

  private static Overdispersion larger(Overdispersion one, Overdispersion other) {
    return one.phi() >= other.phi() ? one : other;
  }

  private static List<Segment> parents(Segment segment) {
    List<Segment> parents = new ArrayList<>();
    List<String> columns = segment.slice().columns();
    for (int left = 0; left < columns.size(); left++) {
      List<String> names = new ArrayList<>(columns);
      List<String> values = new ArrayList<>(segment.values());
      names.remove(left);
      values.remove(left);
      parents.add(new Segment(new Slice(names), values));
    }
    return parents;
  }

  private static String key(String version, String column, String slice, String segment) {
    return version + SEPARATOR + column + SEPARATOR + slice + SEPARATOR + segment;
  }
}
