package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.drift.AlignedCounts;
import io.leeway.stats.drift.KolmogorovSmirnov;
import io.leeway.stats.drift.Wasserstein;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NumericComparisonTest {
  private static final double[] REFERENCE =
      NumericRows.joined(
          NumericRows.normal(1, 8000, 10, 3),
          DoubleStream.generate(() -> 12.5).limit(700).toArray());
  private static final double[] LATER = NumericRows.normal(2, 5000, 12, 3);
  private static final NumericGrid GRID = NumericRows.grid(ColumnKind.NUMERIC, 64, REFERENCE);
  private static final NumericGrid OTHER = NumericRows.grid(ColumnKind.NUMERIC, 64, LATER);

  /** The later grid with the edges of the first one: what refines a grid in force. */
  private static final NumericGrid REFINED = refined();

  private static NumericGrid refined() {
    TreeSet<Double> edges = new TreeSet<>();
    Arrays.stream(GRID.edges()).forEach(edges::add);
    Arrays.stream(OTHER.edges()).forEach(edges::add);
    double[] all = edges.stream().mapToDouble(Double::doubleValue).toArray();
    int[] coarse = new int[all.length + 1];
    Arrays.setAll(coarse, bin -> bin / 20);
    return new NumericGrid(
        ColumnKind.NUMERIC, all, OTHER.deciles(), coarse, OTHER.center(), 40, 36, 64);
  }

  record Pair(String name, NumericProfile reference, NumericProfile window, Rows rows) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Rows(List<Double> reference, List<Double> window) {}

  static Stream<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    double[] same = NumericRows.normal(3, 3000, 10, 3);
    double[] moved = NumericRows.normal(4, 3000, 11, 3);
    double[] far = NumericRows.normal(5, 900, 90, 1);
    double[] few = NumericRows.normal(6, 40, 9, 3);
    double[] stuck = DoubleStream.generate(() -> 12.5).limit(80).toArray();
    for (BinDetail detail : BinDetail.values()) {
      Map<String, NumericGrid> grids =
          Map.of("same grid", GRID, "other grid", OTHER, "refined grid", REFINED);
      for (String name : new TreeSet<>(grids.keySet())) {
        NumericGrid grid = grids.get(name);
        String where = name + ", " + detail;
        add(pairs, "same, " + where, grid, detail, REFERENCE, same);
        add(pairs, "moved, " + where, grid, detail, REFERENCE, moved);
        add(pairs, "far, " + where, grid, detail, REFERENCE, far);
        add(pairs, "exact window, " + where, grid, detail, REFERENCE, few);
        add(pairs, "stuck window, " + where, grid, detail, REFERENCE, stuck);
        add(pairs, "exact reference, " + where, grid, detail, few, moved);
        add(pairs, "both exact, " + where, grid, detail, stuck, few);
      }
    }
    return pairs.stream();
  }

  private static void add(
      List<Pair> pairs,
      String name,
      NumericGrid grid,
      BinDetail detail,
      double[] reference,
      double[] window) {
    pairs.add(
        new Pair(
            name,
            NumericRows.profile(GRID, detail, reference),
            NumericRows.profile(grid, detail, window),
            new Rows(
                Arrays.stream(reference).sorted().boxed().toList(),
                Arrays.stream(window).sorted().boxed().toList())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void everyCellHoldsWhatTheRowsSay(Pair pair) {
    AlignedCounts cells = NumericComparison.alignedCounts(pair.reference(), pair.window());
    List<Double> reference = new ArrayList<>(pair.rows().reference());
    List<Double> window = new ArrayList<>(pair.rows().window());
    assertThat(cells.nRef()).isEqualTo(reference.size());
    assertThat(cells.nWin()).isEqualTo(window.size());
    for (int cell = 0; cell < cells.cells(); cell++) {
      // Cells come in order, so each takes the least rows that are left.
      check(cells, cell, first(reference, cells.reference(cell)), cells.referenceSum(cell));
      check(cells, cell, first(window, cells.window(cell)), cells.windowSum(cell));
    }
  }

  private static List<Double> first(List<Double> sorted, long size) {
    List<Double> first = sorted.subList(0, (int) size);
    List<Double> taken = List.copyOf(first);
    first.clear();
    return taken;
  }

  private static void check(AlignedCounts cells, int cell, List<Double> rows, double sum) {
    assertThat(rows)
        .allSatisfy(row -> assertThat(row).isBetween(cells.low(cell), cells.high(cell)));
    if (!Double.isNaN(sum)) {
      double expected = rows.stream().mapToDouble(Double::doubleValue).sum();
      assertThat(sum).isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void distancesOfTheRowsLieWithinTheBounds(Pair pair) {
    AlignedCounts cells = NumericComparison.alignedCounts(pair.reference(), pair.window());
    double ks = 0;
    double wasserstein = 0;
    double[] reference = ascending(pair.rows().reference());
    double[] window = ascending(pair.rows().window());
    double[] all =
        DoubleStream.of(NumericRows.joined(reference, window)).sorted().distinct().toArray();
    int r = 0;
    int w = 0;
    for (int i = 0; i < all.length; i++) {
      while (r < reference.length && reference[r] <= all[i]) {
        r++;
      }
      while (w < window.length && window[w] <= all[i]) {
        w++;
      }
      double gap = Math.abs((double) r / reference.length - (double) w / window.length);
      ks = Math.max(ks, gap);
      wasserstein += i + 1 < all.length ? gap * (all[i + 1] - all[i]) : 0;
    }
    Wasserstein distance = Wasserstein.of(cells).orElseThrow();
    assertThat(distance.value())
        .isCloseTo(wasserstein, within(distance.errorBound() + 1e-9 * (1 + wasserstein)));
    KolmogorovSmirnov statistic = KolmogorovSmirnov.of(cells).orElseThrow();
    assertThat(ks)
        .isBetween(
            statistic.statistic() - 1e-12, statistic.statistic() + statistic.errorBound() + 1e-12);
    if (pair.reference().isExact() && pair.window().isExact()) {
      assertThat(distance.errorBound()).isZero();
      assertThat(statistic.errorBound()).isZero();
    }
  }

  private static double[] ascending(List<Double> rows) {
    return rows.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  @Test
  void fineDetailAndExactSidesKnowEverySum() {
    double[] moved = NumericRows.normal(4, 3000, 11, 3);
    for (double[] window : List.of(moved, Arrays.copyOf(moved, 30))) {
      AlignedCounts cells =
          NumericComparison.alignedCounts(
              NumericRows.profile(GRID, BinDetail.FINE, REFERENCE),
              NumericRows.profile(REFINED, BinDetail.FINE, window));
      for (int cell = 0; cell < cells.cells(); cell++) {
        assertThat(cells.referenceSum(cell)).isFinite();
        assertThat(cells.windowSum(cell)).isFinite();
      }
    }
  }

  @Test
  void sumsWithValuesTooLargeForThemAreUnknown() {
    double[] rows = NumericRows.normal(4, 3000, 11, 3);
    rows[17] = 1e300;
    rows[18] = 1000;
    AlignedCounts cells =
        NumericComparison.alignedCounts(
            NumericRows.profile(GRID, BinDetail.FINE, REFERENCE),
            NumericRows.profile(GRID, BinDetail.FINE, rows));
    int last = cells.cells() - 1;
    assertThat(cells.high(last)).isEqualTo(1e300);
    assertThat(cells.window(last)).isEqualTo(2);
    assertThat(cells.windowSum(last)).isNaN();
    assertThat(cells.windowSum(0)).isFinite();
  }

  @Test
  void heavyValuesStayCellsOfOneValue() {
    AlignedCounts cells =
        NumericComparison.alignedCounts(
            NumericRows.profile(GRID, BinDetail.COARSE, REFERENCE),
            NumericRows.profile(GRID, BinDetail.COARSE, LATER));
    boolean found = false;
    for (int cell = 0; cell < cells.cells(); cell++) {
      if (cells.low(cell) == 12.5 && cells.high(cell) == 12.5) {
        found = true;
        assertThat(cells.reference(cell)).isEqualTo(700);
      }
    }
    assertThat(found).isTrue();
  }

  @Test
  void aSideWithoutRowsIsZeroEverywhere() {
    AlignedCounts cells =
        NumericComparison.alignedCounts(
            NumericRows.profile(GRID, BinDetail.FINE, REFERENCE), NumericProfile.empty(GRID));
    assertThat(cells.nRef()).isEqualTo(REFERENCE.length);
    assertThat(cells.nWin()).isZero();
    NumericProfile empty = NumericProfile.empty(GRID);
    assertThat(NumericComparison.alignedCounts(empty, empty).cells()).isZero();
  }

  @Test
  void decileCountsAreThoseOfTheRows() {
    double[] deciles = GRID.deciles();
    NumericProfile reference = NumericRows.profile(GRID, BinDetail.COARSE, REFERENCE);
    double[] few = Arrays.copyOf(LATER, 50);
    for (NumericProfile window :
        List.of(
            NumericRows.profile(GRID, BinDetail.COARSE, LATER),
            NumericRows.profile(REFINED, BinDetail.FINE, LATER),
            NumericRows.profile(OTHER, BinDetail.FINE, few))) {
      DecileCounts counts = NumericComparison.decileCounts(reference, window).orElseThrow();
      assertThat(counts.reference()).isEqualTo(between(deciles, REFERENCE));
      assertThat(counts.window()).isEqualTo(between(deciles, window.isExact() ? few : LATER));
    }
  }

  private static long[] between(double[] cuts, double[] rows) {
    long[] counts = new long[cuts.length + 1];
    for (double row : rows) {
      counts[(int) Arrays.stream(cuts).filter(cut -> cut <= row).count()]++;
    }
    return counts;
  }

  /** One bin for all would be a distance of 0, whatever the values. */
  @Test
  void withoutDecilesThereAreNoCountsBetweenThem() {
    NumericGrid none = NumericGrid.withoutReference(ColumnKind.NUMERIC, 10);
    NumericProfile empty = NumericProfile.empty(none);
    assertThat(NumericComparison.decileCounts(empty, empty).reason().orElseThrow())
        .contains("no deciles");
  }

  @Test
  void decileCountsOnAForeignGridAreUndefinedWithAReason() {
    NumericProfile reference = NumericRows.profile(GRID, BinDetail.FINE, REFERENCE);
    NumericProfile window = NumericRows.profile(OTHER, BinDetail.FINE, LATER);
    assertThat(NumericComparison.decileCounts(reference, window).reason().orElseThrow())
        .contains("without an edge at")
        .contains("profile the window again");
  }
}
