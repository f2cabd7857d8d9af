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
final class ReferenceFold implements ProfileFrames.OfSlice {
  private final Slice slice;
  private final Map<String, MonitoredColumn> columns;
  private final int most;
  private final ProfileFrames.OfSlice next;
  private final Map<Place, Sum<?>> folded = new LinkedHashMap<>();
  private int kept;

  private record Place(String version, Window window, String column) {}

  /** The rows of a column in one window, of all segments that are folded. */
  private record Sum<P extends Profile<P>>(
      Found first, ProfileMerger<P> merger, ProfileMerger.Sum<P> rows) {
    static <P extends Profile<P>> Sum<P> of(Found first, ProfileMerger<P> merger) {
      return new Sum<>(first, merger, merger.sum());
    }

    void add(Found found) {
      rows.add(merger.rebuild(found.profile()));
    }
  }

  private ReferenceFold(
      Slice slice, Map<String, MonitoredColumn> columns, int most, ProfileFrames.OfSlice next) {
    this.slice = slice;
    this.columns = columns;
    this.most = most;
    this.next = next;
  }

  /**
   * Folds what goes to {@code next}.
   *
   * @param columns as they are scanned, each by itself
   * @param most how many segments of a slice keep their name
   */
  static ProfileFrames.SliceStart before(
      ProfileFrames.SliceStart next, List<MonitoredColumn> columns, int most) {
    HashMap<String, MonitoredColumn> byName = new HashMap<>();
    columns.forEach(column -> byName.put(column.name(), column));
    return (slice, column) -> new ReferenceFold(slice, byName, most, next.begin(slice, column));
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
    Subject subject = found.subject();
    BinDetail detail = slice.isOverall() ? BinDetail.FINE : BinDetail.COARSE;
    folded
        .computeIfAbsent(
            new Place(subject.modelVersion(), subject.window(), subject.column()),
            place -> Sum.of(found, columns.get(subject.column()).merger(detail)))
        .add(found);
  }

  @Override
  public void end(Consumer<Row> rows) {
    if (!folded.isEmpty()) {
      List<Found> sums = new ArrayList<>();
      folded.values().forEach(sum -> sums.add(found(sum)));
      next.take(sums, rows);
    }
    next.end(rows);
  }

  private Found found(Sum<?> sum) {
    Subject of = sum.first().subject();
    return new Found(
        new Subject(
            of.model(),
            of.modelVersion(),
            of.granularity(),
            of.window(),
            Segment.other(slice),
            of.column()),
        sum.first().part(),
        sum.first().binsId(),
        sum.first().baselineId(),
        sum.rows().total().stored());
  }
}
