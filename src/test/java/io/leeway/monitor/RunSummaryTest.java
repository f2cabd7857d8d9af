package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leeway.domain.Window;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  @Test
  void isReadBackAsItWas() {
    Window data =
        new Window(
            Instant.parse("2026-01-01T00:00:00.000001Z"), Instant.parse("2026-02-01T10:00:00Z"));
    for (Optional<Window> of : java.util.List.of(Optional.of(data), Optional.<Window>empty())) {
      RunSummary summary =
          new RunSummary(3, 5_000_000_000L, of, of.map(Window::start), of.map(Window::end));
      assertThat(RunSummary.parse(summary.json())).isEqualTo(summary);
    }
    assertThat(new RunSummary(1, 2, Optional.empty(), Optional.empty(), Optional.empty()).json())
        .isEqualTo("{\"windows\":1,\"rows\":2}");
  }

  @Test
  void theStretchIsThatOfTheVersionByTheSameConfiguration() {
    LedgerOfDays ledger = new LedgerOfDays();
    ledger.tell("mine", 3, LedgerOfDays.days(1, 3));
    ledger.tell("another", 4, LedgerOfDays.days(1, 9));
    ledger.tell("mine", 4, LedgerOfDays.days(1, 4));
    ledger.tell("another", 4, LedgerOfDays.days(1, 9));
    ledger.commit(4, "mine", 5);
    assertThat(RunSummary.stretch(ledger.runs(), "mine", LedgerOfDays.TABLE, 3))
        .contains(LedgerOfDays.days(1, 3));
    assertThat(RunSummary.stretch(ledger.runs(), "mine", LedgerOfDays.TABLE, 4))
        .contains(LedgerOfDays.days(1, 4));
    assertThat(RunSummary.stretch(ledger.runs(), "mine", LedgerOfDays.TABLE, 5)).isEmpty();
    assertThat(RunSummary.stretch(ledger.runs(), "mine", "made anew", 4)).isEmpty();
    assertThat(RunSummary.stretch(ledger.runs(), "a third", LedgerOfDays.TABLE, 4)).isEmpty();
  }

  @Test
  void othersTellNoStretch() {
    assertThat(RunSummary.parse("{}").data()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunSummary.parse("{"))
        .withMessageContaining("no JSON");
  }
}
