package io.leeway.serving.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Task;
import io.leeway.config.TestMetric;
import io.leeway.config.TestMetric.Kind;
import io.leeway.config.TrafficConfig;
import io.leeway.config.TrafficConfig.Guard;
import io.leeway.config.TrafficConfig.Success;
import io.leeway.serving.Ramp;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Better;
import io.leeway.stats.experiment.Exposure;
import io.leeway.stats.experiment.MetricReading;
import io.leeway.stats.experiment.Ruling;
import io.leeway.stats.experiment.Sums;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestReadingTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final Ramp HALF =
      new Ramp("t", List.of(new Ramp.Step(0, Instant.parse("2026-03-01T00:00:00Z"), 5_000)));
  private static final TestMetric ERRORS = TestMetric.of(Kind.ERROR_RATE);
  private static final TestMetric YES = TestMetric.of(Kind.POSITIVE_DECISION_RATE);

  /** Errors are to fall, and no group is to be granted less than before. */
  private static final Metrics METRICS =
      Metrics.of(
          Task.BINARY,
          TrafficConfig.defaults()
              .withMetrics(
                  List.of(new Success(ERRORS, Better.LOWER, 1)),
                  List.of(new Guard(YES, Better.LOWER, Optional.of("gender"), 0.1))));

  private static TestReading.Cut cut(int whole, int labelled) {
    return new TestReading.Cut(FIRST.plusDays(whole), FIRST.plusDays(labelled), Duration.ofDays(7));
  }

  /** Units of one day, arm and gender, of which so many are errors, and so many are granted. */
  private static Cell cell(int day, Arm arm, String gender, long units, long errors, long granted) {
    return new Cell(
        FIRST.plusDays(day),
        0,
        Optional.ofNullable(arm),
        List.of(gender),
        units,
        0,
        0,
        0,
        List.of(Sums.ofShare(errors, units), Sums.ofShare(granted, units)));
  }

  /** The same on each of ten days. */
  private static List<Cell> tenDays(Cell... cells) {
    List<Cell> days = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      for (Cell of : cells) {
        days.add(
            new Cell(
                FIRST.plusDays(day),
                0,
                of.arm(),
                of.groups(),
                of.units(),
                of.doubled(),
                of.misplaced(),
                of.fallback(),
                of.sums()));
      }
    }
    return days;
  }

  private static MetricReading guardrail(TestReading reading, String name) {
    return reading.decision().guardrails().stream()
        .filter(of -> of.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyDaysWhoseOutcomesAreInCountForMetricsThatNeedThem() {
    List<Cell> cells =
        tenDays(
            cell(0, Arm.CHAMPION, "f", 1_000, 200, 500),
            cell(0, Arm.CHALLENGER, "f", 1_000, 200, 500),
            cell(0, Arm.CHAMPION, "m", 900, 200, 500),
            cell(0, Arm.CHALLENGER, "m", 900, 200, 500));

    TestReading reading = TestReading.of(METRICS, HALF, cells, cut(8, 3));

    assertThat(reading.decision().successes().get(0).days()).isEqualTo(3);
    assertThat(guardrail(reading, "positive_decision_rate gap by gender").days()).isEqualTo(8);
    assertThat(reading.exposures())
        .hasSize(8)
        .allSatisfy(of -> assertThat(of.champion()).isEqualTo(1_900))
        .contains(new Exposure(FIRST.plusDays(7), 0, 5_000, 1_900, 1_900));
    assertThat(reading.ruling()).isEqualTo(Ruling.CONTINUE);
  }

  @Test
  void theChangeOfTheGapIsThatOfTheTwoLargestGroups() {
    // Champion: m 0.5, f 0.3, so a gap of 0.2. Challenger: m 0.6, f 0.25, so one of 0.35.
    List<Cell> cells =
        tenDays(
            cell(0, Arm.CHAMPION, "f", 1_000, 100, 300),
            cell(0, Arm.CHALLENGER, "f", 1_000, 100, 250),
            cell(0, Arm.CHAMPION, "m", 1_000, 100, 500),
            cell(0, Arm.CHALLENGER, "m", 1_000, 100, 600),
            cell(0, Arm.CHAMPION, "x", 10, 1, 1),
            cell(0, Arm.CHALLENGER, "x", 10, 1, 9));

    TestReading reading = TestReading.of(METRICS, HALF, cells, cut(10, 10));

    MetricReading gap = guardrail(reading, "positive_decision_rate gap by gender");
    // By hand: the gap grows by 0.15, and a gain is the other way.
    assertThat(gap.bounds().orElseThrow().gain()).isCloseTo(-0.15, within(1e-12));
    assertThat(gap.bar()).isEqualTo(-0.1);
    // Turned, it might fall by the margin and twice the gap of 0.2 before it is as large again.
    MetricReading turned = guardrail(reading, "positive_decision_rate gap by gender, turned");
    assertThat(turned.bounds().orElseThrow().gain()).isCloseTo(0.15, within(1e-12));
    assertThat(turned.bar()).isCloseTo(-0.5, within(1e-12));
    assertThat(reading.ruling()).isEqualTo(Ruling.ROLL_BACK);
    assertThat(reading.because()).contains("positive_decision_rate gap by gender is worse by 0.15");
  }

  @Test
  void aGapThatOpensInTheOtherDirectionIsHarmToo() {
    // Champion: m 0.3, f 0.3. Challenger: m 0.2, f 0.5; the gap is none before, and 0.3 then.
    List<Cell> cells =
        tenDays(
            cell(0, Arm.CHAMPION, "f", 1_000, 100, 300),
            cell(0, Arm.CHALLENGER, "f", 1_000, 100, 500),
            cell(0, Arm.CHAMPION, "m", 1_000, 100, 300),
            cell(0, Arm.CHALLENGER, "m", 1_000, 100, 200));
    // Champion: m 0.5, f 0.2. Challenger: m 0.3, f 0.3: the gap closes, and that is no harm.
    List<Cell> closing =
        tenDays(
            cell(0, Arm.CHAMPION, "f", 1_000, 100, 200),
            cell(0, Arm.CHALLENGER, "f", 1_000, 100, 300),
            cell(0, Arm.CHAMPION, "m", 1_000, 100, 500),
            cell(0, Arm.CHALLENGER, "m", 1_000, 100, 300));

    assertThat(TestReading.of(METRICS, HALF, cells, cut(10, 10)).ruling())
        .isEqualTo(Ruling.ROLL_BACK);
    assertThat(TestReading.of(METRICS, HALF, closing, cut(10, 10)).ruling())
        .isEqualTo(Ruling.CONTINUE);
  }

  @Test
  void moreThanOneInAThousandUnitsInBothArmsMakeTheTestInvalid() {
    assertThat(withDoubled(2).ruling()).isNotEqualTo(Ruling.INVALID);
    assertThat(withDoubled(3).ruling()).isEqualTo(Ruling.INVALID);
    assertThat(withDoubled(3).because())
        .contains("both arms answered 3 of 2000 units (0.15 %) within one step");
  }

  private static TestReading withDoubled(long doubled) {
    Cell champion = cell(0, Arm.CHAMPION, "f", 1_000, 200, 500);
    Cell marked =
        new Cell(
            champion.day(),
            0,
            champion.arm(),
            champion.groups(),
            1_000,
            doubled,
            0,
            0,
            champion.sums());
    return TestReading.of(
        METRICS, HALF, List.of(marked, cell(0, Arm.CHALLENGER, "f", 1_000, 200, 500)), cut(10, 10));
  }

  @Test
  void unitsThatNeitherArmAnsweredAreNoExposuresButAWarning() {
    Cell nobody = nobody(0, 30, 0);
    List<Cell> cells =
        List.of(
            nobody,
            cell(0, Arm.CHAMPION, "f", 1_000, 200, 500),
            cell(0, Arm.CHALLENGER, "f", 1_000, 200, 500));

    TestReading reading = TestReading.of(METRICS, HALF, cells, cut(10, 10));

    assertThat(reading.warnings())
        .singleElement()
        .asString()
        .startsWith("30 of 2030 units (1.5 %) were first answered by another arm");
    assertThat(reading.exposures()).containsExactly(new Exposure(FIRST, 0, 5_000, 1_000, 1_000));
  }

  /** Units that the fallback answered, or somebody that has no part in the test. */
  private static Cell nobody(int day, long units, long fallback) {
    return new Cell(
        FIRST.plusDays(day),
        0,
        Optional.empty(),
        List.of("f"),
        units,
        0,
        units,
        fallback,
        List.of(Sums.EMPTY, Sums.EMPTY));
  }

  @Test
  void aDayOnWhichTheFallbackAnsweredCountsForNeitherArm() {
    // On the second day the champion was away for most of the day, so the arms are 100 to 1 000.
    List<Cell> cells =
        List.of(
            cell(0, Arm.CHAMPION, "f", 1_000, 200, 500),
            cell(0, Arm.CHALLENGER, "f", 1_000, 200, 500),
            cell(1, Arm.CHAMPION, "f", 100, 20, 50),
            cell(1, Arm.CHALLENGER, "f", 1_000, 200, 500),
            nobody(1, 900, 900));

    TestReading reading = TestReading.of(METRICS, HALF, cells, cut(10, 10));

    assertThat(reading.ruling()).isEqualTo(Ruling.CONTINUE);
    assertThat(reading.exposures()).containsExactly(new Exposure(FIRST, 0, 5_000, 1_000, 1_000));
    assertThat(reading.warnings())
        .containsExactly(
            "Days on which a fallback answered in the champion's place do not count for either arm: "
                + "2026-03-03.");
  }

  @Test
  void anotherOrderOfTheSameCellsIsTheSameData() {
    List<Cell> cells =
        List.of(
            cell(0, Arm.CHAMPION, "f", 1_000, 200, 500),
            cell(0, Arm.CHALLENGER, "f", 1_000, 200, 500));
    List<Cell> more = new ArrayList<>(cells);
    more.add(cell(1, Arm.CHAMPION, "f", 1, 0, 0));

    String digest = TestReading.of(METRICS, HALF, cells, cut(10, 10)).digest();

    assertThat(
            TestReading.of(METRICS, HALF, List.of(cells.get(1), cells.get(0)), cut(10, 10))
                .digest())
        .isEqualTo(digest);
    assertThat(TestReading.of(METRICS, HALF, more, cut(10, 10)).digest()).isNotEqualTo(digest);
  }

  @Test
  void withoutUnitsThereIsNothingToSayYet() {
    TestReading reading = TestReading.of(METRICS, HALF, List.of(), cut(0, 0));

    assertThat(reading.ruling()).isEqualTo(Ruling.CONTINUE);
    assertThat(reading.exposures()).isEmpty();
    assertThat(reading.warnings()).isEmpty();
  }
}
