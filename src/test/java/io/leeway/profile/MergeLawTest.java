package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every profile promises: however rows are cut, ordered and merged, the state is the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MergeLawTest<P extends Profile<P>> {
  /**
   * Some rows, and how to profile any selection of them in one pass.
   *
   * @param name says the seed
   * @param settled what a merged state is stored as in this slice
   */
  record Rows<P>(
      String name,
      long seed,
      int size,
      Function<int[], P> onePass,
      UnaryOperator<P> settled,
      Function<StoredProfile, P> restored) {
    P all() {
      return onePass.apply(IntStream.range(0, size).toArray());
    }

    P empty() {
      return onePass.apply(new int[0]);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  abstract Stream<Rows<P>> rows();

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void mergingWithNoRowsChangesNothing(Rows<P> rows) {
    P all = rows.all();
    assertSame(rows, all, rows.empty().merge(all));
    assertSame(rows, all, all.merge(rows.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theOrderOfRowsDoesNotMatter(Rows<P> rows) {
    int[] shuffled = shuffled(rows, new SplittableRandom(rows.seed()));
    assertSame(rows, rows.all(), rows.onePass().apply(shuffled));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void anyCutOfTheRowsGivesTheOnePassState(Rows<P> rows) {
    SplittableRandom random = new SplittableRandom(rows.seed());
    for (int repeat = 0; repeat < 8; repeat++) {
      int[] order = shuffled(rows, random);
      int i = random.nextInt(rows.size() + 1);
      int j = random.nextInt(i, rows.size() + 1);
      P a = rows.onePass().apply(Arrays.copyOfRange(order, 0, i));
      P b = rows.onePass().apply(Arrays.copyOfRange(order, i, j));
      P c = rows.onePass().apply(Arrays.copyOfRange(order, j, order.length));
      assertSame(rows, rows.all(), a.merge(b).merge(c));
      assertSame(rows, rows.all(), a.merge(b.merge(c)));
      assertSame(rows, rows.all(), c.merge(rows.empty()).merge(b).merge(a));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void manySmallPartsGiveTheOnePassState(Rows<P> rows) {
    SplittableRandom random = new SplittableRandom(rows.seed());
    int[] order = shuffled(rows, random);
    P merged = rows.empty();
    for (int from = 0; from < order.length; ) {
      int to = Math.min(order.length, from + 1 + random.nextInt(40));
      merged = merged.merge(rows.onePass().apply(Arrays.copyOfRange(order, from, to)));
      from = to;
    }
    assertSame(rows, rows.all(), merged);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theStoredFormGivesTheProfileBack(Rows<P> rows) {
    P all = rows.all();
    StoredProfile stored = all.stored();
    assertSame(rows, all, rows.restored().apply(stored));
    assertThat(rows.restored().apply(stored).stored()).isEqualTo(stored).hasSameHashCodeAs(stored);
    P empty = rows.empty();
    assertSame(rows, empty, rows.restored().apply(empty.stored()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void everyRowIsCountedOnce(Rows<P> rows) {
    assertThat(rows.all().rows()).isEqualTo(rows.size());
  }

  private void assertSame(Rows<P> rows, P expected, P actual) {
    assertThat(rows.settled().apply(actual)).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(rows.settled().apply(actual).stored()).isEqualTo(expected.stored());
  }

  private static int[] shuffled(Rows<?> rows, SplittableRandom random) {
    int[] order = IntStream.range(0, rows.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
