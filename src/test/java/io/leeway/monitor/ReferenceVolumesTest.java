package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Status;
import io.leeway.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceVolumesTest {
  /** A Monday in Melbourne. */
  private static final Instant MONDAY = Instant.parse("2026-01-04T13:00:00Z");

  private static final ZoneId MELBOURNE = ZoneId.of("Australia/Melbourne");

  private static Instant day(int day) {
    return MONDAY.plus(Duration.ofDays(day));
  }

  private static List<Window> days(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Window(day(i), day(i + 1))).toList();
  }

  /** Five weeks with 1000 rows or so on weekdays and 100 on the two days of the weekend. */
  private static ReferenceVolumes fiveWeeks() {
    ReferenceVolumes volumes = new ReferenceVolumes(days(35), MELBOURNE, true);
    for (int i = 0; i < 35; i++) {
      long rows = (i % 7 < 5 ? 1000 : 100) + 10L * (i / 7 - 2);
      volumes.put("", "[]", "", day(i), rows);
    }
    return volumes;
  }

  private static Measure ratio(ReferenceVolumes volumes, int day, long rows) {
    return volumes.measures("", Segment.ALL, day(day), rows).get(0);
  }

  /** The five Saturdays have 80 … 120 rows, with mean 100. */
  @Test
  void daysAreHeldAgainstThoseOfTheSameWeekday() {
    Measure saturday = ratio(fiveWeeks(), 40, 100);
    Measure monday = ratio(fiveWeeks(), 42, 100);

    assertThat(saturday.metric()).isEqualTo("volume_ratio");
    assertThat(saturday.value()).isCloseTo(1, within(1e-12));
    assertThat(saturday.reason()).contains("100 rows", "5 days of the same weekday");
    assertThat(monday.value()).isCloseTo(0.1, within(1e-12));
    assertThat(monday.ciHigh()).isLessThan(1);
    assertThat(saturday.ciLow()).isLessThan(1);
  }

  @Test
  void windowsWithoutRowsCountAsEmpty() {
    ReferenceVolumes volumes = new ReferenceVolumes(days(20), MELBOURNE, false);
    for (int i = 0; i < 20; i += 2) {
      volumes.put("", "[]", "", day(i), 50);
    }
    assertThat(ratio(volumes, 30, 25).value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void fewWindowsSayNothingAndOthersAreNotNamed() {
    ReferenceVolumes volumes = new ReferenceVolumes(days(5), MELBOURNE, true);
    volumes.put("", "[]", "", day(0), 50);
    Segment unknown = new Segment(Slice.of("state"), List.of("VIC"));

    assertThat(ratio(volumes, 30, 25).status()).isEqualTo(Status.UNDEFINED);
    assertThat(volumes.measures("", unknown, day(30), 25)).isEmpty();
    assertThat(volumes.measures("2", Segment.ALL, day(30), 25)).isEmpty();
  }
}
