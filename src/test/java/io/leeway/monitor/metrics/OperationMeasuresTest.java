package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.INDEPENDENT;
import static io.leeway.monitor.metrics.Counted.firstIntegers;
import static io.leeway.monitor.metrics.Counted.measures;
import static io.leeway.monitor.metrics.Counted.named;
import static io.leeway.monitor.metrics.Counted.numbers;
import static io.leeway.monitor.metrics.Counted.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnRole;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.RatioGrid;
import io.leeway.profile.RatioProfile;
import io.leeway.profile.RatioTally;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Small numbers, by the textbook's formulas. */
class OperationMeasuresTest {

  /** s² of 0 … n − 1 is n (n + 1) / 12; SciPy's t.ppf(0.975, 1499) is 1.961553. */
  @Test
  void costIsAMeanAndASumWithOneInterval() {
    NumericProfile costs = numbers(3, firstIntegers(1_500));
    double error = Math.sqrt(1_501 / 12.0);

    Measure each = named("cost_per_prediction", measures(costs, ColumnRole.COST));
    Measure total = named("cost_total", measures(costs, ColumnRole.COST));

    assertThat(each.value()).isEqualTo(749.5);
    assertThat(each.stdError()).isCloseTo(error, within(1e-9));
    assertThat(each.ciHigh()).isCloseTo(749.5 + 1.961553 * error, within(1e-4));
    assertThat(each.n()).isEqualTo(1_500);
    assertThat(total.value()).isEqualTo(749.5 * 1_500);
    assertThat(total.errorBound()).isZero();
    assertThat(total.ciLow()).isCloseTo(1_500 * (749.5 - 1.961553 * error), within(0.1));
    assertThat(total.stdError()).isCloseTo(1_500 * error, within(1e-6));
  }

