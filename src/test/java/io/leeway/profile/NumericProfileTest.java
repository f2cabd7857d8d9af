package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumericProfileTest extends MergeLawTest<NumericProfile> {
  private static final double NULL = Double.longBitsToDouble(0x7ff8000000000001L);

  /** NaN with this payload stands for a missing value. */
  private static boolean isNull(double row) {
    return Double.doubleToRawLongBits(row) == Double.doubleToRawLongBits(NULL);
  }

  @Override
  Stream<Rows<NumericProfile>> rows() {
    List<Rows<NumericProfile>> all = new ArrayList<>();
    NumericGrid plain = NumericRows.grid(ColumnKind.NUMERIC, 8, NumericRows.normal(1, 5000, 3, 2));
    NumericGrid wide = NumericRows.grid(ColumnKind.NUMERIC, 512, NumericRows.normal(1, 5000, 3, 2));
    NumericGrid score = NumericRows.grid(ColumnKind.SCORE, 16, NumericRows.uniform(2, 9000, 0, 1));
    NumericGrid constant = NumericRows.grid(ColumnKind.NUMERIC, 4, 20.5, 20.5, 20.5);
    NumericGrid zero = NumericRows.grid(ColumnKind.NUMERIC, 4, 0, 0, 0);
    for (long seed : new long[] {1, 2, 3}) {
      add(all, "small integers", seed, plain, NumericRows.integers(seed, 300, 8));
      add(all, "integers one over the limit", seed, plain, NumericRows.integers(seed, 300, 9));
      add(all, "continuous", seed, plain, NumericRows.normal(seed, 500, 3, 2));
      add(all, "at the exact limit", seed, wide, atLimit(seed, 512));
      add(all, "one over the exact limit", seed, wide, atLimit(seed, 513));
      add(all, "few rows", seed, wide, NumericRows.normal(seed, 5, 3, 2));
      add(all, "everything odd", seed, plain, odd(seed, 400));
      add(all, "overflowing sums", seed, plain, huge(seed, 200));
      add(all, "scores", seed, score, NumericRows.uniform(seed, 400, 0, 1));
      add(all, "few scores", seed, score, few(seed, 400));
      add(all, "constant grid, constant rows", seed, constant, few(seed, 50, 20.5));
      add(all, "constant grid, moved rows", seed, constant, NumericRows.uniform(seed, 90, 0, 9e6));
      add(all, "zero grid", seed, zero, NumericRows.normal(seed, 90, 0, 100));
    }
    add(all, "no rows", 0, plain);
    return all.stream();
  }

  private static void add(
      List<Rows<NumericProfile>> all, String name, long seed, NumericGrid grid, double... rows) {
    for (BinDetail detail : BinDetail.values()) {
      all.add(
          new Rows<>(
              name + ", " + detail + ", seed " + seed,
              seed,
              rows.length,
              chosen -> counted(grid, detail, rows, chosen),
              profile -> profile.atDetail(detail),
              stored -> NumericProfile.of(grid, stored)));
    }
  }

  /** Both ways to add rows, by turns: one by one, and a few of a block at once. */
  private static NumericProfile counted(
      NumericGrid grid, BinDetail detail, double[] rows, int[] chosen) {
    NumericTally tally = new NumericTally(grid, detail);
    boolean[] missing = new boolean[rows.length];
    int[] positive = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      missing[i] = isNull(rows[i]);
      positive[i] = grid.splitByDecision() && i % 3 == 0 ? 1 : 0;
    }
    PlacedValues block = new PlacedValues();
    block.turnTo(grid, rows, missing, positive, 0, rows.length);
    int next = 0;
    while (next < chosen.length) {
      int i = chosen[next];
      if (i % 2 == 0) {
        int end = Math.min(chosen.length, next + 1 + i % 7);
        tally.add(block, chosen, next, end);
        next = end;
      } else {
        next++;
        if (missing[i]) {
          tally.addNull();
        } else {
          tally.add(rows[i], positive[i]);
        }
      }
    }
    return tally.profile();
  }

  /** Exactly so many distinct values, some of them twice. */
  private static double[] atLimit(long seed, int distinct) {
    double[] values = NumericRows.normal(seed, distinct, 3, 2);
    assertThat(Arrays.stream(values).distinct().count()).isEqualTo(distinct);
    return NumericRows.joined(values, Arrays.copyOf(values, distinct / 3));
  }

  private static double[] odd(long seed, int size) {
    double[] specials = {
      NULL,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      0.0,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      1e300,
      -Double.MAX_VALUE
    };
    return few(seed, size, specials);
  }

  private static double[] huge(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(size, -1, 1).map(u -> Math.scalb(u, random.nextInt(120))).toArray();
  }

  private static double[] few(long seed, int size) {
    return few(seed, size, 0, 0.05, 0.1, 0.5, 0.9, 1);
  }

  private static double[] few(long seed, int size, double... values) {
    return new SplittableRandom(seed)
        .ints(size, 0, values.length)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  @ParameterizedTest
  @EnumSource(BinDetail.class)
  void momentsAreThoseOfTheRows(BinDetail detail) {
    double[] rows = NumericRows.normal(5, 20_000, -7, 3);
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 512, NumericRows.normal(6, 900, 3, 2));
    NumericProfile profile = NumericRows.profile(grid, detail, rows);
    // Two passes in plain doubles.
    double mean = Arrays.stream(rows).average().orElseThrow();
    double squares = Arrays.stream(rows).map(x -> (x - mean) * (x - mean)).sum();
    assertThat(profile.isExact()).isFalse();
    assertThat(profile.minimum()).isEqualTo(Arrays.stream(rows).min().orElseThrow());
    assertThat(profile.maximum()).isEqualTo(Arrays.stream(rows).max().orElseThrow());
    assertThat(profile.mean()).isCloseTo(mean, within(1e-11));
    assertThat(profile.variance()).isCloseTo(squares / (rows.length - 1), within(1e-9));
    assertThat(profile.total()).isCloseTo(mean * rows.length, within(1e-6));
    assertThat(profile.squares())
        .isCloseTo(Arrays.stream(rows).map(x -> x * x).sum(), within(1e-4));
  }

  @Test
  void smallSegmentsAreExact() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 4, NumericRows.normal(6, 900, 3, 2));
    NumericProfile profile = NumericRows.profile(grid, BinDetail.COARSE, 1, 2, 2, 7);
    assertThat(profile.isExact()).isTrue();
    assertThat(profile.distinct()).isEqualTo(3);
    assertThat(profile.mean()).isEqualTo(3);
    // ((1−3)² + 2(2−3)² + (7−3)²) / 3
    assertThat(profile.variance()).isEqualTo(22.0 / 3);
    assertThat(profile.total()).isEqualTo(12);
    assertThat(profile.squares()).isEqualTo(1 + 4 + 4 + 49);
  }

  @Test
  void aStuckReferenceLeavesMeanAndDeviationOfAMovedWindowKnown() {
    NumericGrid stuck = NumericRows.grid(ColumnKind.NUMERIC, 2, 20, 20, 20);
    NumericProfile moved = NumericRows.profile(stuck, BinDetail.COARSE, 3000, 3001, 3002);
    assertThat(moved.isExact()).isFalse();
    assertThat(moved.mean()).isEqualTo(3001);
    // Squares about 20 are near 8.9e6, whose last place is 2e-9.
    assertThat(moved.variance()).isCloseTo(1, within(1e-8));
  }

  @Test
  void aSquareTooLargeLeavesTheMean() {
    NumericGrid narrow = NumericRows.grid(ColumnKind.NUMERIC, 2, 1000, 1001, 1002, 1003);
    NumericProfile wide = NumericRows.profile(narrow, BinDetail.FINE, 1000, 1001, 1_000_999);
    assertThat(wide.overflows()).isZero();
    assertThat(wide.mean()).isEqualTo(1_003_000 / 3.0);
    NumericProfile wider = NumericRows.profile(narrow, BinDetail.FINE, 1000, 1001, 10_000_999);
    assertThat(wider.overflows()).isZero();
    assertThat(wider.mean()).isEqualTo(10_003_000 / 3.0);
    assertThat(wider.variance()).isNaN();
    assertThat(wider.stored().squares).isNull();
  }

  @Test
  void aValueTooLargeForTheSumsTakesTheMeanAway() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 2, 1, 2, 3);
    NumericProfile profile = NumericRows.profile(grid, BinDetail.FINE, 1, 2, 1e300);
    assertThat(profile.overflows()).isEqualTo(1);
    assertThat(profile.mean()).isNaN();
    assertThat(profile.variance()).isNaN();
    assertThat(profile.total()).isNaN();
    assertThat(profile.squares()).isNaN();
    assertThat(profile.maximum()).isEqualTo(1e300);
  }

  @Test
  void theMeanOfHugeValuesIsKnownThoughTheirSumIsNot() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 2, 1e308, 1.5e308);
    NumericProfile binned =
        NumericRows.profile(grid, BinDetail.FINE, 1e308, 1.25e308, 1.5e308, 1.25e308);
    assertThat(binned.mean()).isCloseTo(1.25e308, within(1e296));
    assertThat(binned.total()).isNaN();
    NumericProfile exact = NumericRows.profile(grid, BinDetail.FINE, 1e308, 1.5e308);
    assertThat(exact.mean()).isCloseTo(1.25e308, within(1e294));
    assertThat(exact.total()).isNaN();
  }

  @Test
  void withoutValuesThereAreNoMoments() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 2, 1, 2, 3);
    NumericProfile empty = NumericProfile.empty(grid);
    assertThat(empty.mean()).isNaN();
    assertThat(empty.variance()).isNaN();
    assertThat(empty.minimum()).isNaN();
    assertThat(empty.maximum()).isNaN();
    assertThat(NumericRows.profile(grid, BinDetail.FINE, 5).variance()).isNaN();
  }

  @Test
  void countsBetweenEdgesAreThoseOfTheRows() {
    double[] rows = NumericRows.normal(9, 3000, 3, 2);
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 8, NumericRows.normal(6, 9000, 3, 2));
    NumericProfile profile = NumericRows.profile(grid, BinDetail.COARSE, rows);
    double[] cuts = grid.deciles();
    long[] expected = new long[cuts.length + 1];
    for (double row : rows) {
      expected[(int) Arrays.stream(cuts).filter(cut -> cut <= row).count()]++;
    }
    assertThat(profile.countsBetween(cuts)).isEqualTo(expected);
    assertThat(profile.countsBetween(new double[0])).containsExactly(rows.length);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile.countsBetween(new double[] {Math.nextUp(cuts[3])}))
        .withMessageContaining("no edge of its grid");
  }

  @Test
  void anExactProfileIsCutAnywhere() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 8, NumericRows.normal(6, 9000, 3, 2));
    NumericProfile profile = NumericRows.profile(grid, BinDetail.COARSE, 1, 2, 2, 2.5, 4);
    assertThat(profile.countsBetween(new double[] {2, 2.25, 4})).containsExactly(1, 2, 1, 1);
  }

  @Test
  void decisionsOfScoresAreCounted() {
    NumericGrid grid = NumericRows.grid(ColumnKind.SCORE, 2, NumericRows.uniform(1, 900, 0, 1));
    assertThat(NumericRows.profile(grid, BinDetail.FINE, 0.1, 0.1, 0.2, 0.2).decidedRows())
        .isEqualTo(2);
    assertThat(NumericRows.profile(grid, BinDetail.FINE, 0.1, 0.3, 0.2, 0.2).decidedRows())
        .isEqualTo(2);
    NumericGrid numeric = NumericRows.grid(ColumnKind.NUMERIC, 2, 1, 2, 3);
    assertThatIllegalStateException().isThrownBy(() -> NumericProfile.empty(numeric).decidedRows());
  }

  @Test
  void fineDetailMayBecomeCoarseButNotTheOtherWay() {
    double[] rows = NumericRows.normal(9, 3000, 3, 2);
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 8, rows);
    NumericProfile fine = NumericRows.profile(grid, BinDetail.FINE, rows);
    NumericProfile coarse = NumericRows.profile(grid, BinDetail.COARSE, rows);
    NumericProfile few = NumericRows.profile(grid, BinDetail.FINE, 1, 2, 3);
    assertThat(fine.atDetail(BinDetail.COARSE)).isEqualTo(coarse);
    assertThat(fine.merge(coarse)).isEqualTo(coarse.merge(coarse));
    assertThat(few.merge(fine).merge(coarse)).isEqualTo(few.merge(fine.merge(coarse)));
    assertThatIllegalArgumentException().isThrownBy(() -> coarse.atDetail(BinDetail.FINE));
  }

  @Test
  void profilesOnDifferentGridsDoNotAddUp() {
    NumericProfile left = NumericProfile.empty(NumericRows.grid(ColumnKind.NUMERIC, 8, 1, 2));
    NumericProfile right = NumericProfile.empty(NumericRows.grid(ColumnKind.NUMERIC, 8, 1, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> left.merge(right))
        .withMessageContaining("different grids");
  }

  @Test
  void theStoredFormOfAnotherGridIsRefused() {
    double[] rows = NumericRows.normal(9, 3000, 3, 2);
    NumericGrid small = NumericRows.grid(ColumnKind.NUMERIC, 8, 1, 2);
    StoredProfile stored =
        NumericRows.profile(NumericRows.grid(ColumnKind.NUMERIC, 8, rows), BinDetail.FINE, rows)
            .stored();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NumericProfile.of(small, stored))
        .withMessageContaining("counted on another grid");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NumericProfile.of(NumericRows.grid(ColumnKind.SCORE, 8, rows), stored))
        .withMessageContaining("kind");
    StoredProfile.Builder later = new StoredProfile.Builder(ColumnKind.NUMERIC);
    later.format = StoredProfile.FORMAT + 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NumericProfile.of(small, later.build()))
        .withMessageContaining("format " + later.format);
  }
}
