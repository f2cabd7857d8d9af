package io.leeway.monitor;

import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.scan.SegmentProfile;
import io.leeway.store.ProfileReader;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import io.leeway.store.ResultTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** Profiles to rows of the store, and the store's rows, series by series, to further rows. */
final class ProfileFrames {
  private ProfileFrames() {}

  /** Rows for the table {@code profiles}, ordered so that files can be told apart by time. */
  static Dataset<Row> of(
      SparkSession spark,
      JavaRDD<SegmentProfile> profiles,
      String model,
      String part,
      String granularity,
      List<Window> windows,
      MetricContext.StampValues stamp) {
    ArrayList<long[]> bounds = new ArrayList<>();
    windows.forEach(
        window ->
            bounds.add(new long[] {window.start().toEpochMilli(), window.end().toEpochMilli()}));
    JavaRDD<Row> rows =
        profiles.map(
            profile -> {
              long[] ends = bounds.get(profile.window());
              Window window =
                  new Window(
                      java.time.Instant.ofEpochMilli(ends[0]),
                      java.time.Instant.ofEpochMilli(ends[1]));
              Subject subject =
                  new Subject(
                      model,
                      profile.version(),
                      granularity,
                      window,
                      profile.segment(),
                      profile.column());
              return ProfileRows.row(subject, part, profile.profile(), stamp.stamp());
            });
    return spark.createDataFrame(rows, ResultTable.PROFILES.schema());
  }

  /** What is done with all profiles of one column in one segment. */
  interface OfSeries extends BiConsumer<List<Found>, Consumer<Row>>, java.io.Serializable {}

  /**
   * Brings the profiles of each column and segment together, in any order of time, and turns each
   * such series into rows; a task holds one series at a time.
   */
  static JavaRDD<Row> bySeries(Dataset<Row> profiles, OfSeries body) {
    ProfileReader reader = new ProfileReader();
    int tasks =
        Integer.parseInt(profiles.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    org.apache.spark.sql.Column[] keys = {
      functions.col("slice"), functions.col("segment"), functions.col("column_name")
    };
    Dataset<Row> ordered = profiles.repartition(tasks, keys).sortWithinPartitions(keys);
    FlatMapFunction<Iterator<InternalRow>, Row> perTask =
        rows -> new SeriesIterator(rows, reader, body);
    return ordered.queryExecution().toRdd().toJavaRDD().mapPartitions(perTask);
  }

  /** Cuts an ordered stream of profiles into series. */
  private static final class SeriesIterator implements Iterator<Row> {
    private final Iterator<InternalRow> rows;
    private final ProfileReader reader;
    private final OfSeries body;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();
    private Found next;

    SeriesIterator(Iterator<InternalRow> rows, ProfileReader reader, OfSeries body) {
      this.rows = rows;
      this.reader = reader;
      this.body = body;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && (next != null || rows.hasNext())) {
        body.accept(series(), ready::add);
      }
      return !ready.isEmpty();
    }

    private List<Found> series() {
      List<Found> series = new ArrayList<>();
      if (next == null) {
        next = reader.read(rows.next());
      }
      Found first = next;
      while (next != null && isSameSeries(first, next)) {
        series.add(next);
        next = rows.hasNext() ? reader.read(rows.next()) : null;
      }
      return series;
    }

    private static boolean isSameSeries(Found one, Found other) {
      return one.subject().column().equals(other.subject().column())
          && one.subject().segment().equals(other.subject().segment());
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.poll();
    }
  }
}
