package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.INDEPENDENT;
import static io.leeway.monitor.metrics.Counted.feature;
import static io.leeway.monitor.metrics.Counted.named;
import static io.leeway.monitor.metrics.Counted.numbers;
import static io.leeway.monitor.metrics.Counted.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Measure;
import io.leeway.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expected numbers are by hand: the reference holds 1, 2, 3, 4 and two nulls, the window a 2. */
class ReferenceStatisticsTest {
  private static final ValueRange RANGE = ValueRange.closed(2, 3);

  private static Measure beside(Profile<?> reference, Profile<?> window, String metric) {
    ReferenceStatistics of =
        ReferenceStatistics.of(
            Counted.described(reference, INDEPENDENT, feature(Optional.of(RANGE))));
    return named(
        metric, ColumnMeasures.statistics(window, of, INDEPENDENT, feature(Optional.of(RANGE))));
  }

  private static Measure numeric(String metric) {
    return beside(numbers(2, 1, 2, 3, 4), numbers(1, 2), metric);
  }

  @Test
  void ratesBringTheReferencesFraction() {
    Measure nulls = numeric("null_rate");
    assertThat(nulls.value()).isEqualTo(0.5);
    assertThat(nulls.referenceValue()).isEqualTo(2.0 / 6);
    assertThat(nulls.referenceNumerator()).isEqualTo(2);
    assertThat(nulls.referenceDenominator()).isEqualTo(6);
    assertThat(nulls.referenceN()).isEqualTo(6);
    assertThat(numeric("out_of_range_rate").referenceNumerator()).isEqualTo(2);
    assertThat(numeric("nan_rate").referenceDenominator()).isEqualTo(6);
    assertThat(numeric("infinite_rate").referenceDenominator()).isEqualTo(6);
  }

  @Test
  void meansBringSumAndRows() {
    Measure mean = numeric("mean");
    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.referenceValue()).isEqualTo(2.5);
    assertThat(mean.referenceNumerator()).isEqualTo(10);
    assertThat(mean.referenceDenominator()).isEqualTo(4);
    assertThat(mean.referenceN()).isEqualTo(4);
  }

  @Test
  void allOtherStatisticsBringTheReferencesValue() {
    Map<String, Double> expected =
        Map.of("min", 1.0, "max", 4.0, "median", 2.5, "p25", 1.75, "distinct", 4.0, "count", 4.0);
    expected.forEach(
        (metric, value) ->
            assertThat(numeric(metric).referenceValue()).as(metric).isEqualTo(value));
  }

  @Test
  void whatTheWindowDoesNotDefineStillBringsTheReferencesValue() {
    Measure deviation = numeric("std");
    assertThat(deviation.value()).isNull();
    assertThat(deviation.referenceValue()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-15));
  }

  @Test
  void whatTheReferenceDoesNotDefineIsNoNumber() {
    Measure mean = beside(numbers(3), numbers(0, 7), "mean");
    assertThat(mean.value()).isEqualTo(7);
    assertThat(mean.referenceValue()).isNull();
    assertThat(mean.referenceN()).isZero();
    assertThat(mean.referenceNumerator()).isNull();
  }

  @Test
  void categoriesLikewise() {
    Profile<?> reference = texts(Map.of("a", 3L, "c", 1L), 4);
    Profile<?> window = texts(Map.of("a", 1L), 0);
    assertThat(beside(reference, window, "distinct").referenceValue()).isEqualTo(2);
    assertThat(beside(reference, window, "null_rate").referenceNumerator()).isEqualTo(4);
    assertThat(beside(reference, window, "null_rate").referenceDenominator()).isEqualTo(8);
  }

  @Test
  void theReferenceItselfStandsBesideNothing() {
    List<Measure> measures =
        ColumnMeasures.statistics(numbers(2, 1, 2), INDEPENDENT, feature(Optional.empty()));
    assertThat(measures)
        .isNotEmpty()
        .allSatisfy(measure -> assertThat(measure.referenceN()).isNull());
  }
}
