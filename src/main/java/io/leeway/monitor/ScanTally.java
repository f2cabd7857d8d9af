package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.scan.FoldedCount;
import io.leeway.scan.SegmentProfile;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * What the tasks of a scan tell as profiles pass by: how many rows each base window has of each
 * version, and how many segments each marked one stands for. A task that runs twice says the same
 * twice, which changes nothing.
 *
 * <p>The number of folded segments is one of distinct segments of a base window: it does not add up
 * over windows, since nobody knows how many of two windows' folded segments are the same.
 */
final class ScanTally extends AccumulatorV2<SegmentProfile, Integer> {
  private static final long serialVersionUID = 1L;

  /**
   * A segment of a version ({@code ""} for none) in a base window.
   *
   * @param start of the window, in microseconds since 1970 UTC
   */
  record Place(String version, long start, String slice, String segment) implements Serializable {
    static Place of(String version, long start, Segment segment) {
      Slice slice = segment.slice();
      return new Place(
          Objects.requireNonNullElse(version, ""), start, slice.toString(), segment.toString());
    }
  }

  /** All rows of a version ({@code ""} for none) in a base window, by its place in the scan. */
  record Counted(String version, int window) implements Serializable {}

  private final long[] starts;
  private final String firstColumn;

  /** Executors send it along with their heartbeats while a task adds to it. */
  private final ConcurrentHashMap<Place, FoldedCount> folded = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<Counted, RowSum> rows = new ConcurrentHashMap<>();

  /**
   * For a scan of these windows.
   *
   * @param firstColumn the first monitored one
   */
  ScanTally(List<Window> windows, String firstColumn) {
    this(
        windows.stream()
            .mapToLong(window -> ChronoUnit.MICROS.between(Instant.EPOCH, window.start()))
            .toArray(),
        firstColumn);
  }

  private ScanTally(long[] starts, String firstColumn) {
    this.starts = starts;
    this.firstColumn = firstColumn;
  }

  @Override
  public void add(SegmentProfile profile) {
    Segment segment = profile.segment();
    if (profile.folded().segments() > 0) {
      folded.put(Place.of(profile.version(), starts[profile.window()], segment), profile.folded());
    }
    if (segment.slice().isOverall() && profile.column().equals(firstColumn)) {
      String version = Objects.requireNonNullElse(profile.version(), "");
      rows.put(
          new Counted(version, profile.window()),
          new RowSum(profile.profile().rows, profile.fingerprint()));
    }
  }

  /** Segments folded into marked ones. */
  Map<Place, FoldedCount> folded() {
    return Map.copyOf(folded);
  }

  /** Rows by version and window. */
  Map<Counted, RowSum> rows() {
    return Map.copyOf(rows);
  }

  @Override
  public void merge(AccumulatorV2<SegmentProfile, Integer> other) {
    ScanTally told = (ScanTally) other;
    folded.putAll(told.folded);
    rows.putAll(told.rows);
  }

  /** What Spark shows of this: how many windows and versions had rows. */
  @Override
  public Integer value() {
    return rows.size();
  }

  @Override
  public boolean isZero() {
    return folded.isEmpty() && rows.isEmpty();
  }

  @Override
  public void reset() {
    folded.clear();
    rows.clear();
  }

  @Override
  public ScanTally copy() {
    ScanTally copy = new ScanTally(starts, firstColumn);
    copy.merge(this);
    return copy;
  }
}
