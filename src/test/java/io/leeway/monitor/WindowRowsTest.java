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
    rows.put(day(1), "v1", new RowSum(10, 7L));
    rows.put(day(7), "v1", new RowSum(20, Long.MAX_VALUE));
    rows.put(day(7), "v2", new RowSum(3, 1L));
    rows.put(day(8), "v3", new RowSum(400, 2L));
    // Fingerprints wrap: 2⁶³ − 1 + 7 = −2⁶³ + 6.
    assertThat(rows.within(WEEK, "v1")).isEqualTo(new RowSum(30, Long.MIN_VALUE + 6));
    assertThat(rows.within(WEEK, "v3")).isEqualTo(RowSum.NONE);
    assertThat(rows.versionsWithin(WEEK)).containsExactly("v1", "v2");
  }

  @Test
  void versionWithoutANameIsOneOfItsOwn() {
    rows.put(day(2), null, new RowSum(5, null));
    assertThat(rows.within(WEEK, null)).isEqualTo(new RowSum(5, null));
    assertThat(rows.versionsWithin(WEEK)).containsExactly("");
  }

  @Test
  void whatIsSaidTwiceCountsOnce() {
    rows.put(day(2), "v1", new RowSum(5, 3L));
    rows.put(day(2), "v1", new RowSum(5, 3L));
    rows.put(day(3), "v2", new RowSum(1, 4L));
    assertThat(rows.in(List.of(day(2), day(3), day(4)))).isEqualTo(6);
  }

  private static Window day(int day) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plusSeconds((day - 1) * 86_400L);
    return new Window(start, start.plusSeconds(86_400));
  }
}
