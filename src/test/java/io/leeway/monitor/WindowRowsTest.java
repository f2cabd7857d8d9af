package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Window;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowRowsTest {
  private static final Window WEEK = new Window(day(1).start(), day(7).end());
  private final WindowRows rows = new WindowRows();

  @Test
  void stretchHoldsTheBaseWindowsThatStartInIt() {
    rows.put(day(1), "v1", 10);
    rows.put(day(7), "v1", 20);
    rows.put(day(7), "v2", 3);
    rows.put(day(8), "v3", 400);
    assertThat(rows.within(WEEK, "v1")).isEqualTo(30);
    assertThat(rows.within(WEEK, "v3")).isZero();
    assertThat(rows.versionsWithin(WEEK)).containsExactly("v1", "v2");
  }

  @Test
  void versionWithoutANameIsOneOfItsOwn() {
    rows.put(day(2), null, 5);
    assertThat(rows.within(WEEK, null)).isEqualTo(5);
    assertThat(rows.versionsWithin(WEEK)).containsExactly("");
  }

  @Test
  void whatIsSaidTwiceCountsOnce() {
    rows.put(day(2), "v1", 5);
    rows.put(day(2), "v1", 5);
    rows.put(day(3), "v2", 1);
    assertThat(rows.in(List.of(day(2), day(3), day(4)))).isEqualTo(6);
  }

  private static Window day(int day) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plusSeconds((day - 1) * 86_400L);
    return new Window(start, start.plusSeconds(86_400));
  }
}
