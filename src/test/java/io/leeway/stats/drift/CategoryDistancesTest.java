package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CategoryDistancesTest {
  private static final Overdispersion NONE = Overdispersion.NONE;

  @Test
  void namesWhatCameAndCountsWhatWent() {
    CategoryDistances of =
        CategoryDistances.of(
                AlignedCategories.of(
                    Map.of("a", 60L, "b", 30L, "gone", 10L, "never", 0L),
                    Map.of("a", 20L, "b", 20L, "zeta", 5L, "eta", 5L)),
                "(other)")
            .orElseThrow();
    // Shares .6 .3 .1 against .4 .4 .1 .1: half of .2 + .1 + .1 + .1 + .1. By hand.
    assertThat(of.totalVariation()).isCloseTo(0.3, within(1e-15));
    assertThat(of.lInfinity()).isCloseTo(0.2, within(1e-15));
    assertThat(of.fresh().categories()).isEqualTo(2);
    assertThat(of.gone().categories()).isEqualTo(1);
    assertThat(of.fresh().rows()).isEqualTo(10);
    assertThat(of.fresh().mostFrequent()).contains("eta");
    assertThat(of.gone().mostFrequent()).contains("gone");
    assertThat(of.gone().mostFrequentRows()).isEqualTo(10);
    assertThat(of.totalVariationBound()).isZero();
    assertThat(of.lInfinityBound()).isZero();
  }

  @Test
  void nothingNewHasNoName() {
    AlignedCategories same = AlignedCategories.of(Map.of("a", 6L), Map.of("a", 2L));
    CategoryDistances of = CategoryDistances.of(same, "(other)").orElseThrow();
    assertThat(of.totalVariation()).isZero();
    assertThat(of.fresh().mostFrequent()).isEmpty();
  }

  @Test
  void categoriesAreAlignedByName() {
    AlignedCategories of =
        AlignedCategories.of(Map.of("b", 1L, "1", 2L), Map.of("01", 4L, "b", 3L));
    assertThat(of.names()).containsExactly("01", "1", "b");
    assertThat(of.reference()).containsExactly(0, 2, 1);
    assertThat(of.window()).containsExactly(4, 0, 3);
    assertThatThrownBy(() -> AlignedCategories.of(Map.of("x", -1L), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
  }

  @Test
  void lInfinityIsTheWorstRateTestOfAllCategories() {
    long[] r = {5_000, 3_000, 2_000};
    long[] w = {400, 350, 250};
    double rise =
        RateTest.againstReference(350, 1000, 3000, 10000, 0.02, 1, NONE).orElseThrow().pRise();
    double fall =
        RateTest.againstReference(400, 1000, 5000, 10000, -0.02, 1, NONE).orElseThrow().pFall();
    assertThat(CategoryDistances.pLimitOfLInfinity(r, w, 0.02, NONE).orElseThrow())
        .isCloseTo(6 * Math.min(rise, fall), within(1e-15));
    assertThat(CategoryDistances.pLimitOfLInfinity(r, w, 0.2, NONE).orElseThrow()).isEqualTo(1);
  }

  @Test
  void totalVariationIsTestedOnceItsBiasIsTaken() {
    long[] r = {5_000, 3_000, 2_000};
    long[] w = {400, 350, 250};
    // TV .1; hardly any bias that far out; SE sqrt(.0011)/2 = .016583; z at .07 is 1.81.
    assertThat(CategoryDistances.pLimitOfTotalVariation(r, w, 0.07, NONE).orElseThrow())
        .isCloseTo(0.0352, within(0.003));
    assertThat(CategoryDistances.pLimitOfTotalVariation(r, w, 0.1, NONE).orElseThrow())
        .isCloseTo(0.5, within(0.03));
  }

  @Test
  void areUndefinedWithoutRows() {
    assertThat(
            CategoryDistances.of(AlignedCategories.of(Map.of(), Map.of("a", 1L)), "(other)")
                .reason())
        .contains("The reference has no usable values.");
    assertThat(
            CategoryDistances.pLimitOfLInfinity(new long[1], new long[] {1}, 0, NONE).isDefined())
        .isFalse();
  }
}
