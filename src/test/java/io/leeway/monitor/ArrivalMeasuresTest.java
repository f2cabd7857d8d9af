package io.leeway.monitor;

import static io.leeway.monitor.January.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.store.Arrivals;
import io.leeway.store.Arrivals.Arrived;
import io.leeway.store.Arrivals.Newest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of 5 January; rows are late that came after the end of 6 January. */
class ArrivalMeasuresTest {
  private static final Instant START = day(5).start();
  private static final Instant LATE = day(6).end();

  private static Measure measure(String metric, Arrived... files) {
    return new ArrivalMeasures(day(5), day(6), List.of(files), Optional.empty())
        .all().stream().filter(one -> one.metric().equals(metric)).findFirst().orElseThrow();
  }

  private static Arrived file(Instant committed, long rows, long firstSecond, long lastSecond) {
    return Arrived.at(
        committed, rows, START.plusSeconds(firstSecond), START.plusSeconds(lastSecond));
  }

  @Test
  void delayIsExactWhereEveryFileHoldsOneTime() {
    // (3 rows · 60 s + 1 row · 100 s) / 4.
    Measure delay =
        measure(
            "arrival_delay_mean",
            file(START.plusSeconds(70), 3, 10, 10),
            file(START.plusSeconds(120), 1, 20, 20));
    assertThat(delay.value()).isEqualTo(70.0);
    assertThat(delay.errorBound()).isZero();
    assertThat(delay.flags()).isEmpty();
    assertThat(delay.n()).isEqualTo(4);
  }

  @Test
  void delayOfAFileOfSeveralTimesLiesBetweenItsEnds() {
    Measure delay = measure("arrival_delay_mean", file(START.plusSeconds(100), 9, 0, 100));
    assertThat(delay.value()).isEqualTo(50.0);
    assertThat(delay.errorBound()).isEqualTo(50.0);
    assertThat(delay.flags()).containsExactly("APPROXIMATE");
  }

  @Test
  void lateRowsCameAfterTheNextWindowWasOver() {
    Measure rate =
        measure("late_rate", file(LATE, 30, 0, 80_000), file(LATE.plusMillis(1), 10, 0, 50));
    assertThat(rate.value()).isEqualTo(0.25);
    assertThat(rate.errorBound()).isZero();
    assertThat(rate.numerator()).isEqualTo(10.0);
    assertThat(rate.denominator()).isEqualTo(40.0);
  }

  /** A late file of 11 rows begins the day before: 1 to 10 of them are of this day, beside 30. */
  @Test
  void fileThatReachesOverTheWindowGivesBounds() {
    Measure rate =
        measure("late_rate", file(LATE, 30, 0, 50), file(LATE.plusSeconds(1), 11, -50, 50));
    double low = 1.0 / 31;
    double high = 10.0 / 40;
    assertThat(rate.value()).isCloseTo((low + high) / 2, within(1e-12));
    assertThat(rate.errorBound()).isCloseTo((high - low) / 2, within(1e-12));
    assertThat(rate.flags()).containsExactly("APPROXIMATE");
    assertThat(rate.n()).isNull();
    assertThat(rate.numerator()).isNull();
  }

  @Test
  void filesThatReachFarOverTheWindowSayNothing() {
    Measure rate =
        measure(
            "late_rate",
            file(LATE, 30, -90_000, 90_000),
            file(LATE.plusSeconds(1), 30, -90_000, 90_000));
    assertThat(rate.status()).isEqualTo(Status.UNDEFINED);
    assertThat(rate.reason()).contains("rows of other windows");
    // All of its rows are late, however many they are.
    Measure late = measure("late_rate", file(LATE.plusSeconds(1), 30, -90_000, 90_000));
    assertThat(late.value()).isEqualTo(1.0);
    assertThat(late.errorBound()).isZero();
  }

