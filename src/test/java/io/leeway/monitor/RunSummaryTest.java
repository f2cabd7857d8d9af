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
      RunSummary summary = new RunSummary(3, 5_000_000_000L, of);
      assertThat(RunSummary.parse(summary.json())).isEqualTo(summary);
    }
    assertThat(new RunSummary(1, 2, Optional.empty()).json())
        .isEqualTo("{\"windows\":1,\"rows\":2}");
  }

  @Test
  void othersTellNoStretch() {
    assertThat(RunSummary.parse("{}").data()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunSummary.parse("{"))
        .withMessageContaining("no JSON");
  }
}
