package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which segments keep their name. Those that the baseline admitted always do; of the others, first
 * of each slice column's values and then of each slice's segments, the first {@code maxSegments} in
 * {@link HashOrder} do, and the rest is one segment, {@link Segment#OTHER}. What is kept depends on
 * the set of segments in the window alone.
 */
final class SegmentFold implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, HashSet<String>> admittedValues = new HashMap<>();
  private final HashMap<String, HashSet<String>> admittedSegments = new HashMap<>();
  private final int maxSegments;

  SegmentFold(Set<Segment> admitted, int maxSegments) {
    this.maxSegments = maxSegments;
    for (Segment segment : admitted) {
      admittedSegments
          .computeIfAbsent(segment.slice().toString(), slice -> new HashSet<>())
          .add(segment.toString());
      segment
          .valuesByColumn()
          .forEach(
              (column, value) ->
                  admittedValues.computeIfAbsent(column, c -> new HashSet<>()).add(value));
    }
  }

  /** The segment of one slice in which each of some cells is counted. */
  List<Segment> fold(CellGroup group, Slice slice, List<? extends List<String>> cells) {
    int[] places = slice.columns().stream().mapToInt(group.columns()::indexOf).toArray();
    List<Set<String>> kept = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      Set<String> values = new HashSet<>();
      for (List<String> cell : cells) {
        values.add(cell.get(places[i]));
      }
      kept.add(keep(values, admittedValues.get(slice.columns().get(i))));
    }
    List<Segment> segments = new ArrayList<>();
    for (List<String> cell : cells) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < places.length; i++) {
        String value = cell.get(places[i]);
        values.add(kept.get(i).contains(value) ? marked(value) : Segment.OTHER);
      }
      segments.add(new Segment(slice, values));
    }
    return foldSegments(slice, segments);
  }

  private List<Segment> foldSegments(Slice slice, List<Segment> segments) {
    Map<String, Segment> byText = new HashMap<>();
    segments.forEach(segment -> byText.put(segment.toString(), segment));
    Set<String> kept = keep(byText.keySet(), admittedSegments.get(slice.toString()));
    if (kept.size() == byText.size()) {
      return segments;
    }
    Segment other = new Segment(slice, Collections.nCopies(slice.columns().size(), Segment.OTHER));
    return segments.stream()
        .map(segment -> kept.contains(segment.toString()) ? segment : other)
        .toList();
  }

  /** A value that reads like the mark of folded ones is told apart from it. */
  private static String marked(String value) {
    return Segment.OTHER.equals(value) ? "\\" + value : value;
  }

  private Set<String> keep(Collection<String> values, Set<String> admitted) {
    Set<String> kept = new LinkedHashSet<>();
    List<String> unseen = new ArrayList<>();
    for (String value : values) {
      if (value == null || (admitted != null && admitted.contains(value))) {
        kept.add(value);
      } else {
        unseen.add(value);
      }
    }
    if (unseen.size() > maxSegments) {
      unseen.sort(HashOrder.INSTANCE);
      unseen = unseen.subList(0, maxSegments);
    }
    kept.addAll(unseen);
    return kept;
  }
}
