package io.leeway.monitor;

import static io.leeway.monitor.LedgerOfDays.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OvertakenTest {
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final WindowsConfig WINDOWS =
      new WindowsConfig(
          Period.parse("1 day"),
          List.of(Period.parse("3 days")),
          List.of(),
          ZoneId.of("UTC"),
          Set.of("1 day", "3 days"));

  private final LedgerOfDays ledger = new LedgerOfDays();

  private CommittedRun commit(long plannedAfter, long version, Window... windows) {
    return ledger.commit(plannedAfter, "config", version, windows);
  }

  private Set<Window> overtaken(CommittedRun last) {
    return Overtaken.of(WINDOWS, LATER, ledger.published(), Optional.ofNullable(last));
  }

  @Test
  void runsOneAfterTheOtherLeaveNothingUndone() {
    commit(0, 5, days(1, 1), days(2, 2), days(3, 3), days(1, 3));
    commit(1, 6, days(4, 4), days(2, 4));
    commit(2, 7, days(2, 2), days(3, 3), days(1, 3), days(2, 4));
    assertThat(overtaken(null)).isEmpty();
  }

  /** Day 4 is compared with day 3, and two roll-ups hold days of both. */
  @Test
  void whatSpansTheShareOfTwoRunsSideBySideIsMadeUpFor() {
    commit(0, 5, days(1, 1), days(2, 2), days(3, 3), days(1, 3));
    commit(0, 5, days(4, 4), days(5, 5), days(6, 6), days(4, 6));
    assertThat(overtaken(null)).containsExactly(days(4, 4), days(5, 5), days(6, 6));
  }

  @Test
  void rollUpWhoseDayWasReplacedMeanwhileIsMadeAgain() {
    commit(0, 5, days(1, 1), days(2, 2), days(3, 3), days(1, 3));
    commit(1, 6, days(2, 2), days(3, 3), days(1, 3));
    commit(1, 5, days(4, 4), days(2, 4));
    assertThat(overtaken(null)).containsExactly(days(4, 4));
    commit(3, 6, days(4, 4), days(2, 4));
    assertThat(overtaken(null)).isEmpty();
  }

  /** The later run was planned first: it did not know that day 4 is there, to be compared. */
  @Test
  void whatWasPublishedAfterALaterRunWasPlannedIsMadeAgain() {
    commit(0, 5, days(1, 1), days(2, 2), days(3, 3), days(1, 3));
    commit(1, 5, days(4, 4), days(2, 4));
    commit(1, 6, days(2, 2), days(3, 3), days(1, 3));
    assertThat(overtaken(null)).containsExactly(days(3, 3));
  }

  @Test
  void partOfANewerVersionThatAnOlderOneCouldNotReplaceIsMadeAgain() {
    commit(0, 5, days(1, 1), days(2, 2), days(3, 3), days(1, 3));
    commit(1, 9, days(3, 3), days(1, 3));
    commit(2, 7, days(2, 2));
    assertThat(overtaken(null)).containsExactly(days(2, 2));
  }

  /** As is done where its rows are gone and its numbers are to stay. */
  @Test
  void partThatALaterRunKnewOfAndLeftIsLeft() {
    commit(0, 5, days(1, 1), days(2, 2));
    commit(1, 6, days(1, 1));
    assertThat(overtaken(null)).isEmpty();
  }

  @Test
  void whatTheLastPlanHasLookedAtIsNotLookedAtAgain() {
    commit(0, 5, days(1, 1), days(2, 2), days(3, 3), days(1, 3));
    commit(0, 5, days(4, 4), days(5, 5), days(6, 6), days(4, 6));
    CommittedRun last = commit(2, 5);
    assertThat(overtaken(last)).isEmpty();
  }
}
