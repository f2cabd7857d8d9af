package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.profile.HashOrder;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.SegmentProfile;
import io.leeway.store.ProfileReader;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import io.leeway.store.ResultTable;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Profiles to rows of the store, and the store's rows, slice by slice, to further rows. */
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

  /**
   * What is done with all profiles of one column in the segments of one slice, or of several
   * columns that are looked at together.
   */
  interface OfSlice {
    /**
     * Takes all profiles of one segment, in any order of time. The segment into which others were
     * folded comes first, then the others in {@link HashOrder} of their text.
     */
    void take(List<Found> series, Consumer<Row> rows);

    /** After the last segment. */
    void end(Consumer<Row> rows);
  }

  /** Begins a column of a slice. */
  interface SliceStart extends Serializable {
    OfSlice begin(Slice slice, String column);
  }

  /**
   * Brings the profiles of each column and slice together, segment by segment, and turns them into
   * rows; a task holds one segment's at a time.
   */
  static JavaRDD<Row> bySlice(Dataset<Row> profiles, SliceStart start) {
    ProfileReader reader = new ProfileReader();
    int tasks =
        Integer.parseInt(profiles.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    Column slice = functions.col("slice");
    Column name = functions.col("column_name");
    Column column =
        functions
            .when(name.startsWith(MonitoredColumn.OUTCOME_PREFIX), MonitoredColumn.OUTCOME)
            .otherwise(name);
    Column segment = functions.col("segment");
    Column values = functions.map_values(functions.col("segment_values"));
    Column folded =
        functions.coalesce(functions.array_contains(values, Segment.OTHER), functions.lit(false));
    UserDefinedFunction hash =
        functions.udf((UDF1<String, Long>) ProfileFrames::signedHash, DataTypes.LongType);
    Dataset<Row> ordered =
        profiles
            .repartition(tasks, slice, column)
            .sortWithinPartitions(slice, column, folded.desc(), hash.apply(segment), segment);
    FlatMapFunction<Iterator<InternalRow>, Row> perTask =
        rows -> new SliceIterator(rows, reader, start);
    return ordered.queryExecution().toRdd().toJavaRDD().mapPartitions(perTask);
  }

  private static long signedHash(String segment) {
    return HashOrder.hash(segment) ^ Long.MIN_VALUE;
  }

  /** Cuts an ordered stream of profiles into slices and segments. */
  private static final class SliceIterator implements Iterator<Row> {
    private final Iterator<InternalRow> rows;
    private final ProfileReader reader;
    private final SliceStart start;
    private final ArrayDeque<Row> ready = new ArrayDeque<>();
    private Found next;
    private OfSlice slice;

    SliceIterator(Iterator<InternalRow> rows, ProfileReader reader, SliceStart start) {
      this.rows = rows;
      this.reader = reader;
      this.start = start;
      advance();
    }

    private void advance() {
      next = rows.hasNext() ? reader.read(rows.next()) : null;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && next != null) {
        takeSegment();
      }
      return !ready.isEmpty();
    }

    private void takeSegment() {
      Subject first = next.subject();
      if (slice == null) {
        slice = start.begin(first.segment().slice(), MonitoredColumn.family(first.column()));
      }
      List<Found> series = new ArrayList<>();
      while (next != null
          && isSameSlice(first, next.subject())
          && first.segment().equals(next.subject().segment())) {
        series.add(next);
        advance();
      }
      slice.take(series, ready::add);
      if (next == null || !isSameSlice(first, next.subject())) {
        slice.end(ready::add);
        slice = null;
      }
    }

    private static boolean isSameSlice(Subject one, Subject other) {
      return MonitoredColumn.family(one.column()).equals(MonitoredColumn.family(other.column()))
          && one.segment().slice().equals(other.segment().slice());
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
