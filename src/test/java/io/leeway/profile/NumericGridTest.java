package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericGridTest {
  @Test
  void binsAreAsManyAsPlacesOfRowsCanTell() {
    assertThat(withBins(32_767).bin(32_765.5)).isEqualTo(32_766);
    assertThatThrownBy(() -> withBins(32_768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 32767 bins, not 32768");
  }

  @ParameterizedTest(name = "cut at {0}")
  @ValueSource(doubles = {3, 3.25, 7, 7.5})
  void aCappedGridTellsCutValuesAsTheFirstOneTellsThemAll(double cap) {
    double[] edges = {1, 2, 3, 4, 7};
    NumericGrid grid =
        new NumericGrid(
            ColumnKind.NUMERIC,
            edges,
            new double[] {2, 3},
            new int[] {0, 0, 1, 1, 2, 2},
            0,
            30,
            9,
            2);
    double[] rows = NumericRows.uniform(1, 400, -1, 9);
    double[] cut = Arrays.stream(rows).map(value -> Math.min(value, cap)).toArray();

    NumericGrid capped = grid.cappedAt(cap);

    assertThat(capped.deciles()).containsExactly(2, 3);
    assertThat(capped.edges()).contains(cap, Math.nextUp(cap)).doesNotContain(9);
    NumericProfile profile = NumericRows.profile(capped, BinDetail.COARSE, cut);
    double[] cuts = {1, 2, 3, cap, Math.nextUp(cap)};
    double[] distinct = Arrays.stream(cuts).distinct().toArray();
    assertThat(profile.isExact()).isFalse();
    assertThat(profile.countsBetween(distinct))
        .isEqualTo(
            IntStream.rangeClosed(0, distinct.length)
                .mapToLong(bin -> between(cut, bin, distinct))
                .toArray());
    assertThat(profile.mean()).isCloseTo(Arrays.stream(cut).average().orElseThrow(), within(1e-8));
  }

  private static long between(double[] values, int bin, double[] cuts) {
    double least = bin == 0 ? Double.NEGATIVE_INFINITY : cuts[bin - 1];
    double above = bin == cuts.length ? Double.POSITIVE_INFINITY : cuts[bin];
    return Arrays.stream(values).filter(value -> value >= least && value < above).count();
  }

  /** Edges 0, 1, 2 and so on: one fewer than bins. */
  private static NumericGrid withBins(int bins) {
    double[] edges = IntStream.range(0, bins - 1).asDoubleStream().toArray();
    return new NumericGrid(ColumnKind.NUMERIC, edges, new double[0], new int[bins], 0, 30, 30, 512);
  }
}
