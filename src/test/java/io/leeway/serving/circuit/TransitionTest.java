package io.leeway.serving.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.CircuitConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** Half fail, a fifth without score, p95 of 300, PSI of 0.25, 90 days, from 100 calls. */
  private static final CircuitConfig LIMITS =
      new CircuitConfig(
          0.5,
          0.2,
          OptionalDouble.of(300),
          OptionalDouble.of(0.25),
          Optional.of(Duration.ofDays(90)),
          100,
          Duration.ofHours(1),
          100,
          2,
          Duration.ofHours(24),
          CircuitConfig.Fallback.previousChampion());

  private static Circuit in(CircuitState state, Instant until, int goodWindows) {
    return new Circuit(
        state,
        Optional.ofNullable(until),
        goodWindows,
        Optional.empty(),
        NOW,
        state.isByPeople() ? Optional.empty() : Optional.of(NOW.plus(Duration.ofHours(24))));
  }

  private static Transition from(CircuitState state, CircuitReadings seen) {
    return Transition.of(in(state, null, 0), seen, LIMITS, NOW);
  }

  @ParameterizedTest(name = "{0} calls, {1} failed, {2} without score: {3}")
  @CsvSource({
    "100, 49, 0, CLOSED",
    "100, 50, 0, OPEN",
    "99, 99, 99, CLOSED",
    "100, 0, 19, CLOSED",
    "100, 0, 20, OPEN",
    "0, 0, 0, CLOSED"
  })
  void closedOpensAtALimitFromEnoughCallsOn(
      long calls, long failures, long nullScores, CircuitState next) {
    assertThat(from(CircuitState.CLOSED, CircuitReadings.of(calls, failures, nullScores)).state())
        .isEqualTo(next);
  }

  @Test
  void everyLimitOpensAndSaysWhyWithNumbers() {
    CircuitReadings well = CircuitReadings.of(200, 0, 0);

    assertThat(from(CircuitState.CLOSED, CircuitReadings.of(200, 120, 0)))
        .isEqualTo(
            new Transition(
                CircuitState.OPEN,
                Optional.of(NOW.plus(Duration.ofHours(1))),
                0,
                Optional.of(Limit.FAILURES),
                "120 of 200 calls failed, 60.0 %; the limit is 50.0 %."));
    assertThat(from(CircuitState.CLOSED, well.withLatencyP95(300)).reason())
        .isEqualTo("The 95th percentile of latency is 300.0; the limit is 300.0.");
    assertThat(from(CircuitState.CLOSED, well.withScorePsi(0.4)).reason())
        .isEqualTo("The PSI of the scores is 0.4000; the limit is 0.2500.");
    assertThat(from(CircuitState.CLOSED, well.withChampionAge(Duration.ofDays(91))).reason())
        .isEqualTo("The champion is 91 days old, the limit is 90.");
    assertThat(from(CircuitState.CLOSED, well.withLatencyP95(299).withScorePsi(0.2)).state())
        .isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void aMissingReadingAndAMissingLimitOpenNothing() {
    assertThat(from(CircuitState.CLOSED, CircuitReadings.of(200, 0, 0)).state())
        .isEqualTo(CircuitState.CLOSED);
    assertThat(
            Transition.of(
                    Circuit.UNKNOWN,
                    CircuitReadings.of(200, 0, 0)
                        .withLatencyP95(1e9)
                        .withScorePsi(1e9)
                        .withChampionAge(Duration.ofDays(9_999)),
                    CircuitConfig.defaults(),
                    NOW)
                .state())
        .isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void openWaitsAndThenProbes() {
    CircuitReadings bad = CircuitReadings.of(200, 200, 200);
    Circuit open = in(CircuitState.OPEN, NOW, 0);

    Transition before = Transition.of(open, bad, LIMITS, NOW.minusNanos(1));
    Transition after = Transition.of(open, bad, LIMITS, NOW);

    assertThat(before.state()).isEqualTo(CircuitState.OPEN);
    assertThat(before.until()).contains(NOW);
    assertThat(after.state()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(after.goodWindows()).isZero();
  }

  @ParameterizedTest(name = "{0} good before, then {1} calls of which {2} failed: {3}, {4} good")
  @CsvSource({
    "0, 10, 0, HALF_OPEN, 1",
    "1, 10, 0, CLOSED, 0",
    "1, 9, 0, HALF_OPEN, 1",
    "1, 9, 9, HALF_OPEN, 1",
    "1, 10, 5, OPEN, 0",
    "0, 10, 4, HALF_OPEN, 1"
  })
  void halfOpenClosesAfterTwoGoodProbesAndOpensAfterABadOne(
      int good, long calls, long failures, CircuitState next, int goodNext) {
    Transition transition =
        Transition.of(
            in(CircuitState.HALF_OPEN, null, good),
            CircuitReadings.of(calls, failures, 0),
            LIMITS,
            NOW);

    assertThat(transition.state()).isEqualTo(next);
    assertThat(transition.goodWindows()).isEqualTo(goodNext);
    assertThat(transition.until().isPresent()).isEqualTo(next == CircuitState.OPEN);
  }

  @Test
  void aProbeSaysNothingUntilWhatHadOpenedItIsMeasuredAgain() {
    CircuitReadings well = CircuitReadings.of(200, 0, 0);
    Transition opened = from(CircuitState.CLOSED, well.withScorePsi(0.4));
    assertThat(opened.openedBy()).contains(Limit.SCORE_PSI);
    Circuit probing =
        new Circuit(
            CircuitState.HALF_OPEN,
            Optional.empty(),
            1,
            opened.openedBy(),
            NOW,
            Optional.of(NOW.plus(Duration.ofHours(24))));

    Transition unread = Transition.of(probing, well, LIMITS, NOW);
    Transition read = Transition.of(probing, well.withScorePsi(0.1), LIMITS, NOW);
    Transition again = Transition.of(probing, well.withScorePsi(0.3), LIMITS, NOW);

    assertThat(unread.state()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(unread.goodWindows()).isEqualTo(1);
    assertThat(unread.openedBy()).contains(Limit.SCORE_PSI);
    assertThat(unread.reason()).contains("SCORE_PSI").contains("the probe goes on");
    assertThat(read.state()).isEqualTo(CircuitState.CLOSED);
    assertThat(again.state()).isEqualTo(CircuitState.OPEN);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = CircuitState.class,
      names = {"FORCED_OPEN", "DISABLED", "METRICS_ONLY"})
  void whatAPersonForcedStays(CircuitState forced) {
    assertThat(from(forced, CircuitReadings.of(200, 200, 0)).state()).isEqualTo(forced);
    assertThat(from(forced, CircuitReadings.of(200, 0, 0)).state()).isEqualTo(forced);
    assertThat(forced.isByPeople()).isTrue();
  }

  @Test
  void metricsOnlySaysWhatWouldHaveOpenedIt() {
    assertThat(from(CircuitState.METRICS_ONLY, CircuitReadings.of(200, 200, 0)).reason())
        .isEqualTo(
            "It would have opened, but only metrics are kept: 200 of 200 calls failed, 100.0 %; the "
                + "limit is 50.0 %.");
  }

  @Test
  void whatIsNoLongerValidTellsNothingAndTheChampionAnswers() {
    Circuit open = in(CircuitState.OPEN, NOW.plus(Duration.ofDays(9)), 0);

    assertThat(open.servingAt(NOW)).isEqualTo(CircuitState.OPEN);
    assertThat(open.servingAt(NOW.plus(Duration.ofHours(24)))).isEqualTo(CircuitState.CLOSED);
    assertThat(Circuit.UNKNOWN.servingAt(NOW)).isEqualTo(CircuitState.CLOSED);
    assertThat(open.isHalfSpentAt(NOW.plus(Duration.ofHours(12)).minusNanos(1))).isFalse();
    assertThat(open.isHalfSpentAt(NOW.plus(Duration.ofHours(12)))).isTrue();
  }

  @Test
  void whatAPersonForcedHoldsUntilAPersonEndsIt() {
    Circuit forced = in(CircuitState.FORCED_OPEN, null, 0);

    assertThat(forced.servingAt(NOW.plus(Duration.ofDays(999))))
        .isEqualTo(CircuitState.FORCED_OPEN);
    assertThat(forced.isHalfSpentAt(NOW.plus(Duration.ofDays(999)))).isFalse();
  }
}
