package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.profile.HashOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
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
    assertThat(folded.targets())
        .allSatisfy((tuple, segment) -> assertThat(segment).isEqualTo(new Segment(STATE, tuple)));
  }

  @Test
  void keepsTheFirstByHashAndCountsTheRest() {
    SegmentFold.Folded folded = new SegmentFold(Set.of(), 9).fold(STATE, numbered(30));
    Set<String> first =
        IntStream.range(0, 30)
            .mapToObj(i -> "state=s" + i)
            .sorted(HashOrder.INSTANCE)
            .limit(9)
            .collect(Collectors.toSet());

    Segment other = new Segment(STATE, List.of(Segment.OTHER));
    folded
        .targets()
        .forEach(
            (tuple, segment) ->
                assertThat(segment)
                    .isEqualTo(
                        first.contains("state=" + tuple.get(0))
                            ? new Segment(STATE, tuple)
                            : other));
    assertThat(folded.unseen()).hasSize(30);
    assertThat(folded.kept()).isEqualTo(9);
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
    assertThat(folded.unseen()).hasSize(18);
    assertThat(folded.kept()).isEqualTo(2);
  }

  @Test
  void whereTheBaselineFoldedSomeOnlyAdmittedOnesAreNamed() {
    // So that what the window calls other is what the reference called other.
    Segment admitted = new Segment(STATE, List.of("s3"));
    SegmentFold fold = new SegmentFold(Set.of(admitted, Segment.other(STATE)), 9);

    assertThat(new HashSet<>(fold.fold(STATE, numbered(5)).targets().values()))
        .containsExactlyInAnyOrder(admitted, Segment.other(STATE));
    assertThat(fold.fold(BOTH, tuples2(5)).isIdentity()).isTrue();
  }

  private static Set<List<String>> tuples2(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> List.of("s" + i, "a"))
        .collect(Collectors.toSet());
  }

  /** Seed of the draws: 5. */
  @Test
  void foldingPartsAndThenWhatTheyKeptIsFoldingTheWhole() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 50; round++) {
      Set<List<String>> whole = new HashSet<>();
      List<Set<List<String>>> parts = new ArrayList<>();
      for (int part = 0; part < 4; part++) {
        Set<List<String>> tuples = new HashSet<>();
        for (int i = random.nextInt(40); i > 0; i--) {
          String age = random.nextInt(5) == 0 ? null : "a" + random.nextInt(6);
          tuples.add(Arrays.asList("s" + random.nextInt(9), age));
        }
        whole.addAll(tuples);
        parts.add(tuples);
      }
      SegmentFold fold = new SegmentFold(Set.of(new Segment(BOTH, List.of("s1", "a1"))), 7);
      Map<List<String>, Segment> ofWhole = fold.fold(BOTH, whole).targets();
      Set<List<String>> keptOfParts = new HashSet<>();
      parts.forEach(
          part ->
              fold.fold(BOTH, part)
                  .targets()
                  .values()
                  .forEach(segment -> keptOfParts.add(segment.values())));
      Map<List<String>, Segment> again = fold.fold(BOTH, keptOfParts).targets();

      for (Set<List<String>> part : parts) {
        fold.fold(BOTH, part)
            .targets()
            .forEach(
                (tuple, segment) ->
                    assertThat(again.get(segment.values())).isEqualTo(ofWhole.get(tuple)));
      }
    }
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
