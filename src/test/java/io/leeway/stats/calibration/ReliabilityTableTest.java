package io.leeway.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityTableTest {
  private static ReliabilityBin empty(double low, double high) {
    return new ReliabilityBin(low, high, 0, 0, 0, 0, 0);
  }

  @Test
  void groupsAddUpTheirBins() {
    ReliabilityTable table = ScoredRows.twelve().byScore();
    ReliabilityTable grouped = table.groupedBy(new int[] {0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4});
    assertThat(grouped.bins()).hasSize(2);
    ReliabilityBin lower = grouped.bins().get(0);
    assertThat(lower.low()).isEqualTo(0.05);
    assertThat(lower.high()).isEqualTo(0.4);
    assertThat(lower.n()).isEqualTo(6);
    assertThat(lower.positives()).isEqualTo(2);
    assertThat(lower.sumScore()).isCloseTo(1.4, within(1e-12));
    assertThat(lower.sumScorePositives()).isCloseTo(0.6, within(1e-12));
    assertThat(grouped.n()).isEqualTo(12);
    assertThat(grouped.positives()).isEqualTo(7);
  }

  // 10 · 0.8999999999999999 is 9 in doubles, although the score is below 0.9: the catalogue's rule
  // is the product's, not the comparison's.
  @Test
  void tenthsAreThoseOfTheProduct() {
    double below = 0.8999999999999999;
    assertThat(below).isLessThan(0.9);
    ReliabilityTable table =
        ReliabilityTable.of(
            List.of(
                ReliabilityBin.ofScore(0.85, 1, 1),
                ReliabilityBin.ofScore(below, 1, 1),
                ReliabilityBin.ofScore(1, 1, 1)));
    assertThat(table.tenths().bins()).extracting(ReliabilityBin::n).containsExactly(1L, 2L);
  }

  @Test
  void tenthsEndWhereTheNextOneStarts() {
    ReliabilityTable table =
        ReliabilityTable.of(
            List.of(empty(0, 0.05), empty(0.05, 0.1), empty(0.1, 0.2), empty(0.9, 1)));
    assertThat(table.tenths().bins())
        .extracting(ReliabilityBin::low)
        .containsExactly(0.0, 0.1, 0.9);
    double[] borders = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};
    double[] byProduct = borders.clone();
    byProduct[9] = 0.8999999999999999;
    for (double[] edges : List.of(borders, byProduct)) {
      List<ReliabilityBin> bins = new ArrayList<>();
      for (int b = 0; b < 10; b++) {
        bins.add(empty(edges[b], edges[b + 1]));
      }
      assertThat(ReliabilityTable.of(bins).tenths().bins()).isEqualTo(bins);
    }
    assertThatThrownBy(() -> ReliabilityTable.of(List.of(empty(0.05, 0.15))).tenths())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0.05, 0.15] lies in more than one tenth");
  }

  @Test
  void refusesBinsThatDoNotAscend() {
    assertThatThrownBy(() -> ReliabilityTable.of(List.of(empty(0, 0.2), empty(0.1, 0.3))))
        .hasMessageContaining("bin 1 starts at 0.1");
    assertThatThrownBy(() -> ReliabilityTable.of(List.of(empty(0.1, 0.1), empty(0.1, 0.1))))
        .hasMessageContaining("Bins must ascend");
    assertThatThrownBy(() -> ScoredRows.twelve().inTenths().groupedBy(new int[] {1}))
        .hasMessageContaining("1 groups for 10 bins");
  }

  @Test
  void refusesSumsThatTheBordersRuleOut() {
    assertThatThrownBy(() -> new ReliabilityBin(0.1, 0.2, 10, 3, 2.5, 0.2, 0.4))
        .hasMessageContaining("sum of scores is 2.5, but 10 rows of the bin allow 1.0 to 2.0");
    assertThatThrownBy(() -> new ReliabilityBin(0.1, 0.2, 10, 11, 1.5, 0.2, 0.4))
        .hasMessageContaining("11 positives in 10 rows");
    assertThatThrownBy(() -> new ReliabilityBin(0.1, 1.2, 0, 0, 0, 0, 0))
        .hasMessageContaining("lies in [0, 1]");
  }

  // Wilson's 8 of 10 is [.4902, .9433] (statsmodels 0.15).
  @Test
  void pointsOfTheDiagramHaveWilsonsBand() {
    ReliabilityTable table =
        ReliabilityTable.of(
            List.of(new ReliabilityBin(0.7, 0.8, 10, 8, 7.5, 5.65, 6), empty(0.8, 0.9)));
    List<Reliability> points = Reliability.of(table, Overdispersion.NONE);
    assertThat(points).hasSize(1);
    assertThat(points.get(0).meanScore()).isEqualTo(0.75);
    assertThat(points.get(0).observedShare()).isEqualTo(0.8);
    assertThat(points.get(0).band().low()).isCloseTo(0.4902, within(5e-5));
    assertThat(points.get(0).band().high()).isCloseTo(0.9433, within(5e-5));
  }
}
