package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AlignedCountsTest {
  @Test
  void dropsEmptyCellsAndJoinsEqualPoints() {
    AlignedCounts counts =
        AlignedCounts.builder(1).cell(0, 1, 0, 0).point(1, 2, 0).point(1, 1, 4).build();
    assertThat(counts.cells()).isEqualTo(1);
    assertThat(counts.reference(0)).isEqualTo(3);
    assertThat(counts.windowSum(0)).isEqualTo(4);
    assertThat(counts.nRef()).isEqualTo(3);
    assertThat(counts.nWin()).isEqualTo(4);
  }

  @Test
  void growsBeyondTheExpectedCells() {
    AlignedCounts.Builder builder = AlignedCounts.builder(0);
    for (int i = 0; i < 1_000; i++) {
      builder.point(i, 1, 2);
    }
    assertThat(builder.build().cells()).isEqualTo(1_000);
    assertThat(builder.build().low(999)).isEqualTo(999);
  }

  @Test
  void refusesCellsOutOfOrder() {
    assertThatThrownBy(() -> AlignedCounts.builder(2).cell(0, 2, 1, 1).cell(1, 3, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1.0, 3.0]")
        .hasMessageContaining("2.0, where the cell before ends");
    assertThatThrownBy(() -> AlignedCounts.builder(2).point(Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AlignedCounts.builder(2).cell(0, Double.POSITIVE_INFINITY, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AlignedCounts.builder(2).point(0, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void cutMovesWhatLiesOutside() {
    AlignedCounts cut =
        AlignedCounts.builder(4)
            .point(-50, 1, 2)
            .cell(-9, 0, 3, 4, -5, -6)
            .cell(0, 2, 5, 6, 5, 6)
            .cell(2, 8, 7, 8, 30, 31)
            .point(900, 9, 10)
            .build()
            .cut(0, 5);
    assertThat(cut.cells()).isEqualTo(4);
    assertThat(cut.low(0)).isZero();
    assertThat(cut.high(0)).isZero();
    assertThat(cut.reference(0)).isEqualTo(4);
    assertThat(cut.window(0)).isEqualTo(6);
    assertThat(cut.referenceSum(1)).isEqualTo(5);
    assertThat(cut.high(2)).isEqualTo(5);
    assertThat(cut.referenceSum(2)).isNaN();
    assertThat(cut.low(3)).isEqualTo(5);
    assertThat(cut.window(3)).isEqualTo(10);
    assertThat(cut.nRef()).isEqualTo(25);
    assertThat(cut.nWin()).isEqualTo(30);
  }

  @Test
  void cutAtReferenceUsesItsQuantiles() {
    AlignedCounts.Builder builder = AlignedCounts.builder(1_000);
    for (int i = 0; i < 1_000; i++) {
      builder.point(i, 1, 0);
    }
    AlignedCounts cut = builder.point(1e9, 0, 1_000).build().cutAtReference(0.005, 0.995);
    // Ranks 5 and 995 of 0..999.
    assertThat(cut.low(0)).isEqualTo(4);
    assertThat(cut.high(cut.cells() - 1)).isEqualTo(994);
    assertThat(cut.window(cut.cells() - 1)).isEqualTo(1_000);
  }

  @Test
  void cutOfAConstantStaysOneCell() {
    AlignedCounts cut =
        AlignedCounts.builder(1).point(3, 10, 10).build().cutAtReference(0.005, 0.995);
    assertThat(cut.cells()).isEqualTo(1);
    assertThat(cut.reference(0)).isEqualTo(10);
  }
}
