package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.drift.AlignedCounts;
import io.leeway.stats.drift.KolmogorovSmirnov;
import io.leeway.stats.drift.Wasserstein;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new reference refines the grid in force; what was counted on either stays comparable. */
class RefinedGridTest {
  private static NumericGrid refined(NumericGrid inForce, double... reference) {
    EdgeSearch search = new EdgeSearch(inForce.kind(), 512, Optional.of(inForce));
    for (var next = search.next(); next.isPresent(); next = search.next()) {
      KeyProbe probe = next.get();
      Arrays.stream(reference).forEach(probe::add);
      search.take(probe);
    }
    return search.grid();
  }

  /** Any of: smooth, shifted, with heavy values, whole numbers, far off. */
  private static double[] reference(SplittableRandom random) {
    long seed = random.nextLong();
    int size = random.nextInt(1, 20_000);
    double[] smooth = NumericRows.normal(seed, size, random.nextDouble(-5, 5), 2);
    return switch (random.nextInt(4)) {
      case 0 -> smooth;
      case 1 -> NumericRows.joined(smooth, all(1 + size / 5, random.nextDouble(-5, 5)));
      case 2 -> NumericRows.integers(seed, size, 1 + random.nextInt(900));
      default -> Arrays.stream(smooth).map(Math::exp).toArray();
    };
  }

  private static double[] all(int size, double value) {
    return DoubleStream.generate(() -> value).limit(size).toArray();
  }

  private static double[] scores(long seed, int size, double power) {
    return Arrays.stream(NumericRows.uniform(seed, size, 0, 1))
        .map(u -> Math.pow(u, power))
        .toArray();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void keepsEveryEdgeInForceAndHasExactDecilesOverManyModels(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 512, reference(random));
    for (int model = 0; model < 8; model++) {
      double[] rows = reference(random);
      NumericGrid next = refined(grid, rows);
      assertThat(edges(next)).containsAll(edges(grid));
      // Beyond the cap a model adds nine deciles and two ends at most.
      assertThat(next.edges().length).isLessThanOrEqualTo(Math.max(1024, grid.edges().length + 11));
      Arrays.sort(rows);
      assertThat(next.deciles()).isEqualTo(deciles(rows));
      assertThat(edges(next)).contains(rows[0] + 0.0, Math.nextUp(rows[rows.length - 1]) + 0.0);
      assertCoarseBins(next);
      grid = next;
    }
  }

  private static Set<Double> edges(NumericGrid grid) {
    Set<Double> edges = new TreeSet<>();
    Arrays.stream(grid.edges()).forEach(edges::add);
    return edges;
  }

