package io.leeway.retrain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.TriggerConfig;
import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Severity;
import io.leeway.registry.ActKind;
import io.leeway.registry.Contest;
import io.leeway.registry.Details;
import io.leeway.registry.Lease;
import io.leeway.registry.NewEntry;
import io.leeway.registry.RegistryStory;
import io.leeway.retrain.decide.RetrainDecision.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrainDecisionTest {
  private static final TriggerConfig TRIGGER = TriggerConfig.defaults();
  private static final Instant DAY = Instant.parse("2026-01-10T00:00:00Z");
  private static final OpenIncident CALIBRATION =
      incident("i1", Severity.EMERGENCY, Set.of(Family.CALIBRATION, Family.DRIFT), Set.of("score"));

  private final RegistryStory story = new RegistryStory("m");

  private static OpenIncident incident(
      String id, Severity severity, Set<Family> families, Set<String> columns) {
    return new OpenIncident(
        id, severity, "headline of " + id, families, columns, DAY.minusSeconds(86_400), DAY);
  }

  private Optional<RetrainDecision> decided(List<OpenIncident> incidents, long labels) {
    return RetrainDecision.of(TRIGGER, story.state(), incidents, labels, 1_000, story.now());
  }

  private Outcome outcome(OpenIncident... incidents) {
    return decided(List.of(incidents), 5_000).orElseThrow().outcome();
  }

  private RegistryStory endsWithoutAVersion(String attempt) {
    story.does(
        state ->
            Lease.take(
                state,
                new Lease("run-" + attempt, attempt, "tess", story.now().plusSeconds(60)),
                "a breach",
                story.now(),
                Details.NONE));
    return story.does(
        state -> Lease.giveBack(state, attempt, "tess", "REJECTED", "bad data", Details.NONE));
  }

  @Test
  void nothingIsDecidedWhereNothingCallsForIt() {
    assertThat(decided(List.of(), 5_000)).isEmpty();
    assertThat(
            decided(
                List.of(
                    incident("i", Severity.INVESTIGATE, Set.of(Family.DRIFT), Set.of("income"))),
                5_000))
        .isEmpty();
  }

  @Test
  void aSevereIncidentFiresAndSaysWhy() {
    RetrainDecision decision = decided(List.of(CALIBRATION), 5_000).orElseThrow();

    assertThat(decision.outcome()).isEqualTo(Outcome.FIRE);
    assertThat(decision.cause()).isEqualTo("CALIBRATION");
    assertThat(decision.sentence())
        .isEqualTo("headline of i1 (emergency): 5,000 new mature labels are there to learn from.");
    assertThat(decision.windowEnd()).isEqualTo(DAY);
  }

  @Test
  void theMostSevereIncidentIsNamedFirst() {
    OpenIncident milder = incident("i0", Severity.RETRAIN, Set.of(Family.DRIFT), Set.of("income"));

    assertThat(decided(List.of(milder, CALIBRATION), 5_000).orElseThrow().incidents())
        .containsExactly("i1", "i0");
  }

  @Test
  void faultyDataAreNotLearnt() {
    assertThat(outcome(incident("q", Severity.RETRAIN, Set.of(Family.QUALITY), Set.of("income"))))
        .isEqualTo(Outcome.SUPPRESSED_DATA_FAULT);
    OpenIncident nulls =
        incident("n", Severity.INVESTIGATE, Set.of(Family.QUALITY), Set.of("income"));
    OpenIncident drift = incident("d", Severity.RETRAIN, Set.of(Family.DRIFT), Set.of("income"));
    assertThat(outcome(drift, nulls)).isEqualTo(Outcome.SUPPRESSED_DATA_FAULT);
    assertThat(outcome(drift)).isEqualTo(Outcome.FIRE);
    assertThat(outcome(drift, nulls, CALIBRATION)).isEqualTo(Outcome.FIRE);
  }

  @Test
  void aRunningRetrainingIsWaitedForUntilItsLeaseEnds() {
    story.does(
        state ->
            Lease.take(
                state,
                new Lease("r", "a", "tess", story.now().plus(Duration.ofHours(2))),
                "a breach",
                story.now(),
                Details.NONE));

    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_IN_FLIGHT);
    assertThat(
            RetrainDecision.of(
                    TRIGGER,
                    story.state(),
                    List.of(CALIBRATION),
                    5_000,
                    1_000,
                    story.now().plus(Duration.ofHours(3)))
                .orElseThrow()
                .outcome())
        .isEqualTo(Outcome.FIRE);
  }

  @Test
  void aVersionThatIsOnItsWayIsWaitedFor() {
    story.trains(true, 1);
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_IN_FLIGHT);
  }

  /** Versions of the story may be approved for three days; the cooldown is over after four. */
  @Test
  void whatNobodyTakesFurtherHoldsUpNothing() {
    story.trains(true, 1).approves(1, "anna");
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_IN_FLIGHT);
    story.passes(Duration.ofDays(4));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.FIRE);
  }

  @Test
  void aTestThatCameToNothingHoldsUpNothingAndOneThatWasWonDoes() {
    story.trains(true, 1).approves(1, "anna");
    story.does(state -> Contest.begin(state, 1, 1_000, "s", "olga", "try it"));
    story.passes(Duration.ofDays(9));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_IN_FLIGHT);

    story.does(state -> Contest.ruled(state, "SHIP", "leeway", "better", Details.NONE));
    RetrainDecision won = decided(List.of(CALIBRATION), 5_000).orElseThrow();
    assertThat(won.outcome()).isEqualTo(Outcome.SUPPRESSED_IN_FLIGHT);
    assertThat(won.sentence()).contains("version 1 is on its way (challenger, its test says SHIP)");

    story.does(state -> Contest.ruled(state, "INCONCLUSIVE", "leeway", "30 days", Details.NONE));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.FIRE);
  }

  @Test
  void afterARetrainingThereIsACooldown() {
    story.trains(false, 1);
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_COOLDOWN);
    story.passes(Duration.ofDays(4));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.FIRE);
  }

  @Test
  void twoThatCameToNothingAreEnough() {
    endsWithoutAVersion("a1").passes(Duration.ofDays(4));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.FIRE);
    story.trains(false, 1).passes(Duration.ofDays(4));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_FAILED);
  }

  @Test
  void theBudgetIsKept() {
    for (int version = 1; version <= 4; version++) {
      int next = version;
      story.trains(true, 1).approves(next, "anna").promotes(next).passes(Duration.ofDays(4));
    }
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.SUPPRESSED_BUDGET);
    story.passes(Duration.ofDays(20));
    assertThat(outcome(CALIBRATION)).isEqualTo(Outcome.FIRE);
  }

  @Test
  void fewLabelsAreTooFewToLearnFrom() {
    RetrainDecision decision = decided(List.of(CALIBRATION), 999).orElseThrow();

    assertThat(decision.outcome()).isEqualTo(Outcome.SUPPRESSED_FEW_LABELS);
    assertThat(decision.sentence()).contains("999 new mature labels").contains("1,000");
  }

  @Test
  void theSameIsPutOnRecordOnceUntilItIsActedOn() {
    RetrainDecision decision = decided(List.of(CALIBRATION), 5_000).orElseThrow();
    NewEntry entry = decision.entry(story.state()).orElseThrow();
    assertThat(entry.kind()).isEqualTo(ActKind.RETRAIN_DECIDED);
    story.does(state -> entry);
    assertThat(decision.entry(story.state())).isEmpty();

    endsWithoutAVersion("a1").passes(Duration.ofDays(4));
    assertThat(decided(List.of(CALIBRATION), 5_000).orElseThrow().entry(story.state())).isPresent();
  }
}
