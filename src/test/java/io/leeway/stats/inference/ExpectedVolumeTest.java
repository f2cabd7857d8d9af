package io.leeway.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.inference.ExpectedVolume.Day;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedVolumeTest {
  private static final long[] EIGHT = {100, 120, 90, 110, 105, 95, 130, 85};

  private static List<Day> weeks(int weeks, SplittableRandom random, double weekend) {
    List<Day> days = new ArrayList<>();
    for (int day = 0; day < 7 * weeks; day++) {
      DayOfWeek weekday = DayOfWeek.of(day % 7 + 1);
      double level = weekday.getValue() > 5 ? weekend : 1_000;
      days.add(new Day(weekday, Math.round(level + 40 * random.nextGaussian())));
    }
    return days;
  }

  // SciPy 1.17.1: mean and standard deviation (ddof 1), scipy.stats.t with 7 degrees.
  @Test
  void intervalAndPValuesAreStudents() {
    ExpectedVolume of = ExpectedVolume.of(EIGHT, 60).orElseThrow();
    assertThat(of.expected()).isCloseTo(104.375, within(1e-12));
    assertThat(of.deviation()).isCloseTo(15.221577729375776, within(1e-9));
    assertThat(of.predicted().low()).isCloseTo(66.19832767408693, within(1e-6));
    assertThat(of.predicted().high()).isCloseTo(142.55167232591307, within(1e-6));
    assertThat(of.pFall()).isCloseTo(0.014281980389021863, within(1e-9));
    assertThat(of.pChange()).isCloseTo(2 * 0.014281980389021863, within(1e-9));
    assertThat(of.ratio()).isCloseTo(60 / 104.375, within(1e-15));
    assertThat(of.weekday()).isEmpty();
  }

  @Test
  void theRatiosIntervalHoldsOneWhereTheRowsAreAsPredicted() {
    Interval predicted = ExpectedVolume.of(EIGHT, 60).orElseThrow().predicted();
    for (int rows = 20; rows < 200; rows++) {
      ExpectedVolume of = ExpectedVolume.of(EIGHT, rows).orElseThrow();
      assertThat(of.ratioInterval().contains(1)).isEqualTo(predicted.contains(rows));
      assertThat(of.pChange() >= 0.05).isEqualTo(predicted.contains(rows));
    }
  }

  @Test
  void countsVaryNoLessThanPoissons() {
    long[] even = new long[10];
    Arrays.fill(even, 400);
    ExpectedVolume of = ExpectedVolume.of(even, 400).orElseThrow();
    assertThat(of.deviation()).isEqualTo(20);
    assertThat(of.pChange()).isEqualTo(1);
  }

  // SciPy 1.17.1, scipy.stats.f_oneway.
  @Test
  void weekdaysAreComparedByAnalysisOfVariance() {
    double p =
        ExpectedVolume.pEqualMeans(
            new long[] {6, 8, 4, 5, 3, 4},
            new long[] {8, 12, 9, 11, 6, 8},
            new long[] {13, 9, 11, 8, 7, 12});
    assertThat(p).isCloseTo(0.0023987773293929083, within(1e-12));
    assertThat(ExpectedVolume.pEqualMeans(new long[] {2, 2}, new long[] {2, 2})).isEqualTo(1);
    assertThat(ExpectedVolume.pEqualMeans(new long[] {2, 2}, new long[] {3, 3})).isZero();
  }

  @Test
  void aDayIsHeldAgainstItsWeekdayWhereWeekdaysDiffer() {
    List<Day> reference = weeks(5, new SplittableRandom(1), 300);
    ExpectedVolume of =
        ExpectedVolume.ofDays(reference, new Day(DayOfWeek.SUNDAY, 900)).orElseThrow();
    assertThat(of.weekday()).contains(DayOfWeek.SUNDAY);
    assertThat(of.windows()).isEqualTo(5);
    assertThat(of.expected()).isBetween(230.0, 370.0);
    assertThat(of.pChange()).isLessThan(0.001);
  }

  @Test
  void aDayIsHeldAgainstAllWhereWeekdaysAreAlikeOrTooFew() {
    Day sunday = new Day(DayOfWeek.SUNDAY, 900);
    ExpectedVolume alike =
        ExpectedVolume.ofDays(weeks(5, new SplittableRandom(1), 1_000), sunday).orElseThrow();
    assertThat(alike.weekday()).isEmpty();
    assertThat(alike.windows()).isEqualTo(35);
    ExpectedVolume few =
        ExpectedVolume.ofDays(weeks(3, new SplittableRandom(1), 300), sunday).orElseThrow();
    assertThat(few.weekday()).isEmpty();
    assertThat(few.windows()).isEqualTo(21);
  }

  // Normal volumes: .05 exactly, 20 000 draws, ± 3.5 · .0015.
  @Test
  void errsInFiveOfAHundredWindows() {
    SplittableRandom random = new SplittableRandom(3);
    int found = 0;
    int fell = 0;
    for (int draw = 0; draw < 20_000; draw++) {
      long[] reference = new long[10];
      Arrays.setAll(reference, w -> Math.round(10_000 + 500 * random.nextGaussian()));
      ExpectedVolume of =
          ExpectedVolume.of(reference, Math.round(10_000 + 500 * random.nextGaussian()))
              .orElseThrow();
      found += of.pChange() <= 0.05 ? 1 : 0;
      fell += of.pFall() <= 0.05 ? 1 : 0;
    }
    assertThat(found / 20_000.0).isCloseTo(0.05, within(0.0054));
    assertThat(fell / 20_000.0).isCloseTo(0.05, within(0.0054));
  }

  @Test
  void isUndefinedWithFewOrEmptyWindows() {
    assertThat(ExpectedVolume.of(new long[7], 5).reason())
        .contains("Judged from 8 reference windows; here are 7.");
    assertThat(ExpectedVolume.of(new long[8], 5).reason())
        .contains("The windows of the reference have no rows.");
    List<Day> days = weeks(2, new SplittableRandom(1), 300);
    assertThat(ExpectedVolume.ofDays(days.subList(0, 13), days.get(0)).reason())
        .contains("Judged from 14 daily reference windows; here are 13.");
    assertThat(ExpectedVolume.ofDays(days, days.get(0)).isDefined()).isTrue();
    assertThatThrownBy(() -> ExpectedVolume.of(EIGHT, -1)).hasMessageContaining("-1");
  }
}
