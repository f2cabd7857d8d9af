package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Quantiles of operational columns against those of the sorted rows. */
class LogLadderTest {
  private static final int ROWS = 20_000;

  /** Of values about 100, as of milliseconds. */
  private static final NumericGrid LEARNED =
      NumericRows.grid(ColumnKind.OPERATIONAL, 16, logNormal(1));

  private static final NumericGrid WITHOUT_REFERENCE =
      NumericGrid.withoutReference(ColumnKind.OPERATIONAL, 16);

  private static double[] logNormal(long seed) {
    return Arrays.stream(NumericRows.normal(seed, ROWS, 4.6, 0.8)).map(Math::exp).toArray();
  }

  /** Without a mean: Pareto's tail index is 0.8. */
  private static double[] heavyTailed(long seed) {
    return new SplittableRandom(seed).doubles(ROWS).map(u -> Math.pow(1 - u, -1 / 0.8)).toArray();
  }

  static Stream<Arguments> windows() {
    return Stream.of(BinDetail.values())
        .flatMap(
            detail ->
                Stream.of(LEARNED, WITHOUT_REFERENCE)
                    .flatMap(
                        grid ->
                            Stream.of(
                                window(grid, detail, "log-normal", logNormal(2), x -> x),
                                window(grid, detail, "heavy tail", heavyTailed(3), x -> x),
                                window(grid, detail, "above", logNormal(4), x -> 1e5 * x),
                                window(grid, detail, "below", logNormal(5), x -> 1e-5 * x))));
  }

  private static Arguments window(
      NumericGrid grid, BinDetail detail, String name, double[] rows, DoubleUnaryOperator scale) {
    return Arguments.of(
        name + (grid.deciles().length > 0 ? "" : " without reference"),
        detail,
        grid,
        Arrays.stream(rows).map(scale).toArray());
  }

  /** Type 7 of Hyndman and Fan: between the two ordered rows about (n - 1) q. */
  private static double truth(double[] sorted, double q) {
    double position = (sorted.length - 1) * q;
    int below = (int) position;
    double above = sorted[Math.min(sorted.length - 1, below + 1)];
    return sorted[below] + (position - below) * (above - sorted[below]);
  }

  private static void assertWithinOnePercent(NumericProfile profile, double[] rows) {
    double[] sorted = rows.clone();
    Arrays.sort(sorted);
    assertThat(profile.isExact()).isFalse();
    for (double q : new double[] {0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999}) {
      NumericQuantile quantile = profile.quantile(q).orElseThrow();
      double truth = truth(sorted, q);
      assertThat(Math.abs(quantile.value() / truth - 1)).as("quantile %s", q).isLessThan(0.01);
      assertThat(Math.abs(quantile.value() - truth)).isLessThanOrEqualTo(quantile.errorBound());
      assertThat(quantile.errorBound()).isLessThanOrEqualTo(0.0051 * truth);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("windows")
  void quantilesAreWithinOnePercent(
      String name, BinDetail detail, NumericGrid grid, double[] rows) {
    assertWithinOnePercent(NumericRows.profile(grid, detail, rows), rows);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("windows")
  void soTheyAreAfterMergingManyParts(
      String name, BinDetail detail, NumericGrid grid, double[] rows) {
    NumericProfile sum = NumericRows.profile(grid, detail);
    int from = 0;
    for (int size = 1; from < rows.length; size *= 3) {
      int to = Math.min(rows.length, from + size);
      sum = sum.merge(NumericRows.profile(grid, detail, Arrays.copyOfRange(rows, from, to)));
      from = to;
    }
    assertThat(sum.atDetail(detail)).isEqualTo(NumericRows.profile(grid, detail, rows));
    assertWithinOnePercent(sum, rows);
  }

  @ParameterizedTest
  @EnumSource(BinDetail.class)
  void zeroIsToldFromWhatIsNearItAndFromWhatIsBelow(BinDetail detail) {
    double[] rows =
        NumericRows.joined(new double[300], logNormal(6), NumericRows.uniform(7, 200, -9, -1e-9));

    NumericProfile profile = NumericRows.profile(LEARNED, detail, rows);

    assertThat(profile.countsBetween(new double[] {0, Double.MIN_VALUE}))
        .containsExactly(200, 300, ROWS);
    assertThat(profile.quantile(0.02)).contains(new NumericQuantile(0, 0));
  }

  @Test
  void theReferencesDecilesAndHeavyValuesAreEdgesToo() {
    double[] rows = NumericRows.joined(logNormal(8), new double[500]);
    Arrays.fill(rows, ROWS, rows.length, 30_000);

    NumericGrid grid = NumericRows.grid(ColumnKind.OPERATIONAL, 16, rows);

    assertThat(grid.deciles()).hasSize(9);
    assertThat(grid.hasEdge(30_000)).isTrue();
    assertThat(grid.hasEdge(Math.nextUp(30_000.0))).isTrue();
    assertThat(grid.coarseBins()).isLessThanOrEqualTo(32);
  }

  @Test
  void aGridThatRefinesAnotherKeepsItsEdgesAndTheHeavyValues() {
    double[] rows = NumericRows.joined(logNormal(9), new double[500]);
    Arrays.fill(rows, ROWS, rows.length, 77);
    EdgeSearch search = new EdgeSearch(ColumnKind.OPERATIONAL, 16, Optional.of(LEARNED));
    for (var next = search.next(); next.isPresent(); next = search.next()) {
      KeyProbe probe = next.get();
      Arrays.stream(rows).forEach(probe::add);
      search.take(probe);
    }

    NumericGrid refined = search.grid();

    assertThat(refined.edges()).contains(LEARNED.edges());
    assertThat(refined.hasEdge(77)).isTrue();
    NumericProfile before = NumericRows.profile(LEARNED, BinDetail.COARSE, logNormal(10));
    NumericProfile after = NumericRows.profile(refined, BinDetail.COARSE, logNormal(11));
    assertWithinOnePercent(
        before.mergeOnCommon(after).orElseThrow(),
        NumericRows.joined(logNormal(10), logNormal(11)));
  }
}
