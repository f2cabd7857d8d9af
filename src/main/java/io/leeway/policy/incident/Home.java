package io.leeway.policy.incident;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.policy.verdict.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where something happened: all rows, or the segments of one slice that it is confined to.
 *
 * <p>Of every slice in which there is a breach, the share of rows is taken that lies in affected
 * segments: those with a breach and those that would have one were they tested alone, among all
 * that were tested. All rows are a share of 1. The slice with the smallest share says best where it
 * happened, but a slice of more columns has to halve the share of one of fewer: parents come before
 * children. A share above two thirds is everywhere.
 *
 * @param segments in order; {@link Segment#ALL} alone for everywhere
 */
public record Home(List<Segment> segments) {
  /** All rows. */
  public static final Home EVERYWHERE = new Home(List.of(Segment.ALL));

  private static final double NEARLY_ALL = 2.0 / 3;
  private static final double BETTER = 0.5;

  public Home {
    segments = List.copyOf(segments);
    if (segments.isEmpty() || segments.stream().map(Segment::slice).distinct().count() != 1) {
      throw new IllegalArgumentException("A home is segments of one slice, not " + segments + ".");
    }
  }

  /** What was tested of a slice. */
  private record Tested(Map<Segment, Long> all, Set<Segment> affected, Set<Segment> breached) {
    Tested() {
      this(new LinkedHashMap<>(), new HashSet<>(), new HashSet<>());
    }

    double share() {
      double of = all.values().stream().mapToLong(Long::longValue).sum();
      return affected.stream().mapToLong(all::get).sum() / of;
    }
  }

  /**
   * The home of breaches that have a cause in common.
   *
   * @param verdicts all on the same thing in one window, breaches or not
   */
  static Home of(Collection<Verdict> verdicts) {
    Map<Slice, Tested> slices = new TreeMap<>(Comparator.comparing(Slice::columns, FEWER_FIRST));
    for (Verdict verdict : verdicts) {
      if (verdict.tests().isPresent()) {
        Segment segment = verdict.subject().segment();
        Tested tested = slices.computeIfAbsent(segment.slice(), slice -> new Tested());
        tested.all().merge(segment, rows(verdict), Math::max);
        if (verdict.isLikelyBeyond()) {
          tested.affected().add(segment);
        }
        if (verdict.kind() == Verdict.Kind.BREACH) {
          tested.affected().add(segment);
          tested.breached().add(segment);
        }
      }
    }
    Home best = EVERYWHERE;
    double least = 1;
    double limit = NEARLY_ALL;
    int columns = 1;
    for (Map.Entry<Slice, Tested> slice : slices.entrySet()) {
      Tested tested = slice.getValue();
      if (slice.getKey().columns().size() > columns) {
        columns = slice.getKey().columns().size();
        limit = least == 1 ? NEARLY_ALL : BETTER * least;
      }
      double share = tested.share();
      if (!tested.breached().isEmpty() && !slice.getKey().isOverall() && share <= limit) {
        best = new Home(sorted(tested.affected()));
        least = share;
        limit = Math.nextDown(share);
      }
    }
    return best;
  }

  private static final Comparator<List<String>> FEWER_FIRST =
      Comparator.<List<String>>comparingInt(List::size).thenComparing(Object::toString);

  /** At least one, so that a segment whose rows are not told counts, too. */
  private static long rows(Verdict verdict) {
    return Math.max(1, verdict.value().map(of -> of.n() == null ? 0 : of.n()).orElse(0L));
  }

  private static List<Segment> sorted(Collection<Segment> segments) {
    return segments.stream().sorted(Comparator.comparing(Segment::toString)).toList();
  }

  public boolean isEverywhere() {
    return segments.get(0).slice().isOverall();
  }

  /** Whether all of the other's rows lie here. */
  boolean contains(Home other) {
    return other.segments.stream()
        .allMatch(of -> segments.stream().anyMatch(one -> contains(one, of)));
  }

  private static boolean contains(Segment one, Segment other) {
    return other.valuesByColumn().entrySet().containsAll(one.valuesByColumn().entrySet());
  }

  /** Whether a segment of one lies within a segment of the other. */
  public boolean isNestedWith(Home other) {
    return segments.stream()
        .anyMatch(
            one -> other.segments.stream().anyMatch(of -> contains(one, of) || contains(of, one)));
  }

  /** Whether it is cut by one of these columns. */
  boolean isCutBy(Collection<String> columns) {
    return segments.get(0).slice().columns().stream().anyMatch(columns::contains);
  }

  /** For eyes: {@code state=VIC; state=NSW}, or {@code all rows}. */
  @Override
  public String toString() {
    return isEverywhere() ? "all rows" : String.join("; ", texts());
  }

  /** One by one, as in the column {@code segment}. */
  public Set<String> texts() {
    Set<String> texts = new TreeSet<>();
    segments.forEach(segment -> texts.add(segment.toString()));
    return texts;
  }
}
