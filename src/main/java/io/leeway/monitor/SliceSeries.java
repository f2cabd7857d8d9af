package io.leeway.monitor;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.BinDetail;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileMerger;
import io.leeway.store.ProfileReader.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All profiles of one column in the segments of one slice over time, and the metrics that follow.
 *
 * <p>Of the base windows of a roll-up, each names as many segments as a window may, so all of them
 * may name more; and a segment that one of them names may be folded in another. Therefore the
 * roll-up folds again, by the rule of the scan: the missing segment and those that the baseline
 * admitted keep their name, and so do the first of the others, none where the baseline itself
 * folded some. Each of these is named in every base window that holds it; the rows of the others
 * count as {@link Segment#other}. Since segments come in the order of the rule, one is at hand at a
 * time.
 *
 * <p>A window scanned by another baseline may have followed other limits. There, a segment that is
 * not named may be among the folded ones, if there are any, and then the roll-up folds it, too.
 */
final class SliceSeries<P extends Profile<P>> implements ProfileFrames.OfSlice {
  private final MetricContext context;
  private final String column;
  private final Function<MonitoredColumn, Optional<ProfileMerger<P>>> mergers;
  private final SegmentSeries<P> other;
  private final Optional<GroupComparison> groups;

  /** How many segments there were so far that keep their name only while there is room. */
  private final Map<Stretch, Integer> unseen = new HashMap<>();

  private SliceSeries(
      MetricContext context,
      Slice slice,
      String column,
      Function<MonitoredColumn, Optional<ProfileMerger<P>>> mergers) {
    this.context = context;
    this.column = column;
    this.mergers = mergers;
    this.other = new SegmentSeries<>(context, this, Segment.other(slice), column);
    this.groups =
        column.equals(MonitoredColumn.OUTCOME)
            ? GroupComparison.of(context, slice)
            : Optional.empty();
  }

  /** The metrics of all targets of a context, from all profiles that they need. */
  static JavaRDD<Row> all(Dataset<Row> profiles, MetricContext context) {
    return ProfileFrames.bySlice(profiles, (slice, column) -> begin(context, slice, column));
  }

  /** Begins a column of a slice; one that is not monitored gives no rows. */
  static ProfileFrames.OfSlice begin(MetricContext context, Slice slice, String column) {
    MonitoredColumn monitored = context.columns.get(column);
    if (monitored == null) {
      return new Unmonitored();
    }
    BinDetail detail = slice.isOverall() ? BinDetail.FINE : BinDetail.COARSE;
    return begin(context, slice, monitored, monitored.merger(detail));
  }

  @SuppressWarnings("unchecked") // Grids of one class have profiles of one class.
  private static <P extends Profile<P>> SliceSeries<P> begin(
      MetricContext context, Slice slice, MonitoredColumn column, ProfileMerger<P> merger) {
    return new SliceSeries<>(
        context,
        slice,
        column.name(),
        on ->
            column.isLike(on)
                ? Optional.of((ProfileMerger<P>) on.merger(merger.detail()))
                : Optional.empty());
  }

  private static final class Unmonitored implements ProfileFrames.OfSlice {
    @Override
    public void take(List<Found> series, Consumer<Row> rows) {}

    @Override
    public void end(Consumer<Row> rows) {}
  }

  /** What adds profiles up on a grid; nothing where the column was not there or of another kind. */
  Optional<ProfileMerger<P>> merger(String binsId) {
    return context.columnOn(binsId, column).flatMap(mergers);
  }

  @Override
  public void take(List<Found> series, Consumer<Row> rows) {
    Segment segment = series.get(0).subject().segment();
    if (segment.isOther()) {
      series.forEach(other::take);
      return;
    }
    SegmentSeries<P> one = new SegmentSeries<>(context, this, segment, column);
    series.forEach(one::take);
    groups.ifPresent(collected -> one.tellReferences(collected));
    if (!segment.isMissing()) {
      Set<String> versions = new TreeSet<>(one.versions());
      versions.addAll(other.versions());
      for (String version : versions) {
        context.unions.forEach(union -> decide(one, union.in(version)));
      }
    }
    one.measure(rows);
  }

  private void decide(SegmentSeries<P> one, Stretch stretch) {
    boolean occurs = one.occursIn(stretch);
    boolean named =
        one.hasReference() || !occurs || unseen.merge(stretch, 1, Integer::sum) <= limit();
    if (!named || other.mayHide(one, stretch)) {
      if (occurs) {
        other.add(stretch, one.sums(stretch));
      }
      one.fold(stretch);
    }
  }

  private int limit() {
    return other.hasReference() ? 0 : context.maxSegments;
  }

  /** Notes a segment's outcome, to be compared with the others' when all are there. */
  void compareLater(Target.Shape target, String version, Segment segment, Profile<?> window) {
    groups.ifPresent(collected -> collected.add(target, version, segment, (ProfileBundle) window));
  }

  /** Whether a window says that rows of further segments are told as one. */
  boolean foldsIn(Stretch stretch) {
    return other.occursIn(stretch);
  }

  @Override
  public void end(Consumer<Row> rows) {
    other.measure(rows);
    groups.ifPresent(collected -> collected.measure(rows));
  }
}
