package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FloorTest {
  @Test
  void objectsBelowAndNotAtTheFloor() {
    assertThat(Floor.of("psi").orElseThrow().objection(99))
        .contains("Judged from 100 rows; here are 99.");
    assertThat(Floor.of("psi").orElseThrow().objection(100)).isEmpty();
    assertThat(Floor.of("js_distance").orElseThrow().least()).isEqualTo(200);
  }

  @Test
  void theReferenceNeedsAsMuch() {
    assertThat(Floor.DISTRIBUTION.objection(500, 50))
        .contains("Judged from 100 rows in the reference; here are 50.");
    assertThat(Floor.DISTRIBUTION.objection(500, 100)).isEmpty();
  }

  @Test
  void quantilesNeedTwentyRowsBeyond() {
    assertThat(Floor.quantileObjection(0.99, 1_999)).isPresent();
    assertThat(Floor.quantileObjection(0.99, 2_000)).isEmpty();
    assertThat(Floor.quantileObjection(0.95, 400)).isEmpty();
  }

  @Test
  void aFallNeedsFiveExpectedOfEach() {
    assertThat(Floor.fallObjection(100, 50, 1_000)).isEmpty();
    assertThat(Floor.fallObjection(99, 50, 1_000)).isPresent();
    assertThat(Floor.fallObjection(99, 950, 1_000)).isPresent();
    assertThat(Floor.fallObjection(10_000, 3, 10)).isPresent();
  }

  @Test
  void warnsOfAThinReference() {
    assertThat(Floor.thinReference(100, 500)).isEmpty();
    assertThat(Floor.thinReference(100, 499)).isPresent();
  }

  @Test
  void ratesMeansAndDistancesOfColumnsHaveOne() {
    for (String rate :
        List.of(
            "null_rate", "nan_rate", "infinite_rate", "out_of_range_rate", "out_of_unit_rate")) {
      assertThat(Floor.of(rate)).as(rate).contains(Floor.RATE);
    }
    assertThat(Floor.of("mean")).contains(Floor.MEAN);
    assertThat(Floor.of("psi_pvalue")).contains(Floor.BINS);
    assertThat(Floor.of("wasserstein_scaled")).contains(Floor.DISTRIBUTION);
  }

  @Test
  void businessMetricsNeedTheRowsOfMoneyUnderAnyName() {
    Set<String> business = Set.of("revenue_per_prediction", "mean");
    assertThat(Floor.of("revenue_per_prediction", business)).contains(Floor.MEAN_OF_MONEY);
    assertThat(Floor.of("mean", business)).contains(Floor.MEAN_OF_MONEY);
    assertThat(Floor.of("mae", business)).contains(Floor.MEAN);
    assertThat(Floor.MEAN_OF_MONEY.objection(999)).isPresent();
    assertThat(Floor.MEAN_OF_MONEY.objection(1_000)).isEmpty();
  }

  @Test
  void knowsNoFloorOfWhatHasNone() {
    assertThat(Floor.of("n")).isEmpty();
  }
}
