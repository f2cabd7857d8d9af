package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.ColumnKind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumericGridTest {
  @Test
  void binsAreAsManyAsPlacesOfRowsCanTell() {
    assertThat(withBins(32_767).bin(32_765.5)).isEqualTo(32_766);
    assertThatThrownBy(() -> withBins(32_768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 32767 bins, not 32768");
  }

  /** Edges 0, 1, 2 and so on: one fewer than bins. */
  private static NumericGrid withBins(int bins) {
    double[] edges = IntStream.range(0, bins - 1).asDoubleStream().toArray();
    return new NumericGrid(ColumnKind.NUMERIC, edges, new double[0], new int[bins], 0, 30, 30, 512);
  }
}
