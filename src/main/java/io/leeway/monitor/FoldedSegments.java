package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Window;
import io.leeway.scan.FoldedCount;
import io.leeway.scan.SegmentProfile;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.util.AccumulatorV2;

/**
 * How many segments each marked one stands for, told by the tasks of a scan as profiles pass by. A
 * task that runs twice says the same twice, which changes nothing.
 *
 * <p>The number is one of distinct segments of a base window: it does not add up over windows,
 * since nobody knows how many of two windows' folded segments are the same.
 */
final class FoldedSegments
    extends AccumulatorV2<SegmentProfile, Map<FoldedSegments.Place, FoldedCount>> {
  private static final long serialVersionUID = 1L;

  /**
   * A marked segment of a version ({@code ""} for none) in a base window.
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

  private final long[] starts;
  private final HashMap<Place, FoldedCount> folded = new HashMap<>();

  /** For a scan of these windows. */
  FoldedSegments(List<Window> windows) {
    this(
        windows.stream()
            .mapToLong(window -> ChronoUnit.MICROS.between(Instant.EPOCH, window.start()))
            .toArray());
  }

  private FoldedSegments(long[] starts) {
    this.starts = starts;
  }

  @Override
  public void add(SegmentProfile profile) {
    if (profile.folded().segments() > 0) {
      folded.put(
          Place.of(profile.version(), starts[profile.window()], profile.segment()),
          profile.folded());
    }
  }

  @Override
  public void merge(AccumulatorV2<SegmentProfile, Map<Place, FoldedCount>> other) {
    folded.putAll(other.value());
  }

  @Override
  public Map<Place, FoldedCount> value() {
    return Map.copyOf(folded);
  }

  @Override
  public boolean isZero() {
    return folded.isEmpty();
  }

  @Override
  public void reset() {
    folded.clear();
  }

  @Override
  public FoldedSegments copy() {
    FoldedSegments copy = new FoldedSegments(starts);
    copy.folded.putAll(folded);
    return copy;
  }
}
