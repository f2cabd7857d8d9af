package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.QuantileRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against NumPy's linear interpolation over the sorted rows. */
class NumericQuantileTest {
  record Window(String name, BinDetail detail, List<Double> rows) {
    @Override
    public String toString() {
      return name + ", " + detail;
    }
  }

  private static final NumericGrid GRID =
      NumericRows.grid(ColumnKind.NUMERIC, 16, NumericRows.normal(1, 20_000, 10, 3));

  static Stream<Window> windows() {
    List<Window> windows = new ArrayList<>();
    for (BinDetail detail : BinDetail.values()) {
      for (long seed : new long[] {1, 2, 3}) {
        add(
            windows,
            detail,
            "as the reference, seed " + seed,
            NumericRows.normal(seed, 3000, 10, 3));
        add(windows, detail, "few rows, seed " + seed, NumericRows.normal(seed, 17, 10, 3));
        add(windows, detail, "moved out, seed " + seed, NumericRows.normal(seed, 500, 500, 90));
        add(windows, detail, "exact, seed " + seed, NumericRows.integers(seed, 900, 16));
        add(windows, detail, "integers, seed " + seed, NumericRows.integers(seed, 900, 40));
        add(windows, detail, "huge, seed " + seed, huge(seed));
      }
    }
    return windows.stream();
  }

  private static void add(List<Window> windows, BinDetail detail, String name, double[] rows) {
    windows.add(new Window(name, detail, Arrays.stream(rows).boxed().toList()));
  }

  private static double[] huge(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(60, -1, 1).map(u -> u * Double.MAX_VALUE).toArray();
  }

  private static double truth(double[] sorted, double q) {
    double position = (sorted.length - 1) * q;
    int below = (int) Math.floor(position);
    double a = sorted[below];
    double b = sorted[Math.min(sorted.length - 1, below + 1)];
    double t = position - below;
    if (Double.isInfinite(b - a)) {
      return a * (1 - t) + b * t;
    }
    return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void theTruthLiesWithinTheBound(Window window) {
    double[] rows = window.rows().stream().mapToDouble(Double::doubleValue).toArray();
    NumericProfile profile = NumericRows.profile(GRID, window.detail(), rows);
    Arrays.sort(rows);
    for (int i = 0; i <= 1000; i++) {
      double q = i / 1000.0;
      NumericQuantile quantile = profile.quantile(q).orElseThrow();
      double truth = truth(rows, q);
      assertThat(quantile.value()).isBetween(rows[0], rows[rows.length - 1]);
      assertThat(Math.abs(quantile.value() - truth)).isLessThanOrEqualTo(quantile.errorBound());
      if (profile.isExact() || i == 0 || i == 1000) {
        assertThat(quantile).isEqualTo(new NumericQuantile(truth, 0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BinDetail.class)
  void theBoundIsNarrowWhereTheWindowResemblesTheReference(BinDetail detail) {
    double[] rows = NumericRows.normal(7, 20_000, 10, 3);
    NumericProfile profile = NumericRows.profile(GRID, detail, rows);
    // The density at the 95 % quantile is 0.034: a bin of 1/256 of the rows is 0.11 wide, two 0.23.
    for (double q : new double[] {0.05, 0.5, 0.95}) {
      assertThat(profile.quantile(q).orElseThrow().errorBound()).isBetween(1e-9, 0.23);
    }
  }

  @ParameterizedTest
  @EnumSource(BinDetail.class)
  void theBoundIsZeroInPointBins(BinDetail detail) {
    double[] rows = NumericRows.integers(8, 5000, 40);
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 16, rows);
    NumericProfile profile = NumericRows.profile(grid, detail, rows);
    Arrays.sort(rows);
    assertThat(profile.isExact()).isFalse();
    for (double q : new double[] {0, 0.013, 0.1, 0.25, 0.5, 0.9, 0.95, 0.999, 1}) {
      assertThat(profile.quantile(q)).contains(new NumericQuantile(truth(rows, q), 0));
    }
  }

  @Test
  void theQuantileOfOneRowIsThatRow() {
    NumericProfile profile = NumericRows.profile(GRID, BinDetail.COARSE, 4.5);
    assertThat(profile.quantile(0)).contains(new NumericQuantile(4.5, 0));
    assertThat(profile.quantile(0.3)).contains(new NumericQuantile(4.5, 0));
    assertThat(profile.quantile(1)).contains(new NumericQuantile(4.5, 0));
  }

  @Test
  void withoutValuesThereIsNoQuantile() {
    assertThat(NumericRows.profile(GRID, BinDetail.FINE, Double.NaN).quantile(0.5)).isEmpty();
  }

  @Test
  void aShareOutsideZeroToOneIsRefused() {
    NumericProfile profile = NumericRows.profile(GRID, BinDetail.FINE, 1);
    for (double q : new double[] {-0.1, 95, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> profile.quantile(q))
          .withMessageContaining("[0, 1], but is " + q);
    }
  }

  /** Against the sorted rows. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void intervalHoldsTheValuesBetweenItsRanks(Window window) {
    NumericTally tally = new NumericTally(GRID, window.detail());
    window.rows().forEach(row -> tally.add(row, 0));
    NumericProfile profile = tally.profile();
    double[] sorted = window.rows().stream().mapToDouble(d -> d).sorted().toArray();
    for (int lower = 1; lower <= sorted.length; lower += 1 + sorted.length / 7) {
      int upper = Math.min(sorted.length, lower + sorted.length / 5);
      Interval interval = profile.between(new QuantileRanks(lower, upper));
      assertThat(interval.contains(sorted[lower - 1])).isTrue();
      assertThat(interval.contains(sorted[upper - 1])).isTrue();
      if (profile.isExact()) {
        assertThat(interval).isEqualTo(new Interval(sorted[lower - 1], sorted[upper - 1]));
      }
    }
  }
}
