package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which segments keep their name. Those that the baseline admitted always do, and so do missing
 * values. Of the others, first of each slice column's values and then of the segments of a slice of
 * several columns, the first {@code maxSegments} in {@link HashOrder} do; the rest is counted as
 * {@link Segment#OTHER}. What is kept depends on the set of segments in the window alone.
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

  /** Where each distinct tuple of values of one slice is counted. */
  record Folded(Map<List<String>, Segment> targets, boolean isIdentity) {
    /** How many tuples each marked segment stands for. */
    Map<Segment, Long> counts() {
      Map<Segment, Long> counts = new HashMap<>();
      if (!isIdentity) {
        for (Segment target : targets.values()) {
          if (target.values().contains(Segment.OTHER)) {
            counts.merge(target, 1L, Long::sum);
          }
        }
      }
      return counts;
    }
  }

  /**
   * Decides for all tuples of values of one slice that occur.
   *
   * @param tuples distinct, each value {@linkplain #marked marked}
   */
  Folded fold(Slice slice, Set<List<String>> tuples) {
    List<Set<String>> kept = new ArrayList<>();
    for (int i = 0; i < slice.columns().size(); i++) {
      Set<String> values = new HashSet<>();
      for (List<String> tuple : tuples) {
        values.add(tuple.get(i));
      }
      kept.add(keep(values, admittedValues.get(slice.columns().get(i))));
    }
    Map<List<String>, Segment> targets = new HashMap<>();
    Map<List<String>, Segment> marked = new HashMap<>();
    for (List<String> tuple : tuples) {
      List<String> values = replaced(tuple, kept);
      targets.put(
          tuple,
          values == tuple
              ? new Segment(slice, tuple)
              : marked.computeIfAbsent(values, v -> new Segment(slice, v)));
    }
    boolean identity = marked.isEmpty();
    if (slice.columns().size() > 1) {
      identity &= !foldSegments(slice, targets);
    }
    return new Folded(targets, identity);
  }

  /** The tuple itself if all of its values keep their name. */
  private static List<String> replaced(List<String> tuple, List<Set<String>> kept) {
    String[] values = null;
    for (int i = 0; i < kept.size(); i++) {
      if (!kept.get(i).contains(tuple.get(i))) {
        values = values == null ? tuple.toArray(String[]::new) : values;
        values[i] = Segment.OTHER;
      }
    }
    return values == null ? tuple : Arrays.asList(values);
  }

  /** Whether any segment was folded. */
  private boolean foldSegments(Slice slice, Map<List<String>, Segment> targets) {
    Segment other = new Segment(slice, Collections.nCopies(slice.columns().size(), Segment.OTHER));
    Set<String> texts = new HashSet<>();
    targets.values().forEach(segment -> texts.add(segment.toString()));
    texts.remove(other.toString());
    Set<String> kept = keep(texts, admittedSegments.get(slice.toString()));
    if (kept.size() == texts.size()) {
      return false;
    }
    targets.replaceAll((tuple, segment) -> kept.contains(segment.toString()) ? segment : other);
    return true;
  }

  /**
   * A value as segments bear it: one that reads like the mark of folded ones, after any number of
   * backslashes, gets one backslash more.
   */
  static String marked(String value) {
    if (value == null || !value.endsWith(Segment.OTHER)) {
      return value;
    }
    int prefix = value.length() - Segment.OTHER.length();
    boolean reads = value.chars().limit(prefix).allMatch(character -> character == '\\');
    return reads ? "\\" + value : value;
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
    kept.addAll(unseen.size() > maxSegments ? HashOrder.first(unseen, maxSegments) : unseen);
    return kept;
  }
}
