package io.leeway.policy.incident;

import static io.leeway.policy.incident.Said.at;
import static io.leeway.policy.incident.Said.segment;
import static io.leeway.policy.incident.Said.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.RuleTerms;
import io.leeway.domain.Segment;
import io.leeway.policy.incident.Change.Event;
import io.leeway.policy.incident.Incident.State;
import io.leeway.policy.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An incident goes on, and ends, by what it was seen by, where it was seen. */
class SignTest {
  private static final Instant NOW = at(100);
  private static final String GAP = "demographic_parity_difference_supported";

  private final IncidentBook book = Said.book(List.of(), new Breaches());

  private List<Event> judge(Said... said) {
    return book.judge(Said.all(said), of -> true, NOW).changes().stream()
        .map(Change::event)
        .toList();
  }

  private static Said drift(int day) {
    return Said.on(day).breach("psi", "income", Segment.ALL);
  }

  @Test
  void aSignIsReadBackAsItWasWritten() {
    for (Sign.Kind kind : Sign.Kind.values()) {
      Sign sign = new Sign(kind, "two words, of it");
      assertThat(Sign.parse(sign.text())).isEqualTo(sign);
    }
  }

  /** The score's column is "score" there; both are drift, and yet half a year lies between. */
  @Test
  void aDriftOfTheScoreLongAfterThatOfAColumnIsItsOwn() {
    for (int day = 1; day <= 9; day++) {
      judge(drift(day));
    }
    assertThat(judge(drift(10), Said.on(10).since(9).breach("psi", "score", Segment.ALL)))
        .contains(Event.OPENED);
    assertThat(book.incidents()).hasSize(2);
  }

  @Test
  void aFeatureAndTheGroupsOfItAreTwoThings() {
    for (int day = 1; day <= 9; day++) {
      judge(Said.on(day).breach("psi", "gender", state("VIC")).fine("psi", "gender", state("NSW")));
    }
    assertThat(judge(Said.on(10).breach(GAP, "gender", Segment.ALL))).contains(Event.OPENED);
    assertThat(book.incidents())
        .extracting(Incident::signs)
        .containsExactly(
            Set.of(new Sign(Sign.Kind.COLUMN, "gender")),
            Set.of(new Sign(Sign.Kind.GROUPS, "gender")));
  }

  /** Two that open together, and what follows may belong to either: live as in one go. */
  @Test
  void whichOfTwoItBelongsToDoesNotDependOnWhoRemembers() {
    for (String column : List.of("a", "b", "c", "d", "e", "f")) {
      IncidentBook atOnce = Said.book(List.of(), new Breaches());
      List<Incident> handedOn = List.of();
      for (int day = 1; day <= 3; day++) {
        List<Verdict> verdicts = twoAndWhatFollows(day, column);
        atOnce.judge(verdicts, of -> true, NOW);
        List<Incident> shuffled = new ArrayList<>(handedOn);
        Collections.reverse(shuffled);
        IncidentBook next = Said.book(shuffled, new Breaches());
        next.judge(verdicts, of -> true, NOW);
        handedOn = next.incidents();
      }
      assertThat(handedOn).containsExactlyInAnyOrderElementsOf(atOnce.incidents()).hasSize(2);
    }
  }

  private static List<Verdict> twoAndWhatFollows(int day, String column) {
    Said said =
        Said.on(day)
            .breach("psi", column, state("VIC"))
            .fine("psi", column, state("NSW"))
            .breach("psi", column + "2", state("NSW"))
            .fine("psi", column + "2", state("VIC"));
    return day == 1
        ? said.verdicts()
        : Said.all(said, Said.on(day).breach("accuracy", "", Segment.ALL));
  }

  @Test
  void whereItsPlaceIsSilentItGoesOn() {
    judge(Said.on(1).breach("psi", "income", state("VIC")).fine("psi", "income", state("NSW")));
    for (int day = 2; day <= 5; day++) {
      assertThat(
              judge(
                  Said.on(day)
                      .fine("psi", "income", state("NSW"))
                      .fine("psi", "age", state("VIC"))))
          .isEmpty();
    }
    judge(Said.on(6).fine("psi", "income", state("VIC")));
    assertThat(judge(Said.on(7).fine("psi", "income", state("VIC"))))
        .containsExactly(Event.RESOLVED);
  }

  @Test
  void whatNoRuleWatchesAnyMoreEnds() {
    judge(drift(1));
    judge(Said.on(2).fine("null_rate", "income", Segment.ALL));
    assertThat(judge(Said.on(3).fine("null_rate", "income", Segment.ALL)))
        .containsExactly(Event.RESOLVED);
  }

  @Test
  void aGranularityThatIsPublishedNoMoreEnds() {
    judge(Said.weekTo(7).breach("psi", "income", Segment.ALL));
    for (int day = 8; day <= 29; day++) {
      judge(Said.on(day).fine("psi", "income", Segment.ALL));
      assertThat(book.incidents().get(0).isResolved()).isFalse();
    }
    // Three weeks after the end of its week, day 8, are over.
    assertThat(judge(Said.on(30).fine("psi", "income", Segment.ALL)))
        .containsExactly(Event.RESOLVED);
  }

  @Test
  void whatFollowsLingersUntilItHasRecovered() {
    RuleTerms terms =
        new RuleTerms(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.of(0.195),
            Duration.ofDays(1),
            Optional.empty(),
            Optional.empty());
    judge(Said.on(1).with(terms).breach("accuracy", "", Segment.ALL));
    for (int day = 2; day <= 4; day++) {
      assertThat(judge(Said.on(day).with(terms).fine("accuracy", "", Segment.ALL))).isEmpty();
    }
    assertThat(book.incidents().get(0).state()).isEqualTo(State.OPEN);
  }

  /** Past the cooldown, though both began in the same window. */
  @Test
  void ofTwoThatBeganInTheSameWindowNoneReplacesTheOther() {
    judge(Said.on(2).since(1).breach("psi", "income", Segment.ALL));
    judge(Said.on(3).fine("psi", "income", Segment.ALL));
    judge(Said.on(4).fine("psi", "income", Segment.ALL));
    judge(Said.on(5).fine("psi", "income", Segment.ALL));
    judge(Said.on(6).fine("psi", "income", Segment.ALL));
    assertThat(judge(Said.on(7).since(1).breach("psi", "income", Segment.ALL)))
        .containsExactly(Event.OPENED);
    assertThat(book.incidents()).extracting(Incident::id).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void aGapInASegmentIsNoOtherThanTheOneInAll() {
    judge(Said.on(1).breach(GAP, "gender", Segment.ALL));
    assertThat(judge(Said.on(2).breach(GAP, "gender", segment("state", "VIC"))))
        .containsExactly(Event.UPDATED);
  }
}