  @Test
  void futureRowsHaveTimesAfterTheirCommit() {
    Instant committed = START.plusSeconds(100);
    assertThat(measure("future_rate", file(committed, 8, 0, 100)).value()).isZero();
    assertThat(measure("future_rate", file(committed, 8, 101, 200)).value()).isEqualTo(1.0);
    // One row at each end is sure: 1 to 7 of 8 lie in the future.
    Measure mixed = measure("future_rate", file(committed, 8, 0, 200));
    assertThat(mixed.value()).isEqualTo(0.5);
    assertThat(mixed.errorBound()).isCloseTo(3.0 / 8, within(1e-12));
  }

  @Test
  void windowWithoutRowsHasNoRates() {
    Measure none = measure("late_rate", file(LATE, 3, -10, -1));
    assertThat(none.status()).isEqualTo(Status.NO_DATA);
    assertThat(none.value()).isNull();
  }

  @Test
  void fileOfWhichNothingIsKnownLeavesAllUndefined() {
    Measure rate =
        measure(
            "late_rate",
            file(LATE, 30, 0, 50),
            Arrived.untold("OPTIMIZE", 5, START, START.plusSeconds(5)));
    assertThat(rate.status()).isEqualTo(Status.UNDEFINED);
    assertThat(rate.reason()).contains("OPTIMIZE");
    // Of another day it is of no concern.
    assertThat(
            measure(
                    "late_rate",
                    file(LATE, 30, 0, 50),
                    Arrived.untold("OPTIMIZE", 5, START.minusSeconds(9), START.minusSeconds(5)))
                .value())
        .isZero();
  }

  @Test
  void freshnessIsTheAgeOfTheNewestRowThatIsNotInTheFuture() {
    Instant committed = START.plusSeconds(500);
    Measure exact = freshness(new Newest(committed, START, START));
    assertThat(exact.value()).isEqualTo(500.0);
    assertThat(exact.errorBound()).isZero();
    Measure between = freshness(new Newest(committed, START, committed));
    assertThat(between.value()).isEqualTo(250.0);
    assertThat(between.errorBound()).isEqualTo(250.0);
    Measure none =
        ArrivalMeasures.freshness(new Arrivals(List.of(), Optional.empty(), Optional.empty()));
    assertThat(none.status()).isEqualTo(Status.UNDEFINED);
  }

  private static Measure freshness(Newest newest) {
    return ArrivalMeasures.freshness(
        new Arrivals(List.of(), Optional.of(newest), Optional.empty()));
  }

  /** Rows are drawn, files made of them; what brute force finds of the rows lies in the bounds. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void boundsHoldWhatTheRowsGive(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Arrived> files = new ArrayList<>();
    double rows = 0;
    double delay = 0;
    double late = 0;
    double future = 0;
    for (int f = 0; f < 4; f++) {
      Instant committed = START.plusSeconds(random.nextInt(0, 250_000));
      long from = random.nextInt(-40_000, 80_000);
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      int size = random.nextInt(1, 12);
      for (int i = 0; i < size; i++) {
        long second = from + random.nextInt(0, 40_000);
        first = Math.min(first, second);
        last = Math.max(last, second);
        Instant time = START.plusSeconds(second);
        if (day(5).contains(time)) {
          rows++;
          delay += committed.getEpochSecond() - time.getEpochSecond();
          late += committed.isAfter(LATE) ? 1 : 0;
          future += time.isAfter(committed) ? 1 : 0;
        }
      }
      files.add(file(committed, size, first, last));
    }
    Arrived[] all = files.toArray(Arrived[]::new);
    assertHolds(measure("arrival_delay_mean", all), delay / rows);
    assertHolds(measure("late_rate", all), late / rows);
    assertHolds(measure("future_rate", all), future / rows);
  }

  private static void assertHolds(Measure measure, double truth) {
    if (measure.value() != null) {
      // Beyond the bounds by rounding alone.
      assertThat(truth)
          .as(measure.metric())
          .isCloseTo(measure.value(), within(measure.errorBound() + 1e-9 * Math.abs(truth)));
    }
  }
}
