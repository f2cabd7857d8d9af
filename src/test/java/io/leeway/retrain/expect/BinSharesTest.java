package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinSharesTest {
  @Test
  void aValueOnAnEdgeIsInTheBinAboveIt() {
    BinShares bins = BinShares.of(new double[] {-1, 0, 2}, new long[] {1, 2, 3, 4});

    assertThat(bins.bin(-1.5)).isZero();
    assertThat(bins.bin(-1)).isEqualTo(1);
    assertThat(bins.bin(Math.nextDown(0.0))).isEqualTo(1);
    assertThat(bins.bin(0.0)).isEqualTo(2);
    assertThat(bins.bin(-0.0)).isEqualTo(2);
    assertThat(bins.bin(2)).isEqualTo(3);
    assertThat(bins.bin(Double.POSITIVE_INFINITY)).isEqualTo(3);
    assertThat(bins.share(1)).isEqualTo(0.3);
  }

  @Test
  void withoutEdgesThereIsOneBin() {
    assertThat(BinShares.of(new double[0], new long[] {7}).shares()).containsExactly(1.0);
  }

  @Test
  void sharesAndEdgesMustFit() {
    assertThatThrownBy(() -> new BinShares(List.of(1.0), List.of(1.0)))
        .hasMessage("1 edges make one bin more, but there are 1 shares.");
    assertThatThrownBy(() -> new BinShares(List.of(1.0, 1.0), List.of(0.5, 0.25, 0.25)))
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> new BinShares(List.of(1.0), List.of(0.5, 0.25)))
        .hasMessage("Shares sum to 0.75, not 1.");
    assertThatThrownBy(() -> BinShares.of(new double[] {1}, new long[2]))
        .hasMessage("Of no values there are no shares.");
  }
}