  /** NumPy's linear interpolation at position (n − 1) q, from the sorted rows. */
  private static double[] deciles(double[] sorted) {
    TreeSet<Double> deciles = new TreeSet<>();
    for (int k = 1; k <= 9; k++) {
      double position = (sorted.length - 1) * (k / 10.0);
      int below = (int) Math.floor(position);
      double a = sorted[below];
      double b = sorted[Math.min(sorted.length - 1, below + 1)];
      double t = position - below;
      deciles.add((t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t) + 0.0);
    }
    return deciles.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void assertCoarseBins(NumericGrid grid) {
    assertThat(grid.coarseBins()).isBetween(1, 32);
    for (int bin = 1; bin < grid.bins(); bin++) {
      assertThat(grid.coarse(bin) - grid.coarse(bin - 1)).isBetween(0, 1);
    }
  }

  @Test
  void theSameReferenceAgainChangesNothing() {
    for (ColumnKind kind : new ColumnKind[] {ColumnKind.NUMERIC, ColumnKind.SCORE}) {
      double[] rows = scores(4, 9000, 2);
      NumericGrid grid = NumericRows.grid(kind, 512, rows);
      assertThat(refined(grid, rows)).isEqualTo(grid);
    }
  }

  @Test
  void aRefinedGridBinsItsReferenceAsFinelyAsANewOne() {
    double[] before = NumericRows.normal(1, 9000, 0, 1);
    double[] after = NumericRows.joined(NumericRows.normal(2, 9000, 3, 1), all(100, 2.25));
    NumericGrid fresh = NumericRows.grid(ColumnKind.NUMERIC, 512, after);
    NumericGrid grid = refined(NumericRows.grid(ColumnKind.NUMERIC, 512, before), after);
    assertThat(edges(grid)).containsAll(edges(fresh));
    int heavy = grid.bin(2.25);
    assertThat(grid.low(heavy)).isEqualTo(2.25).isEqualTo(grid.high(heavy));
  }

  @Test
  void aFullGridStillGetsPointBinsWhileTheyFit() {
    NumericGrid full = NumericRows.grid(ColumnKind.NUMERIC, 512, NumericRows.normal(1, 9000, 0, 1));
    for (int model = 2; model < 9; model++) {
      full = refined(full, NumericRows.normal(model, 9000, model, 1));
    }
    assertThat(full.edges().length).isBetween(780, 1024);
    NumericGrid grid =
        refined(full, NumericRows.joined(NumericRows.normal(9, 9000, 50, 1), all(100, 48.5)));
    int heavy = grid.bin(48.5);
    assertThat(grid.low(heavy)).isEqualTo(48.5).isEqualTo(grid.high(heavy));
    assertThat(grid.edges().length).isLessThanOrEqualTo(1024);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void binsOfScoresStayWithinTenthsAboveTheCap(long seed) {
    // The first score lies outside of [0, 1], so its grid has no tenths.
    NumericGrid first =
        NumericRows.grid(ColumnKind.SCORE, 512, NumericRows.normal(seed, 30_000, 0, 2));
    double[] rows = scores(seed + 10, 20_000, 1.5);
    NumericGrid grid = refined(first, rows);
    assertThat(edges(grid)).containsAll(edges(first)).contains(0.0, Math.nextUp(1.0));
    double[] least = new double[grid.bins()];
    Arrays.fill(least, Double.NaN);
    DoubleStream ends =
        DoubleStream.iterate(0.1, p -> p < 0.95, p -> p + 0.1)
            .flatMap(p -> DoubleStream.of(Math.nextDown(p), p, Math.nextUp(p)));
    // No bin may hold scores of two tenths.
    DoubleStream.concat(ends, Arrays.stream(rows))
        .forEach(
            p -> {
              int bin = grid.bin(p);
              least[bin] = Double.isNaN(least[bin]) ? p : least[bin];
              assertThat(Math.floor(10 * p)).isEqualTo(Math.floor(10 * least[bin]));
            });
  }

  @Test
  void scalesStayWhileTheyFit() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 512, NumericRows.normal(1, 9000, 8, 3));
    NumericGrid near = refined(grid, NumericRows.normal(2, 9000, 10, 3));
    assertThat(near.center()).isEqualTo(grid.center());
    assertThat(near.sumExponent()).isEqualTo(grid.sumExponent());
    assertThat(near.squareExponent()).isEqualTo(grid.squareExponent());
    double[] far = NumericRows.normal(3, 9000, 8e6, 3);
    NumericGrid fresh = NumericRows.grid(ColumnKind.NUMERIC, 512, far);
    assertThat(refined(grid, far).center()).isEqualTo(fresh.center());
    assertThat(refined(grid, far).sumExponent()).isEqualTo(fresh.sumExponent());
    assertThat(refined(grid, far).squareExponent()).isEqualTo(fresh.squareExponent());
  }

  @Test
  void aGridOfAnotherKindIsRefused() {
    NumericGrid grid = NumericRows.grid(ColumnKind.NUMERIC, 512, 1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeSearch(ColumnKind.SCORE, 512, Optional.of(grid)))
        .withMessageContaining("cannot refine");
  }

  private static final double[] BEFORE =
      NumericRows.joined(NumericRows.normal(1, 9000, 10, 3), all(400, 12.5));
  private static final double[] AFTER =
      NumericRows.joined(NumericRows.normal(2, 9000, 12, 2), all(300, 11.25));
  private static final NumericGrid OLD = NumericRows.grid(ColumnKind.NUMERIC, 64, BEFORE);
  private static final NumericGrid NEW = refined(OLD, AFTER);

  @ParameterizedTest(name = "{0}")
  @EnumSource(BinDetail.class)
  void distancesBetweenOldAndNewLieWithinTheirBounds(BinDetail detail) {
    for (int seed = 1; seed <= 6; seed++) {
      double[] rows = NumericRows.normal(seed + 20, 4000, 9 + seed, 2.5);
      assertWithinBounds(OLD, BEFORE, NEW, rows, detail);
      assertWithinBounds(NEW, AFTER, OLD, rows, detail);
    }
  }

  private static void assertWithinBounds(
      NumericGrid referenceGrid,
      double[] reference,
      NumericGrid windowGrid,
      double[] window,
      BinDetail detail) {
    AlignedCounts cells =
        NumericComparison.alignedCounts(
            NumericRows.profile(referenceGrid, detail, reference),
            NumericRows.profile(windowGrid, detail, window));
    // The common edges are the old ones, none of them is lost.
    assertThat(cells.cells()).isGreaterThan(OLD.edges().length / 2);
    double[] r = ascending(reference);
    double[] w = ascending(window);
    double[] all = ascending(NumericRows.joined(r, w));
    double ks = 0;
    double area = 0;
    int ofReference = 0;
    int ofWindow = 0;
    for (int i = 0; i < all.length; i++) {
      while (ofReference < r.length && r[ofReference] <= all[i]) {
        ofReference++;
      }
      while (ofWindow < w.length && w[ofWindow] <= all[i]) {
        ofWindow++;
      }
      double gap = Math.abs((double) ofReference / r.length - (double) ofWindow / w.length);
      ks = Math.max(ks, gap);
      area += i + 1 < all.length ? gap * (all[i + 1] - all[i]) : 0;
    }
    KolmogorovSmirnov statistic = KolmogorovSmirnov.of(cells).orElseThrow();
    assertThat(ks)
        .isBetween(
            statistic.statistic() - 1e-12, statistic.statistic() + statistic.errorBound() + 1e-12);
    assertThat(statistic.errorBound()).isLessThan(0.02);
    Wasserstein distance = Wasserstein.of(cells).orElseThrow();
    assertThat(distance.value()).isCloseTo(area, within(distance.errorBound() + 1e-9));
  }

