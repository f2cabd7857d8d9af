package io.leeway.policy.incident;

import static io.leeway.policy.incident.Said.at;
import static io.leeway.policy.incident.Said.segment;
import static io.leeway.policy.incident.Said.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.RuleTerms;
import io.leeway.domain.Segment;
import io.leeway.domain.UserException;
import io.leeway.policy.incident.Change.Event;
import io.leeway.policy.incident.Incident.State;
import io.leeway.policy.verdict.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentBookTest {
  private static final Instant NOW = at(100);

  private final IncidentBook book = Said.book(List.of(), new Breaches());

  private List<Event> judge(Said... said) {
    return judge(book, said);
  }

  private static List<Event> judge(IncidentBook book, Said... said) {
    return book.judge(Said.all(said), of -> true, NOW).changes().stream()
        .map(Change::event)
        .toList();
  }

  private static Said bad(int day) {
    return Said.on(day).breach("psi", "income", state("VIC")).fine("psi", "income", state("NSW"));
  }

  private static Said good(int day) {
    return Said.on(day).fine("psi", "income", state("VIC"), state("NSW"));
  }

  private Incident only() {
    assertThat(book.incidents()).hasSize(1);
    return book.incidents().get(0);
  }

  @Test
  void opensGoesOnAndEnds() {
    assertThat(judge(good(0))).isEmpty();
    assertThat(judge(Said.on(1).since(0).breach("psi", "income", state("VIC"))))
        .containsExactly(Event.OPENED);
    assertThat(only().started()).isEqualTo(at(0));
    assertThat(only().moments().detected()).isEqualTo(NOW);
    assertThat(judge(bad(2))).containsExactly(Event.UPDATED);
    assertThat(only().breaches()).isEqualTo(2);
    assertThat(judge(good(3))).containsExactly(Event.UPDATED);
    assertThat(judge(good(4))).containsExactly(Event.RESOLVED);
    assertThat(only().state()).isEqualTo(State.RESOLVED);
    assertThat(only().course().lastBad()).isEqualTo(at(3));
    assertThat(judge(good(5))).isEmpty();
  }

  @Test
  void aWindowWithoutTestsIsNotQuiet() {
    judge(bad(1));
    judge(Said.on(2));
    judge(Said.on(3));
    judge(Said.on(4));
    assertThat(only().isResolved()).isFalse();
    judge(good(5));
    assertThat(judge(good(6))).containsExactly(Event.RESOLVED);
  }

  @Test
  void withinTheCooldownItIsOpenedAgainAfterwardsAnother() {
    judge(bad(1));
    judge(good(2));
    judge(good(3));
    assertThat(judge(bad(4))).containsExactly(Event.REOPENED);
    assertThat(only().moments().resolved()).isEmpty();
    judge(good(5));
    judge(good(6));
    judge(good(7));
    judge(good(8));
    assertThat(judge(bad(9))).containsExactly(Event.OPENED);
    assertThat(book.incidents()).hasSize(2);
  }

  @Test
  void aWorseSeverityIsSaid() {
    judge(bad(1));
    assertThat(judge(Said.on(2).severe("emergency").breach("psi", "income", state("VIC"))))
        .containsExactly(Event.ESCALATED);
    assertThat(only().severity()).isEqualTo(Severity.EMERGENCY);
    assertThat(judge(bad(3))).containsExactly(Event.UPDATED);
    assertThat(only().severity()).isEqualTo(Severity.EMERGENCY);
  }

  /** Columns of one fault are found a day apart, or by the week only. */
  @Test
  void columnsThatFollowSoonInTheSameRowsBelongToIt() {
    judge(bad(1));
    Said later = Said.on(2).breach("psi", "debt", state("VIC")).fine("psi", "debt", state("NSW"));
    assertThat(judge(bad(2), later)).containsExactly(Event.UPDATED);
    Said week = Said.weekTo(4).breach("psi", "age", state("VIC")).fine("psi", "age", state("NSW"));
    judge(bad(4), week);
    assertThat(only().columns()).containsExactlyInAnyOrder("income", "debt", "age");
  }

  @Test
  void columnsThatFollowMuchLaterAreAnother() {
    for (int day = 1; day <= 9; day++) {
      judge(bad(day));
    }
    Said later = Said.on(10).breach("psi", "debt", state("VIC")).fine("psi", "debt", state("NSW"));
    assertThat(judge(bad(10), later)).contains(Event.OPENED);
    assertThat(book.incidents()).hasSize(2);
  }

  /** The opening lasts to day 4, and what follows may take two days, or two weeks, longer. */
  @Test
  void whatFollowsSoonBelongsToIt() {
    judge(bad(1));
    assertThat(judge(bad(5), Said.on(5).breach("accuracy", "", state("VIC"))))
        .containsExactly(Event.UPDATED);
    assertThat(judge(bad(16), Said.weekTo(16).breach("log_loss", "", state("VIC"))))
        .containsExactly(Event.UPDATED);
    assertThat(only().metrics()).containsExactlyInAnyOrder("psi", "accuracy", "log_loss");
  }

  /** What followed was seen a day before the column, and in fewer rows. */
  @Test
  void aColumnSaysWhereThoughWhatFollowsWasSeenFirst() {
    Said followed =
        Said.on(1).breach("accuracy", "", state("VIC")).fine("accuracy", "", state("NSW"));
    judge(followed);
    Said goesOn =
        Said.on(2).breach("accuracy", "", state("VIC")).fine("accuracy", "", state("NSW"));
    judge(Said.on(2).breach("null_rate", "income", Segment.ALL, state("VIC")), goesOn);
    assertThat(only().home()).isEqualTo(Home.EVERYWHERE);
  }

  /** The errors of a day later are many, in other rows than the column's. */
  @Test
  void whatFollowsLaterSaysNotWhere() {
    judge(Said.on(1).breach("null_rate", "income", Segment.ALL, state("VIC")));
    Said many =
        Said.on(2)
            .breach("accuracy", "", state("VIC"), segment("state", "VIC", "sex", "f"))
            .breach("accuracy", "", segment("state", "VIC", "sex", "m"))
            .fine("accuracy", "", state("NSW"));
    assertThat(judge(many)).containsExactly(Event.UPDATED);
    assertThat(only().home()).isEqualTo(Home.EVERYWHERE);
  }

  /** An error that jumps while a column has been different for long is new. */
  @Test
  void whatGoesWrongLongAfterIsItsOwn() {
    for (int day = 1; day <= 9; day++) {
      judge(bad(day));
    }
    assertThat(judge(bad(10), Said.on(10).since(9).breach("accuracy", "", state("VIC"))))
        .contains(Event.OPENED);
    assertThat(book.incidents().get(1).started()).isEqualTo(at(9));
    assertThat(judge(bad(11), Said.on(11).breach("accuracy", "", state("VIC"))))
        .containsExactly(Event.UPDATED, Event.UPDATED);
    assertThat(book.incidents()).hasSize(2);
  }

  /** Rows of a state lie in every age band, and yet neither is a part of the other. */
  @Test
  void whatHappensInRowsThatCrossIsAnother() {
    Said young =
        Said.on(1)
            .breach("accuracy", "", segment("age", "18-25"))
            .fine("accuracy", "", segment("age", "26-35"));
    assertThat(judge(young)).containsExactly(Event.OPENED);
    assertThat(judge(bad(2))).contains(Event.OPENED);
    assertThat(book.incidents())
        .extracting(of -> of.home().toString())
        .containsExactly("age=18-25", "state=VIC");
  }

  @Test
  void aGapByAnotherAttributeIsAnotherThoughACrossHoldsBoth() {
    String gap = "demographic_parity_difference_supported";
    judge(Said.on(1).breach(gap, "age", Segment.ALL));
    Said cross = Said.on(2).breach(gap, "sex, age", Segment.ALL);
    assertThat(judge(Said.on(2).breach(gap, "age", Segment.ALL), cross))
        .containsExactly(Event.UPDATED);
    assertThat(judge(Said.on(3).breach(gap, "sex", Segment.ALL))).contains(Event.OPENED);
    assertThat(book.incidents())
        .extracting(Incident::columns)
        .containsExactly(Set.of("age", "sex, age"), Set.of("sex"));
  }

  /** A week that is bad since its last day began before it was bad. */
  @Test
  void theBeginningIsToldByTheShortestWindows() {
    judge(Said.on(8).since(7).breach("psi", "income", state("VIC")));
    judge(bad(9), Said.weekTo(9).since(3).breach("psi", "income", state("VIC")));
    assertThat(only().started()).isEqualTo(at(7));
  }

  @Test
  void aCoarserGranularityHasToBeQuietToo() {
    judge(bad(6), Said.weekTo(6).breach("psi", "income", state("VIC")));
    for (int day = 7; day <= 12; day++) {
      judge(good(day), Said.weekTo(day).breach("psi", "income", state("VIC")));
    }
    assertThat(only().isResolved()).isFalse();
    judge(good(13), Said.weekTo(13).fine("psi", "income", state("VIC")));
    assertThat(judge(good(14), Said.weekTo(14).fine("psi", "income", state("VIC"))))
        .containsExactly(Event.RESOLVED);
  }

  @Test
  void whatMayNotOpenNothingDoesNot() {
    IncidentBook.Entry entry = book.judge(bad(1).verdicts(), of -> false, NOW);
    assertThat(entry.changes()).isEmpty();
    assertThat(entry.incidentOf()).isEmpty();
    judge(bad(2));
    assertThat(book.judge(bad(3).verdicts(), of -> false, NOW).changes())
        .extracting(Change::event)
        .containsExactly(Event.UPDATED);
  }

  @Test
  void aRestatementThatLeavesNoBreachEndsIt() {
    judge(bad(1));
    judge(bad(2));
    Breaches breaches = new Breaches();
    String id = only().id();
    breaches.add(id, "1 day", bad(1).verdicts().get(0).subject().window());
    breaches.add(id, "1 day", bad(2).verdicts().get(0).subject().window());
    IncidentBook again = Said.book(book.incidents(), breaches);
    assertThat(judge(again, good(1))).isEmpty();
    assertThat(judge(again, good(2))).containsExactly(Event.RESOLVED);
  }

  @Test
  void aRestatedWindowCountsOnce() {
    judge(bad(1));
    Breaches breaches = new Breaches();
    breaches.add(only().id(), "1 day", bad(1).verdicts().get(0).subject().window());
    IncidentBook again = Said.book(book.incidents(), breaches);
    judge(again, bad(1));
    assertThat(again.incidents().get(0).breaches()).isEqualTo(1);
  }

  /** Labels come in for a window long after it was bad. */
  @Test
  void aRestatementOfWhatWasSeenDoesNotOpenItAgain() {
    judge(bad(1));
    judge(good(2));
    judge(good(3));
    Breaches breaches = new Breaches();
    breaches.add(only().id(), "1 day", bad(1).verdicts().get(0).subject().window());
    IncidentBook again = Said.book(book.incidents(), breaches);
    assertThat(judge(again, bad(1))).containsExactly(Event.UPDATED);
    assertThat(again.incidents().get(0).state()).isEqualTo(State.RESOLVED);
  }

  @Test
  void itLingersUntilItHasRecovered() {
    RuleTerms terms =
        new RuleTerms(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.of(0.005),
            Duration.ofDays(1),
            Optional.of("ann"),
            Optional.of("https://wiki/psi"));
    judge(bad(1).with(terms));
    Said better = Said.on(2).with(terms).fine("psi", "income", state("VIC"));
    assertThat(judge(better)).isEmpty();
  }

  @Test
  void ownerAndRunbookComeFromTheRule() {
    RuleTerms terms =
        new RuleTerms(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Duration.ofDays(1),
            Optional.of("ann"),
            Optional.of("https://wiki/psi"));
    judge(Said.on(1).with(terms).breach("psi", "income", Segment.ALL));
    assertThat(only().owner()).contains("ann");
    assertThat(only().runbook()).contains("https://wiki/psi");
    assertThat(only().headline()).isEqualTo("psi of 'income' in all rows");
  }

  /** Handed on through what is stored after each window, or kept: the same. */
  @Test
  void oneByOneIsTheSameAsInOneGo() {
    List<Incident> handedOn = new ArrayList<>();
    for (int day = 0; day < 12; day++) {
      Said said = day % 5 < 3 && day > 0 ? bad(day) : good(day);
      judge(said);
      IncidentBook next = Said.book(handedOn, new Breaches());
      judge(next, said);
      handedOn = new ArrayList<>(next.incidents());
    }
    assertThat(handedOn).containsExactlyInAnyOrderElementsOf(book.incidents()).isNotEmpty();
  }

  @Test
  void peopleActOnWhatIsOpen() {
    judge(bad(1));
    Change acknowledged = Act.ACKNOWLEDGE.on(only(), "looking", NOW, "");
    assertThat(acknowledged.incident().state()).isEqualTo(State.ACKNOWLEDGED);
    assertThat(acknowledged.incident().moments().acknowledged()).contains(NOW);
    Incident resolved = Act.RESOLVE.on(acknowledged.incident(), "mended", NOW, "").incident();
    assertThat(resolved.moments().resolved()).contains(NOW);
    assertThatThrownBy(() -> Act.ACKNOWLEDGE.on(resolved, "late", NOW, "resolved by ann"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is resolved already (resolved by ann)");
    assertThatThrownBy(
            () -> Act.ACKNOWLEDGE.on(acknowledged.incident(), "too", NOW, "acknowledged by ann"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is acknowledged already (acknowledged by ann)");
  }

  @Test
  void whatPeopleResolvedOpensAgainIfItIsSeenAgain() {
    judge(bad(1));
    Incident resolved = Act.RESOLVE.on(only(), "mended", NOW, "").incident();
    IncidentBook next = Said.book(List.of(resolved), new Breaches());
    assertThat(judge(next, bad(2))).containsExactly(Event.REOPENED);
  }
}
