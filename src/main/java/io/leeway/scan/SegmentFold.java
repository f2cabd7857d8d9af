package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which segments of a slice keep their name. Those that the baseline admitted always do, and so
 * does the missing one. Of the others, the first {@code maxSegments} by {@link HashOrder} of their
 * text do, none where the baseline itself folded some; the rest is counted as {@link
 * Segment#other}.
 *
 * <p>What is kept of a whole is kept of each of its parts that holds it. So it depends on the set
 * of segments in the window alone, may be decided part by part and again of what the parts kept,
 * and holds for sums of windows, too.
 */
final class SegmentFold implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, HashSet<String>> admitted = new HashMap<>();
  private final HashSet<String> full = new HashSet<>();
  private final int maxSegments;

  SegmentFold(Set<Segment> admitted, int maxSegments) {
    this.maxSegments = maxSegments;
    for (Segment segment : admitted) {
      String slice = segment.slice().toString();
      if (segment.isOther()) {
        full.add(slice);
      } else {
        this.admitted.computeIfAbsent(slice, s -> new HashSet<>()).add(segment.toString());
      }
    }
  }

  /**
   * Where each distinct tuple of values of one slice is counted.
   *
   * @param unseen where something is folded, the texts of all segments that keep their name only
   *     while there is room
   * @param kept how many of these do
   */
  record Folded(
      Map<List<String>, Segment> targets, boolean isIdentity, Set<String> unseen, int kept) {}

  /** Whether so many tuples may be too many for a slice. */
  boolean mayFold(Slice slice, int tuples) {
    return tuples > maxSegments || full.contains(slice.toString());
  }

  /**
   * Decides for all tuples of values of one slice that occur. A tuple with the mark of a folded
   * value in it stays folded.
   *
   * @param tuples distinct, each value {@linkplain #marked marked}
   */
  Folded fold(Slice slice, Set<List<String>> tuples) {
    Segment other = Segment.other(slice);
    Map<List<String>, Segment> targets = new HashMap<>();
    boolean identity = true;
    for (List<String> tuple : tuples) {
      Segment segment = new Segment(slice, tuple);
      identity &= !segment.isOther();
      targets.put(tuple, segment.isOther() ? other : segment);
    }
    if (!mayFold(slice, tuples.size())) {
      return new Folded(targets, identity, Set.of(), 0);
    }
    Map<String, List<String>> unseen = unseen(slice, targets);
    int limit = full.contains(slice.toString()) ? 0 : maxSegments;
    if (identity && unseen.size() <= limit) {
      return new Folded(targets, true, Set.of(), 0);
    }
    Set<String> kept = new HashSet<>(HashOrder.first(unseen.keySet(), limit));
    unseen.forEach(
        (text, tuple) -> {
          if (!kept.contains(text)) {
            targets.put(tuple, other);
          }
        });
    return new Folded(targets, false, unseen.keySet(), kept.size());
  }

  /** Tuples that keep their name only while there is room, by the text of their segment. */
  private Map<String, List<String>> unseen(Slice slice, Map<List<String>, Segment> targets) {
    Set<String> always = admitted.getOrDefault(slice.toString(), new HashSet<>());
    Map<String, List<String>> unseen = new HashMap<>();
    targets.forEach(
        (tuple, segment) -> {
          if (!segment.isOther() && !segment.isMissing()) {
            String text = segment.toString();
            if (!always.contains(text)) {
              unseen.put(text, tuple);
            }
          }
        });
    return unseen;
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
}