  private static double[] ascending(double[] rows) {
    return Arrays.stream(rows).sorted().toArray();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(BinDetail.class)
  void rowsCountedOnBothAddUpOnWhatTheyHaveInCommon(BinDetail detail) {
    double[] first = NumericRows.normal(31, 3000, 10, 3);
    double[] second = NumericRows.normal(32, 2000, 12, 3);
    NumericProfile sum =
        NumericRows.profile(OLD, detail, first)
            .mergeOnCommon(NumericRows.profile(NEW, detail, second))
            .orElseThrow();
    double[] both = NumericRows.joined(first, second);
    NumericProfile ofAll = NumericRows.profile(OLD, detail, both);
    assertThat(sum.grid().edges()).isEqualTo(OLD.edges());
    assertThat(sum.grid().deciles()).isEqualTo(OLD.deciles());
    assertThat(sum.binCounts()).isEqualTo(ofAll.binCounts());
    assertThat(sum.rows()).isEqualTo(5000);
    assertThat(sum.minimum()).isEqualTo(ofAll.minimum());
    assertThat(sum.maximum()).isEqualTo(ofAll.maximum());
    // To the last bit: the scales are one and the same.
    assertThat(sum.mean()).isEqualTo(ofAll.mean());
    assertThat(sum.variance()).isEqualTo(ofAll.variance());
    assertThat(sum.mean()).isCloseTo(Arrays.stream(both).average().orElseThrow(), within(1e-9));
    if (detail == BinDetail.FINE) {
      assertThat(NumericProfile.of(sum.grid(), sum.stored())).isEqualTo(sum);
    }
    assertCoarseSums(sum, both);
  }

  /** Every sum that cells of the coarse bins' ends tell is that of the rows in them. */
  private static void assertCoarseSums(NumericProfile sum, double[] rows) {
    NumericGrid grid = sum.grid();
    double[] ends =
        Arrays.stream(grid.edges())
            .filter(e -> grid.coarse(grid.bin(e)) != grid.coarse(grid.bin(e) - 1))
            .toArray();
    ProfileCells cells = ProfileCells.of(sum, ends);
    BinLookup lookup = new BinLookup(ends);
    double[] expected = new double[ends.length + 1];
    Arrays.stream(rows).forEach(row -> expected[lookup.bin(row)] += row);
    for (int cell = 0; cell < expected.length; cell++) {
      assertThat(cells.sum(cell)).isCloseTo(expected[cell], within(1e-8));
    }
  }

  @Test
  void fewValuesStayExactOnBothGrids() {
    NumericProfile sum =
        NumericRows.profile(OLD, BinDetail.COARSE, 1, 2, 2)
            .mergeOnCommon(NumericRows.profile(NEW, BinDetail.COARSE, 2, 7))
            .orElseThrow();
    assertThat(sum.isExact()).isTrue();
    assertThat(sum.values()).containsExactly(1, 2, 7);
    assertThat(sum.counts()).containsExactly(1, 3, 1);
  }

  @Test
  void gridsThatDoNotRefineEachOtherAreRefusedWithAReason() {
    NumericGrid foreign = NumericRows.grid(ColumnKind.NUMERIC, 64, AFTER);
    NumericGrid ofOtherScale = refined(OLD, NumericRows.normal(3, 9000, 8e6, 3));
    NumericProfile old = NumericRows.profile(OLD, BinDetail.FINE, BEFORE);
    assertThat(old.mergeOnCommon(NumericRows.profile(foreign, BinDetail.FINE, AFTER)).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("do not add up"));
    assertThat(old.mergeOnCommon(NumericRows.profile(ofOtherScale, BinDetail.FINE, AFTER)).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("other scales"));
    NumericGrid sameScales =
        new NumericGrid(
            ColumnKind.NUMERIC,
            foreign.edges(),
            foreign.deciles(),
            foreign.coarseOfBins(),
            OLD.center(),
            OLD.sumExponent(),
            OLD.squareExponent(),
            64);
    assertThat(old.mergeOnCommon(NumericRows.profile(sameScales, BinDetail.FINE, AFTER)).reason())
        .hasValueSatisfying(why -> assertThat(why).contains("do not refine"));
  }
}
