package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentFoldTest {
  private static final Slice STATE = Slice.of("state");
  private static final Slice BOTH = Slice.of("state", "age");

  private static Set<List<String>> tuples(String... values) {
    return Arrays.stream(values).map(Arrays::asList).collect(Collectors.toSet());
  }

  private static Set<List<String>> numbered(int size) {
    return IntStream.range(0, size).mapToObj(i -> List.of("s" + i)).collect(Collectors.toSet());
  }

  @Test
  void keepsAllUpToTheLimit() {
    SegmentFold.Folded folded = new SegmentFold(Set.of(), 9).fold(STATE, numbered(9));

    assertThat(folded.isIdentity()).isTrue();
    assertThat(folded.counts()).isEmpty();
    assertThat(folded.targets())
        .allSatisfy((tuple, segment) -> assertThat(segment).isEqualTo(new Segment(STATE, tuple)));
  }

  @Test
  void keepsTheFirstByHashAndCountsTheRest() {
    SegmentFold.Folded folded = new SegmentFold(Set.of(), 9).fold(STATE, numbered(30));
    Set<String> first =
        IntStream.range(0, 30)
            .mapToObj(i -> "s" + i)
            .sorted(HashOrder.INSTANCE)
            .limit(9)
            .collect(Collectors.toSet());

    Segment other = new Segment(STATE, List.of(Segment.OTHER));
    folded
        .targets()
        .forEach(
            (tuple, segment) ->
                assertThat(segment)
                    .isEqualTo(first.contains(tuple.get(0)) ? new Segment(STATE, tuple) : other));
    assertThat(folded.counts()).isEqualTo(Map.of(other, 21L));
    assertThat(folded.isIdentity()).isFalse();
  }

  @Test
  void admittedAndMissingValuesStayAboveTheLimit() {
    Set<List<String>> tuples = new HashSet<>(numbered(30));
    tuples.addAll(tuples((String) null));
    Set<Segment> admitted =
        IntStream.range(0, 12)
            .mapToObj(i -> new Segment(STATE, List.of("s" + i)))
            .collect(Collectors.toSet());

    SegmentFold.Folded folded = new SegmentFold(admitted, 2).fold(STATE, tuples);

    Set<Segment> named = new HashSet<>(folded.targets().values());
    assertThat(named)
        .containsAll(admitted)
        .contains(new Segment(STATE, Arrays.asList((String) null)));
    // 12 admitted, the missing one, 2 of 18 unseen, and the mark.
    assertThat(named).hasSize(16);
    assertThat(folded.counts()).containsValue(16L);
  }

  @Test
  void crossesFoldByColumnAndThenBySegment() {
    Set<List<String>> tuples = new HashSet<>();
    for (int state = 0; state < 6; state++) {
      for (int age = 0; age < 4; age++) {
        tuples.add(List.of("s" + state, "a" + age));
      }
    }
    SegmentFold.Folded folded = new SegmentFold(Set.of(), 5).fold(BOTH, tuples);

    // One state of six is folded first: 5 × 4 named pairs and 4 half-marked ones; 5 of them stay.
    Set<Segment> named = new HashSet<>(folded.targets().values());
    Segment other = new Segment(BOTH, List.of(Segment.OTHER, Segment.OTHER));
    assertThat(named).hasSize(6).contains(other);
    assertThat(folded.counts().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(24 - named.stream().filter(s -> !s.values().contains(Segment.OTHER)).count());
  }

  @Test
  void whatIsKeptOfAllIsKeptOfEveryPart() {
    // Bottom-k by hash: a value kept of the whole is among the first of any part that holds it.
    SegmentFold fold = new SegmentFold(Set.of(), 7);
    Map<List<String>, Segment> whole = fold.fold(STATE, numbered(100)).targets();
    Map<List<String>, Segment> part = fold.fold(STATE, numbered(40)).targets();

    part.forEach(
        (tuple, segment) -> {
          if (!whole.get(tuple).values().contains(Segment.OTHER)) {
            assertThat(segment).isEqualTo(whole.get(tuple));
          }
        });
  }

  @Test
  void valuesThatReadLikeTheMarkBearABackslashMore() {
    assertThat(SegmentFold.marked("(other)")).isEqualTo("\\(other)");
    assertThat(SegmentFold.marked("\\(other)")).isEqualTo("\\\\(other)");
    assertThat(SegmentFold.marked("an (other)")).isEqualTo("an (other)");
    assertThat(SegmentFold.marked("(others)")).isEqualTo("(others)");
    assertThat(SegmentFold.marked(null)).isNull();
  }
}
