package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.profile.BinDetail;
import io.leeway.profile.Profile;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.store.ProfileReader.Found;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * Hands on the reference's base windows segment by segment, of each slice the first so many by
 * name, and the missing one; of all others, window by window, the sum as one segment. One set of
 * names holds for all versions and windows. It is the set that the scan of any of these windows
 * would have kept, had it seen all their rows, so no window has folded any of it.
 */
final class ReferenceFold<P extends Profile<P>> implements ProfileFrames.OfSlice {
  /** What is done with the reference's windows of one column in one segment. */
  interface OfSegment extends Serializable {
    void take(List<Found> found, Consumer<Row> rows);
  }

  private final Segment other;
  private final ProfileMerger<P> merger;
  private final int most;
  private final OfSegment next;
  private final Map<Place, Sum<P>> folded = new LinkedHashMap<>();
  private int kept;

  private record Place(String version, Window window) {}

  private record Sum<P extends Profile<P>>(Found first, ProfileMerger.Sum<P> rows) {}

  private ReferenceFold(Slice slice, ProfileMerger<P> merger, int most, OfSegment next) {
    this.other = Segment.other(slice);
    this.merger = merger;
    this.most = most;
    this.next = next;
  }

  /**
   * Folds what goes to {@code next}.
   *
   * @param most how many segments of a slice keep their name
   */
  static ProfileFrames.SliceStart before(OfSegment next, List<MonitoredColumn> columns, int most) {
    HashMap<String, MonitoredColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return (slice, column) -> begin(slice, byName.get(column), most, next);
  }

  private static ReferenceFold<?> begin(
      Slice slice, MonitoredColumn column, int most, OfSegment next) {
    BinDetail detail = slice.isOverall() ? BinDetail.FINE : BinDetail.COARSE;
    return begin(slice, column.merger(detail), most, next);
  }

  private static <P extends Profile<P>> ReferenceFold<P> begin(
      Slice slice, ProfileMerger<P> merger, int most, OfSegment next) {
    return new ReferenceFold<>(slice, merger, most, next);
  }

  @Override
  public void take(List<Found> series, Consumer<Row> rows) {
    Segment segment = series.get(0).subject().segment();
    if (segment.isMissing() || (!segment.isOther() && kept < most)) {
      kept += segment.isMissing() ? 0 : 1;
      next.take(series, rows);
    } else {
      series.forEach(this::fold);
    }
  }

  private void fold(Found found) {
    Place place = new Place(found.subject().modelVersion(), found.subject().window());
    folded
        .computeIfAbsent(place, p -> new Sum<>(found, merger.sum()))
        .rows()
        .add(merger.rebuild(found.profile()));
  }

  @Override
  public void end(Consumer<Row> rows) {
    if (!folded.isEmpty()) {
      List<Found> sums = new ArrayList<>();
      folded.values().forEach(sum -> sums.add(found(sum)));
      next.take(sums, rows);
    }
  }

  private Found found(Sum<P> sum) {
    Subject of = sum.first().subject();
    return new Found(
        new Subject(
            of.model(), of.modelVersion(), of.granularity(), of.window(), other, of.column()),
        sum.first().part(),
        sum.first().binsId(),
        sum.first().baselineId(),
        sum.rows().total().stored());
  }
}
