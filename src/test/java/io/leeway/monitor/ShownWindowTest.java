package io.leeway.monitor;

import static io.leeway.monitor.LedgerOfDays.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Period;
import io.leeway.store.CommittedRun;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownWindowTest {
  private static final WindowsConfig WINDOWS =
      new WindowsConfig(
          Period.parse("1 day"), List.of(), List.of(), ZoneId.of("UTC"), Set.of("1 day"));

  private final LedgerOfDays ledger = new LedgerOfDays();

  private ShownWindow day(int day, CommittedRun... followers) {
    Map<String, CommittedRun> last = new HashMap<>();
    for (CommittedRun follower : followers) {
      last.put(follower.run().configHash(), follower);
    }
    return ShownWindow.all(ledger.published(), WINDOWS, "today's", last).get(days(day, day));
  }

  @Test
  void withoutAFollowerEachWindowIsGoodFromTheVersionThatWasRead() {
    ledger.commit(0, "today's", 3, days(1, 1));
    ledger.commit(1, "today's", 5, days(2, 2));
    assertThat(day(1).version()).isEqualTo(3);
    assertThat(day(2).version()).isEqualTo(5);
  }

  @Test
  void whatAFollowerSawAndLeftIsGoodFromItsVersion() {
    ledger.commit(0, "today's", 3, days(1, 1), days(2, 2));
    CommittedRun last = ledger.commit(1, "today's", 9, days(2, 2));
    assertThat(day(1, last).version()).isEqualTo(9);
    assertThat(day(2, last).version()).isEqualTo(9);
  }

  /** Published first from an older version, after the log was followed past it, or meanwhile. */
  @Test
  void whatAFollowerHasNotSeenIsGoodFromNoMoreThanWasRead() {
    ledger.commit(0, "today's", 3, days(1, 1));
    ledger.commit(0, "today's", 4, days(2, 2));
    CommittedRun last = ledger.commit(1, "today's", 9, days(4, 4));
    ledger.commit(3, "today's", 5, days(3, 3));
    assertThat(day(1, last).version()).isEqualTo(9);
    assertThat(day(2, last).version()).isEqualTo(4);
    assertThat(day(3, last).version()).isEqualTo(5);
  }

  @Test
  void newerVersionThanTheFollowersStays() {
    ledger.commit(0, "today's", 9, days(1, 1));
    CommittedRun last = ledger.commit(1, "today's", 8);
    assertThat(day(1, last).version()).isEqualTo(9);
  }

  @Test
  void todaysConfigurationHasSettledWhatItSawAndLeft() {
    ledger.commit(0, "another", 3, days(1, 1));
    CommittedRun last = ledger.commit(1, "today's", 9, days(2, 2));
    assertThat(day(1, last).configHash()).isEqualTo("today's");
  }

  @Test
  void anotherConfigurationsFollowerSettlesNothing() {
    ledger.commit(0, "today's", 3, days(1, 1));
    ledger.commit(1, "a third", 3, days(2, 2));
    CommittedRun last = ledger.commit(2, "another", 9, days(3, 3));
    assertThat(day(1, last).configHash()).isEqualTo("today's");
    assertThat(day(2, last).configHash()).isEqualTo("a third");
    assertThat(day(1, last).version()).as("it may cut time otherwise").isEqualTo(3);
    assertThat(day(3, last).version()).isEqualTo(9);
  }

  @Test
  void theFollowerOfItsOwnConfigurationHasLookedAtItToo() {
    ledger.commit(0, "another", 3, days(1, 1));
    CommittedRun own = ledger.commit(1, "another", 7, days(2, 2));
    assertThat(day(1, own).version()).isEqualTo(7);
    assertThat(day(1, own).configHash()).isEqualTo("another");
  }
}