  @Test
  void anAverageOfMoneyIsJudgedFromAThousandRowsOn() {
    List<Measure> few = measures(numbers(0, firstIntegers(999)), ColumnRole.COST);

    assertThat(named("cost_per_prediction", few).status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(named("cost_total", few).status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(named("mean", few).status()).isEqualTo(Status.OK);
  }

  @Test
  void negativeCostIsCountedAndStaysInTheSum() {
    double[] costs = DoubleStream.concat(DoubleStream.of(-5, -1, 0), DoubleStream.of(6)).toArray();

    List<Measure> found = measures(numbers(1, costs), ColumnRole.COST);

    assertThat(named("cost_total", found).value()).isZero();
    Measure negative = named("negative_rate", found);
    assertThat(negative.value()).isEqualTo(0.5);
    assertThat(negative.numerator()).isEqualTo(2);
    assertThat(negative.denominator()).isEqualTo(4);
    assertThat(named("null_rate", found).value()).isEqualTo(0.2);
  }

  @Test
  void theReferencesSumIsOfAnotherLengthOfTimeAndStaysOut() {
    ColumnFacts facts = new ColumnFacts(ColumnRole.COST, Optional.empty(), Duration.ofDays(9));
    ReferenceStatistics reference =
        ReferenceStatistics.of(
            Counted.described(numbers(0, firstIntegers(40)), INDEPENDENT, facts));

    List<Measure> found =
        ColumnMeasures.statistics(numbers(0, 1, 2), reference, INDEPENDENT, facts);

    assertThat(named("cost_total", found).referenceValue()).isNull();
    assertThat(named("cost_per_prediction", found).referenceValue()).isEqualTo(19.5);
  }

  /** Wilson's interval of 30 of 1000: 0.021094 to 0.042503. */
  @Test
  void unknownFailuresAreNeitherFailuresNorSuccesses() {
    List<Measure> found =
        measures(texts(Map.of("true", 30L, "false", 970L), 250), ColumnRole.FAILURE);

    Measure rate = named("failure_rate", found);
    assertThat(rate.value()).isEqualTo(0.03);
    assertThat(rate.numerator()).isEqualTo(30);
    assertThat(rate.denominator()).isEqualTo(1_000);
    assertThat(rate.ciLow()).isCloseTo(0.021094, within(1e-6));
    assertThat(rate.ciHigh()).isCloseTo(0.042503, within(1e-6));
    assertThat(named("null_rate", found).value()).isEqualTo(0.2);
  }

  @Test
  void withoutAnAnswerThereIsNoFailureRate() {
    Measure rate = named("failure_rate", measures(texts(Map.of(), 5), ColumnRole.FAILURE));

    assertThat(rate.status()).isEqualTo(Status.UNDEFINED);
  }

  @Test
  void throughputIsTheBusiestMinuteAndTheWholeDaysMean() {
    double[] minutes = new double[40];
    Arrays.fill(minutes, 0, 25, 29_000_000);
    Arrays.fill(minutes, 25, 40, 29_000_007);

    List<Measure> found = measures(numbers(0, minutes), ColumnRole.THROUGHPUT);

    assertThat(found).hasSize(2);
    assertThat(named("throughput_peak_per_minute", found).value()).isEqualTo(25);
    assertThat(named("throughput_mean_per_minute", found).value()).isEqualTo(40 / 1_440.0);
  }

  @Test
  void theBusiestOfTooManyMinutesIsNotKnown() {
    List<Measure> found = measures(numbers(0, firstIntegers(10_001)), ColumnRole.THROUGHPUT);

    Measure peak = named("throughput_peak_per_minute", found);
    assertThat(peak.status()).isEqualTo(Status.UNDEFINED);
    assertThat(peak.reason()).contains("10000 minutes");
  }

  @Test
  void businessMeansAreMeansOfMoney() {
    List<Measure> found = measures(numbers(0, firstIntegers(1_000)), ColumnRole.BUSINESS);

    assertThat(named("business_mean", found).value()).isEqualTo(499.5);
    assertThat(named("business_mean", found).status()).isEqualTo(Status.OK);
  }

  private static RatioProfile ratio(double... denominators) {
    RatioGrid.Scale scale = new RatioGrid.Scale(0, 40, 34);
    RatioTally tally = new RatioGrid("x", scale, "y", scale).tally();
    for (int row = 0; row < 2_000; row++) {
      tally.add(row % 2, denominators[row % denominators.length]);
    }
    return tally.profile();
  }

  @Test
  void aRatioOverSomethingHasAnError() {
    Measure found = named("business_ratio", measures(ratio(4), ColumnRole.BUSINESS_RATIO));
    // x is 0 or 1, y is 4: s² = 500/1999 over 4² · 2000.
    assertThat(found.value()).isEqualTo(0.125);
    assertThat(found.status()).isEqualTo(Status.OK);
    assertThat(found.stdError()).isCloseTo(Math.sqrt(500.0 / 1_999 / 2_000) / 4, within(1e-12));
  }

  /** Denominators 9 and −8.9 in turn: mean .05 with an error of 8.95/√2000 = .2. */
  @Test
  void aRatioOverAlmostNothingIsShownWithoutOne() {
    Measure found = named("business_ratio", measures(ratio(9, -8.9), ColumnRole.BUSINESS_RATIO));
    assertThat(found.value()).isCloseTo(10, within(1e-6));
    assertThat(found.status()).isEqualTo(Status.LOW_SUPPORT);
    assertThat(found.reason()).contains("three standard errors of 0");
    assertThat(found.ciLow()).isNull();
    Measure far = named("business_ratio", measures(ratio(1e5), ColumnRole.BUSINESS_RATIO));
    assertThat(far.value()).isEqualTo(0.5e-5);
    assertThat(far.reason()).contains("too large to be squared");
    assertThat(far.stdError()).isNull();
    Measure none = named("business_ratio", measures(ratio(1, -1), ColumnRole.BUSINESS_RATIO));
    assertThat(none.value()).isNull();
    assertThat(none.reason()).isEqualTo("The denominator of the ratio is 0.");
  }
}
