package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdSampleTest extends MergeLawTest<IdSample> {
  private static double hash(long id) {
    return HashOrder.hash("id" + id) >>> 11;
  }

  /** Of 600 rows about every third repeats an identifier, and some have none. */
  private static long[] ids(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, 600)
        .mapToLong(i -> random.nextInt(25) == 0 ? -1 : random.nextInt(400))
        .toArray();
  }

  private static IdSample sample(int kept, long[] ids, int[] rows) {
    IdTally tally = new IdGrid(kept).tally();
    for (int row : rows) {
      if (ids[row] < 0) {
        tally.addNull();
      } else {
        tally.add(hash(ids[row]));
      }
    }
    return tally.profile();
  }

  @Override
  Stream<Rows<IdSample>> rows() {
    return Stream.of(5, 100, 4096)
        .map(
            kept -> {
              long[] ids = ids(kept);
              return new Rows<>(
                  kept + " kept",
                  kept,
                  ids.length,
                  rows -> sample(kept, ids, rows),
                  UnaryOperator.identity(),
                  new IdGrid(kept)::rebuild);
            });
  }

  /** Against a map of all identifiers. */
  @Test
  void keptIdentifiersHaveAllOfTheirRows() {
    long[] ids = ids(1);
    IdSample sample = sample(50, ids, IntStream.range(0, ids.length).toArray());

    TreeMap<Double, Long> all = new TreeMap<>();
    for (long id : ids) {
      if (id >= 0) {
        all.merge(hash(id), 1L, Long::sum);
      }
    }
    Map<Double, Long> expected = new TreeMap<>();
    all.entrySet().stream().limit(50).forEach(of -> expected.put(of.getKey(), of.getValue()));
    assertThat(sample.rowsByHash()).isEqualTo(expected);
    assertThat(sample.isComplete()).isFalse();
    assertThat(sample(4096, ids, IntStream.range(0, ids.length).toArray()).isComplete()).isTrue();
  }

  @Test
  void settledSampleTellsNoIdentifierAndIsReadBack() {
    long[] ids = {1, 1, 1, 2, 3, 3};
    IdSample settled = sample(10, ids, new int[] {0, 1, 2, 3, 4, 5}).settled();

    assertThat(settled.rowsByHash()).isEmpty();
    assertThat(settled.idsByRows()).isEqualTo(Map.of(1L, 1L, 2L, 1L, 3L, 1L));
    assertThat(settled.isComplete()).isTrue();
    assertThat(settled.stored().values).containsExactly(1, 2, 3);
    assertThat(new IdGrid(10).rebuild(settled.stored())).isEqualTo(settled);
  }

  @Test
  void sumOfSettledSamplesTellsItsRowsAlone() {
    long[] ids = {1, 1, 2};
    IdSample settled = sample(10, ids, new int[] {0, 1, 2}).settled();
    IdSample sum = settled.merge(settled);

    assertThat(sum.n()).isEqualTo(6);
    assertThat(sum.idsByRows()).isEmpty();
    assertThat(sum.stored().values).isEmpty();
  }

  @Test
  void samplesOfOtherSizesDoNotAddUp() {
    IdSample small = sample(5, new long[] {1}, new int[] {0});
    IdSample large = sample(10, new long[] {1}, new int[] {0});

    assertThatIllegalArgumentException().isThrownBy(() -> small.merge(large));
    assertThat(small.mergeOnCommon(large).reason()).isPresent();
  }
}
