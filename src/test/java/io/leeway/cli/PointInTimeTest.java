package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PointInTimeTest {
  private static final ZoneId MELBOURNE = ZoneId.of("Australia/Melbourne");

  @Test
  void aDateIsMidnightInTheZoneThatAsks() {
    PointInTime day = PointInTime.parse("--from", "2026-03-01");

    assertThat(day.in(MELBOURNE)).isEqualTo(Instant.parse("2026-02-28T13:00:00Z"));
    assertThat(day.in(ZoneId.of("UTC"))).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  /** Cairo's clocks jumped from 00:00 to 01:00 on 26 April 2024. */
  @Test
  void aDayWithoutMidnightStartsWithItsFirstInstant() {
    assertThat(PointInTime.parse("--from", "2024-04-26").in(ZoneId.of("Africa/Cairo")))
        .isEqualTo(Instant.parse("2024-04-25T22:00:00Z"));
  }

  @Test
  void anInstantIsTheSameInEveryZone() {
    PointInTime moment = PointInTime.parse("--from", "2026-03-01T00:00:00+11:00");

    assertThat(moment.in(MELBOURNE)).isEqualTo(Instant.parse("2026-02-28T13:00:00Z"));
    assertThat(moment.in(ZoneId.of("UTC"))).isEqualTo(moment.in(MELBOURNE));
  }

  @Test
  void anythingElseIsRefused() {
    for (String wrong : new String[] {"", "yesterday", "2026-02-30", "2026-03-01T00:00"}) {
      assertThatThrownBy(() -> PointInTime.parse("--until", wrong))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--until: '" + wrong + "'")
          .hasMessageContaining("2026-03-01T00:00:00Z");
    }
  }
}
