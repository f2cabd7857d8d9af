package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.Profile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the partial states of one column, window and version cell by cell, and rolls cells up to
 * segments.
 */
final class CellMerge implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Layout layout;
  private final SegmentFold fold;

  CellMerge(Layout layout, SegmentFold fold) {
    this.layout = layout;
    this.fold = fold;
  }

  /** All segments of the slices of a group, from what every task has counted of it. */
  Iterator<SegmentProfile> rollUp(BlockKey key, Iterable<CellBlock> partials) {
    MonitoredColumn column = layout.columns.get(key.column());
    return rollUp(key, partials, ProfileMerger.of(column, layout.detail(key.group())));
  }

  private <P extends Profile<P>> Iterator<SegmentProfile> rollUp(
      BlockKey key, Iterable<CellBlock> partials, ProfileMerger<P> merger) {
    Map<List<String>, List<P>> byCell = new LinkedHashMap<>();
    for (CellBlock partial : partials) {
      for (int i = 0; i < partial.cells.size(); i++) {
        byCell
            .computeIfAbsent(partial.cells.get(i), cell -> new ArrayList<>())
            .add(merger.rebuild(partial.profiles.get(i)));
      }
    }
    List<List<String>> cells = new ArrayList<>(byCell.keySet());
    List<P> profiles = new ArrayList<>();
    byCell.values().forEach(states -> profiles.add(merger.sum(states)));
    CellGroup group = layout.groups.get(key.group());
    return group.slices().stream()
        .flatMap(slice -> segments(key, group, slice, cells, profiles, merger).stream())
        .iterator();
  }

  private <P extends Profile<P>> List<SegmentProfile> segments(
      BlockKey key,
      CellGroup group,
      Slice slice,
      List<List<String>> cells,
      List<P> profiles,
      ProfileMerger<P> merger) {
    List<Segment> segments = fold.fold(group, slice, cells);
    Map<Segment, List<P>> bySegment = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      bySegment.computeIfAbsent(segments.get(i), s -> new ArrayList<>()).add(profiles.get(i));
    }
    String column = layout.columns.get(key.column()).name();
    List<SegmentProfile> rolledUp = new ArrayList<>();
    bySegment.forEach(
        (segment, states) ->
            rolledUp.add(
                new SegmentProfile(
                    key.version(), key.window(), segment, column, merger.sum(states).stored())));
    return rolledUp;
  }
}
