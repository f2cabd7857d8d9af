package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricAgreementTest {

  // Just within and just beyond: 1e-9 of the size, 1e-12 near zero but for counts, 1e-8 of a
  // p-value, and the value's own bound on top.
  @ParameterizedTest
  @CsvSource({
    "wasserstein, 1000, 1000.0000009, 0, true",
    "wasserstein, 1000, 1000.0000011, 0, false",
    "psi, 0.1, 0.10000000009, 0, true",
    "psi, 0.1, 0.10000000011, 0, false",
    "psi, 0.1, 0.10000000011, 0.0000000001, true",
    "mean, 0, 0.0000000000009, 0, true",
    "mean, 0, 0.0000000000011, 0, false",
    "ks_statistic, 0.1, 0.11, 0.01, true",
    "ks_statistic, 0.1, 0.1101, 0.01, false",
    "ks_pvalue, 0.5, 0.500000009, 0, true",
    "ks_pvalue, 0.5, 0.500000011, 0, false",
    "count, 3, 4, 0, false",
    "count, 0, 0.0000000001, 0, false"
  })
  void differenceMayReachBoundAndRounding(
      String metric, double expected, double actual, double bound, boolean agrees) {
    MetricAgreement agreement = new MetricAgreement(metric);
    Optional<String> wrong =
        agreement.compare(
            OptionalDouble.of(expected),
            new PublishedValue(OptionalDouble.of(actual), OptionalDouble.of(bound), "OK"));

    assertThat(wrong.isEmpty()).isEqualTo(agrees);
    assertThat(agreement.compared()).isEqualTo(1);
    assertThat(agreement.agreeing()).isEqualTo(agrees ? 1 : 0);
    assertThat(agreement.exact()).isEqualTo(bound == 0 ? 1 : 0);
  }

  @Test
  void undefinedAgreesWithUndefinedOnly() {
    PublishedValue none =
        new PublishedValue(OptionalDouble.empty(), OptionalDouble.empty(), "UNDEFINED");
    MetricAgreement agreement = new MetricAgreement("std");

    assertThat(agreement.compare(OptionalDouble.empty(), none)).isEmpty();
    assertThat(agreement.compare(OptionalDouble.of(0), none))
        .contains("expected 0.0, published no value");
    assertThat(agreement.compare(OptionalDouble.empty(), PublishedValue.exact(0)))
        .contains("expected no value, published 0.0");
  }

  @Test
  void worstIsKeptInItselfAndInSharesOfTheBound() {
    MetricAgreement agreement = new MetricAgreement("ks_statistic");
    agreement.compare(
        OptionalDouble.of(0.5),
        new PublishedValue(OptionalDouble.of(0.505), OptionalDouble.of(0.01), "OK"));
    agreement.compare(
        OptionalDouble.of(0.5),
        new PublishedValue(OptionalDouble.of(0.502), OptionalDouble.of(0.002), "OK"));

    assertThat(agreement.worstDifference()).isCloseTo(0.005, within(1e-12));
    assertThat(agreement.worstShareOfBound()).isCloseTo(1.0, within(1e-5));
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }
}
