package io.leeway.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final Simulation SMALL = Simulation.defaults().withRowsPerDay(50).withDays(6);

  @Test
  void rowsAreTheSameInWhateverOrderTheyAreAskedForWithSeed5() {
    Simulation simulation = SMALL.withEvent(new Event.CovariateShift("VIC", "income", 1, 3));
    Map<String, Prediction> inOrder = new HashMap<>();
    List<int[]> places = new ArrayList<>();
    for (int day = 1; day <= simulation.days(); day++) {
      for (int index = 0; index < 50; index++) {
        places.add(new int[] {day, index});
        inOrder.put(day + "/" + index, simulation.day(day).prediction(index));
      }
    }
    Collections.shuffle(places, new Random(5));
    assertThat(places)
        .allSatisfy(
            place ->
                assertThat(simulation.day(place[0]).prediction(place[1]))
                    .isEqualTo(inOrder.get(place[0] + "/" + place[1])));
  }

  @Test
  void anotherSeedIsAnotherHistory() {
    SimulatedDay one = SMALL.withSeed(1).day(2);
    SimulatedDay two = SMALL.withSeed(2).day(2);
    assertThat(Rows.predictions(one).stream().map(Prediction::probability))
        .doesNotContainAnyElementsOf(
            Rows.predictions(two).stream().map(Prediction::probability).toList());
  }

  @Test
  void noTwoDaysAreAlike() {
    assertThat(
            IntStream.rangeClosed(1, SMALL.days())
                .boxed()
                .flatMap(day -> Rows.predictions(SMALL.day(day)).stream())
                .map(Prediction::probability))
        .doesNotHaveDuplicates();
  }

  @Test
  void moreDaysLeaveTheEarlierOnesAlone() {
    assertThat(Rows.predictions(SMALL.withDays(7).day(6)))
        .isEqualTo(Rows.predictions(SMALL.day(6)));
  }

  @Test
  void aTotalIsSpreadEvenly() {
    Simulation simulation = SMALL.withRows(20);
    assertThat(IntStream.rangeClosed(1, 6).mapToLong(day -> simulation.day(day).rows()))
        .containsExactly(4L, 4L, 3L, 3L, 3L, 3L);
    assertThat(simulation.rows()).isEqualTo(20);
    assertThat(SMALL.withRows(0).rows()).isZero();
  }

  @Test
  void idsAreUniqueAndNameTheDate() {
    assertThat(
            IntStream.rangeClosed(1, SMALL.days())
                .boxed()
                .flatMap(day -> Rows.predictions(SMALL.day(day)).stream())
                .map(Prediction::predictionId))
        .hasSize(300)
        .doesNotHaveDuplicates()
        .startsWith("20260101-00000000")
        .endsWith("20260106-00000049");
    assertThat(SMALL.withRowsPerDay(1L << 40).day(1).prediction(123_456_789_012L).predictionId())
        .isEqualTo("20260101-123456789012");
  }

  // Summer time ends in Melbourne on 5 April 2026 and starts on 4 October 2026.
  @Test
  void scoringKeepsWorkingHoursOnTheLocalClockAndTheOrderOfRows() {
    ZoneId zone = ZoneId.of("Australia/Melbourne");
    for (LocalDate date :
        List.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 5), LocalDate.of(2026, 10, 4))) {
      SimulatedDay day = SMALL.withFirstDay(date).day(1);
      List<Instant> times = Rows.predictions(day).stream().map(Prediction::scoredAt).toList();
      assertThat(times)
          .isSorted()
          .allSatisfy(
              time -> {
                assertThat(day.window().contains(time)).isTrue();
                assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MICROS));
                assertThat(time.atZone(zone).toLocalDate()).isEqualTo(date);
                assertThat(time.atZone(zone).toLocalTime())
                    .isBetween(LocalTime.of(8, 0), LocalTime.of(18, 0));
              });
    }
  }

  @Test
  void windowIsCutOnTheLocalClock() {
    // Midnight in Melbourne in January is 13:00 UTC of the day before.
    assertThat(SMALL.window().start()).isEqualTo(Instant.parse("2025-12-31T13:00:00Z"));
    assertThat(SMALL.window().end()).isEqualTo(Instant.parse("2026-01-06T13:00:00Z"));
    assertThat(SMALL.withZone(ZoneId.of("UTC")).day(3).window().start())
        .isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
  }

  @Test
  void travelsToTheWorkersAsItIs() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Simulation.demoScript());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(Simulation.demoScript());
    }
  }

  @Test
  void demoScriptIsCalmAtFirstAndTroubledAtTheEnd() {
    Simulation demo = Simulation.demoScript();
    assertThat(demo.events())
        .allSatisfy(event -> assertThat(event.fromDay()).isGreaterThan(Simulation.CALM_DAYS));
    assertThat(IntStream.rangeClosed(88, 90))
        .allSatisfy(
            day ->
                assertThat(demo.events().stream().filter(event -> event.activeOn(day))).hasSize(4));
    assertThat(demo.rows()).isEqualTo(89 * 2_000L);
  }

  @Test
  void refusesWhatIsNoHistory() {
    assertThatThrownBy(() -> SMALL.withDays(0)).hasMessage("A simulation needs a day, but has 0.");
    assertThatThrownBy(() -> SMALL.withRowsPerDay(-1))
        .hasMessageContaining("0 or more rows a day")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> SMALL.day(7))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("The simulation has days 1 to 6, so there is no day 7.");
    assertThatThrownBy(() -> SMALL.day(1).prediction(50))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Day 1 has 50 rows, so there is no row 50.");
  }
}
