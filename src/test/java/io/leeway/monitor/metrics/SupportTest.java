package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.INDEPENDENT;
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

class SupportTest {
  private static List<Measure> statistics(int rows) {
    return ColumnMeasures.statistics(
        numbers(0, firstIntegers(rows)), INDEPENDENT, Optional.empty());
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
    assertThat(drift(1_000, 200, Comparison.BASELINE, "ks_statistic").reason()).isNull();
  }

  /** Its noise is not common to all windows. */
  @Test
  void theWindowBeforeMayBeAsSmallAsTheWindow() {
    assertThat(drift(200, 200, Comparison.PREVIOUS, "ks_statistic").reason()).isNull();
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
