package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.feature;
import static io.leeway.monitor.metrics.Counted.firstIntegers;
import static io.leeway.monitor.metrics.Counted.named;
import static io.leeway.monitor.metrics.Counted.numbers;
import static io.leeway.monitor.metrics.Counted.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.inference.FisherF;
import io.leeway.stats.inference.Overdispersion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statistic is given a factor that no other one has. */
class OwnFactorTest {
  private static final double DEGREES = 29;

  private static Spreads distinct() {
    Map<Varying, Overdispersion> factors = new EnumMap<>(Varying.class);
    double factor = 1;
    for (Varying varying : Varying.values()) {
      factor += 0.25;
      factors.put(varying, new Overdispersion(factor, DEGREES));
    }
    return new Spreads(factors, 100);
  }

  private static final Spreads SPREADS = distinct();

  private static Measure of(String metric) {
    List<Measure> numbers =
        ColumnMeasures.statistics(
            numbers(60, firstIntegers(540)),
            SPREADS,
            feature(Optional.of(ValueRange.closed(0, 500))));
    return named(metric, Stream.of(numbers, drift()).flatMap(List::stream).toList());
  }

  private static List<Measure> drift() {
    return Stream.concat(
            ColumnMeasures.drift(
                    numbers(0, firstIntegers(1_000)),
                    numbers(0, firstIntegers(540)),
                    Comparison.BASELINE,
                    SPREADS)
                .stream()
                .filter(measure -> !measure.metric().matches("psi.*|js.*")),
            ColumnMeasures.drift(
                texts(Map.of("a", 600L, "b", 300L), 100),
                texts(Map.of("a", 200L, "b", 150L), 50),
                Comparison.BASELINE,
                SPREADS)
                .stream())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "null_rate, NULL_RATE",
    "nan_rate, NAN_RATE",
    "infinite_rate, INFINITE_RATE",
    "out_of_range_rate, OUT_OF_RANGE_RATE",
    "mean, MEAN",
    "p05, P05",
    "p25, P25",
    "median, MEDIAN",
    "p75, P75",
    "p95, P95",
    "ks_statistic, KOLMOGOROV_SMIRNOV",
    "wasserstein, MEAN",
    "wasserstein_scaled, MEAN",
    "psi, BINS",
    "psi_smoothed, BINS",
    "psi_expected, BINS",
    "psi_corrected, BINS",
    "psi_pvalue, BINS",
    "js_distance, BINS",
    "js_divergence, BINS",
    "chi2, BINS",
    "cramers_v, BINS",
    "total_variation, BINS",
    "l_infinity, BINS"
  })
  void aRowCarriesTheFactorOfItsOwnMetric(String metric, Varying varying) {
    Measure measure = of(metric);
    assertThat(measure.phi()).isEqualTo(SPREADS.of(varying).overdispersion().phi());
    assertThat(measure.phiDf()).isEqualTo(DEGREES);
    assertThat(measure.flags()).doesNotContain(Spread.ASSUMED);
  }

  /** Their definition in the catalogue knows of no factor. */
  @ParameterizedTest
  @ValueSource(strings = {"ks_pvalue", "ks_pvalue_limit", "chi2_pvalue"})
  void pValuesOfTheCatalogueAssumeIndependence(String metric) {
    Measure measure = of(metric);
    assertThat(measure.phi()).isEqualTo(1);
    assertThat(measure.phiDf()).isNull();
    assertThat(measure.flags()).contains(Spread.ASSUMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "min", "std", "distinct", "categories_new", "chi2_dof"})
  void whatHasNoIntervalHasNoFactor(String metric) {
    assertThat(of(metric).phi()).isNull();
    assertThat(of(metric).flags()).doesNotContain(Spread.ASSUMED);
  }

  @Test
  void withoutAnEstimateTheDesignEffectIsPublishedAndMarked() {
    Measure mean =
        named(
            "mean",
            ColumnMeasures.statistics(
                numbers(0, firstIntegers(540)),
                new Spreads(Map.of(), 3),
                feature(Optional.empty())));
    assertThat(mean.phi()).isEqualTo(3);
    assertThat(mean.phiDf()).isNull();
    assertThat(mean.flags()).containsExactly(Spread.ASSUMED);
    // s² of 0 … n − 1 is n (n + 1) / 12.
    assertThat(mean.stdError()).isCloseTo(Math.sqrt(541.0 / 12 * 3), within(1e-9));
  }

  /** B3.5 from the columns of the rows alone. */
  @Test
  void thePValueOfPsiFollowsFromItsRow() {
    Measure psi = of("psi_smoothed");
    double k = 1.0 / psi.n() + 1.0 / psi.referenceN();
    double x = psi.value() / (k * psi.phi() * psi.dof());
    assertThat(of("psi_pvalue").value())
        .isCloseTo(FisherF.upperTail(x, psi.dof(), psi.phiDf() * psi.dof()), within(1e-12));
    assertThat(of("psi_expected").value()).isCloseTo(psi.dof() * k * psi.phi(), within(1e-12));
  }

  /** B3.6 and Wilson's formula, with n / phi rows. */
  @Test
  void intervalsRestOnTheFactorOfTheirRow() {
    Measure ks = of("ks_statistic");
    double half = 1.358 * Math.sqrt(ks.phi() * (1.0 / ks.n() + 1.0 / ks.referenceN()));
    assertThat(ks.ciLow()).isCloseTo(ks.value() - half, within(1e-12));
    assertThat(ks.ciHigh()).isCloseTo(ks.value() + half, within(1e-12));
    Measure nulls = of("null_rate");
    assertThat(nulls.value()).isEqualTo(0.1);
    double n = 600 / nulls.phi();
    double z2 = 1.959963984540054 * 1.959963984540054;
    double middle = (0.1 + z2 / (2 * n)) / (1 + z2 / n);
    double width = Math.sqrt(z2 / n * (0.09 + z2 / (4 * n))) / (1 + z2 / n);
    assertThat(nulls.ciLow()).isCloseTo(middle - width, within(1e-9));
    assertThat(nulls.ciHigh()).isCloseTo(middle + width, within(1e-9));
  }
}
