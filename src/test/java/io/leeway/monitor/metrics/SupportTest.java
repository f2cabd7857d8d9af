package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.INDEPENDENT;
import static io.leeway.monitor.metrics.Counted.feature;
import static io.leeway.monitor.metrics.Counted.firstIntegers;
import static io.leeway.monitor.metrics.Counted.named;
import static io.leeway.monitor.metrics.Counted.numbers;
import static io.leeway.monitor.metrics.Counted.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupportTest {
  private static List<Measure> statistics(int rows) {
    return ColumnMeasures.statistics(
        numbers(0, firstIntegers(rows)), INDEPENDENT, feature(Optional.empty()));
  }

  private static Measure drift(int reference, int window, Comparison comparison, String metric) {
    return named(
        metric,
        ColumnMeasures.drift(
            numbers(0, firstIntegers(reference)),
            numbers(0, firstIntegers(window)),
            comparison,
            INDEPENDENT));
  }

  /** Twenty rows beyond the quantile, on the side on which there are fewer. */
  @ParameterizedTest
  @CsvSource({
    "p05, 400",
    "p25, 80",
    "median, 40",
    "p75, 80",
    "p95, 400",
    "mean, 100",
    "nan_rate, 30",
    "infinite_rate, 30",
    "null_rate, 30"
  })
  void aStatisticIsJudgedFromItsFloorOn(String metric, int least) {
    assertThat(named(metric, statistics(least)).status()).isEqualTo(Status.OK);
    Measure thin = named(metric, statistics(least - 1));
    assertThat(thin.status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(thin.reason()).contains("" + least, "" + (least - 1));
    assertThat(thin.value()).isNotNull();
  }

  @Test
  void aHighQuantileOfFiveRowsIsShownAndNotJudged() {
    Measure p95 = named("p95", statistics(5));
    assertThat(p95.status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(p95.reason()).isEqualTo("Judged from 400 rows; here are 5.");
  }

  @Test
  void aDistanceNeedsAHundredRowsOnBothSides() {
    for (String metric : List.of("wasserstein", "wasserstein_scaled")) {
      assertThat(drift(500, 99, Comparison.BASELINE, metric).status())
          .isEqualTo(Status.LOW_SUPPORT);
      assertThat(drift(99, 500, Comparison.BASELINE, metric).status())
          .isEqualTo(Status.LOW_SUPPORT);
      assertThat(drift(500, 100, Comparison.BASELINE, metric).status()).isEqualTo(Status.OK);
    }
  }

  @Test
  void aBaselineBelowFiveTimesTheWindowIsWorthAWord() {
    Measure thin = drift(999, 200, Comparison.BASELINE, "ks_statistic");
    assertThat(thin.status()).isEqualTo(Status.OK);
    assertThat(thin.reason()).contains("999 rows for 200");
    assertThat(thin.flags()).contains(MeasureDraft.THIN_REFERENCE);
    Measure enough = drift(1_000, 200, Comparison.BASELINE, "ks_statistic");
    assertThat(enough.reason()).isNull();
    assertThat(enough.flags()).doesNotContain(MeasureDraft.THIN_REFERENCE);
  }

  /** Its noise is not common to all windows. */
  @Test
  void theWindowBeforeMayBeAsSmallAsTheWindow() {
    assertThat(drift(200, 200, Comparison.PREVIOUS, "ks_statistic").reason()).isNull();
  }

  /** The profiles lie on the grid of a column that the baseline's reference had no values of. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "psi",
        "psi_smoothed",
        "psi_expected",
        "psi_corrected",
        "psi_pvalue",
        "js_distance",
        "js_divergence"
      })
  void withoutDecilesNothingIsComparedByThem(String metric) {
    Measure none = drift(300, 400, Comparison.PREVIOUS, metric);
    assertThat(none.status()).isEqualTo(Status.UNDEFINED);
    assertThat(none.reason()).contains("no deciles");
    assertThat(drift(300, 400, Comparison.PREVIOUS, "ks_statistic").value()).isEqualTo(0.25);
  }

  private static Measure categories(
      Map<String, Long> reference, Map<String, Long> window, String metric) {
    return named(
        metric,
        ColumnMeasures.drift(
            texts(reference, 0), texts(window, 0), Comparison.BASELINE, INDEPENDENT));
  }

  @ParameterizedTest
  @CsvSource({
    "psi, 100",
    "psi_smoothed, 100",
    "psi_corrected, 100",
    "psi_pvalue, 100",
    "chi2, 100",
    "chi2_pvalue, 100",
    "cramers_v, 100",
    "total_variation, 100",
    "l_infinity, 100",
    "js_distance, 200",
    "js_divergence, 200"
  })
  void aDistanceOfCategoriesIsJudgedFromItsFloorOnBothSides(String metric, long least) {
    Map<String, Long> enough = Map.of("a", least / 2, "b", least / 2);
    Map<String, Long> thin = Map.of("a", least / 2, "b", least / 2 - 1);
    Map<String, Long> many = Map.of("a", 800L, "b", 900L);
    assertThat(categories(many, enough, metric).status()).isEqualTo(Status.OK);
    assertThat(categories(many, thin, metric).status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(categories(enough, many, metric).status()).isEqualTo(Status.OK);
    assertThat(categories(thin, many, metric).status()).isEqualTo(Status.LOW_SUPPORT);
  }

  /** Of 200 rows two are to be expected in b, so one cell remains. */
  @ParameterizedTest
  @ValueSource(strings = {"psi", "js_distance", "js_divergence", "cramers_v", "chi2_pvalue"})
  void aDistanceThatCannotBeTestedIsShownAndNotJudged(String metric) {
    Measure thin = categories(Map.of("a", 990L, "b", 10L), Map.of("a", 190L, "b", 10L), metric);
    assertThat(thin.value()).isNotNull();
    assertThat(thin.status()).isEqualTo(Status.LOW_SUPPORT);
  }

  /**
   * The test of V merges c, of which two are to be expected; chi-square stays that of all cells.
   */
  @Test
  void cramersVNeedsFiveRowsInMergedCellsChiSquareInAll() {
    Map<String, Long> reference = Map.of("a", 500L, "b", 490L, "c", 10L);
    Map<String, Long> window = Map.of("a", 130L, "b", 60L, "c", 10L);
    Measure v = categories(reference, window, "cramers_v");
    assertThat(v.status()).isEqualTo(Status.OK);
    assertThat(v.dof()).isEqualTo(1);
    assertThat(v.ciLow()).isLessThan(v.ciHigh());
    Measure p = categories(reference, window, "chi2_pvalue");
    assertThat(p.status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(p.dof()).isEqualTo(2);
    assertThat(p.reason()).contains("below 5");
  }

  @Test
  void oneCategoryIsAConvention() {
    Measure v = categories(Map.of("a", 500L), Map.of("a", 300L), "cramers_v");
    assertThat(v.status()).isEqualTo(Status.CONVENTION);
    assertThat(v.dof()).isZero();
  }

  @Test
  void aNewCategoryIsNamedFromTenRowsOn() {
    assertThat(newCategory(9).reason()).isNull();
    assertThat(newCategory(9).numerator()).isEqualTo(9);
    assertThat(newCategory(10).reason()).isEqualTo("The most frequent new category is 'c'.");
  }

  private static Measure newCategory(long rows) {
    return named(
        "categories_new",
        ColumnMeasures.drift(
            texts(Map.of("a", 500L), 0),
            texts(Map.of("a", 100L, "c", rows), 0),
            Comparison.BASELINE,
            INDEPENDENT));
  }
}
