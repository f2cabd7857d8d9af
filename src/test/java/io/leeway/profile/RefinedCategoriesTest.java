package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefinedCategoriesTest {
  @Test
  void keepsEveryNameThatWasKnown() {
    Categories refined = new Categories(List.of("b", "gone"), 9).refined(List.of("a", "b", "c"));
    assertThat(refined.values()).containsExactly("a", "b", "c", "gone");
    assertThat(refined.unseenLimit()).isEqualTo(9);
  }

  @Test
  void knownNamesComeFirstWhereThereIsNoRoomForAll() {
    List<String> known = IntStream.range(0, 9_990).mapToObj(i -> "known" + i).toList();
    List<String> added = IntStream.range(0, 50).mapToObj(i -> "new" + i).toList();
    Categories refined = new Categories(known, 100).refined(added);
    assertThat(refined.size()).isEqualTo(10_000);
    assertThat(refined.values()).containsAll(known);
  }

  /** Names in both dictionaries, and of the others the first by hash, as one pass would have it. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void rowsCountedOnBothAddUpByName(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Categories before = new Categories(List.of("v0", "v1", "v2"), 1 + random.nextInt(20));
    Categories after = before.refined(IntStream.range(0, 12).mapToObj(i -> "v" + i * i).toList());
    CategoricalTally first = new CategoricalTally(before);
    CategoricalTally second = new CategoricalTally(after);
    CategoricalTally all = new CategoricalTally(before);
    Map<String, Long> rows = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      String value = random.nextInt(20) == 0 ? null : "v" + random.nextInt(40);
      (i % 2 == 0 ? first : second).add(value, 1);
      all.add(value, 1);
      if (value != null) {
        rows.merge(value, 1L, Long::sum);
      }
    }
    CategoricalProfile sum = first.profile().mergeOnCommon(second.profile()).orElseThrow();
    assertThat(sum).isEqualTo(all.profile());
    assertThat(rows).containsAllEntriesOf(sum.byName());
    assertThat(sum.rows()).isEqualTo(500);
  }
}
