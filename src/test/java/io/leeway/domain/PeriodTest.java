package io.leeway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  private static final ZoneId MELBOURNE = ZoneId.of("Australia/Melbourne");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

  @ParameterizedTest
  @CsvSource({
    "1 day,1 day",
    "day,1 day",
    "7 days,7 days",
    "15 MINUTES,15 minutes",
    "1 hour,1 hour",
    "month,1 month",
    "2 weeks,2 weeks",
    "quarter,1 quarter"
  })
  void readsWhatItWrites(String text, String written) {
    assertThat(Period.parse(text)).hasToString(written);
    assertThat(Period.parse(written)).isEqualTo(Period.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "days of wine", "1 fortnight", "-1 day", "0 days"})
  void refusesWhatIsNoPeriod(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Period.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7 minutes", "5 hours", "5 months", "3 quarters", "2 years"})
  void refusesWhatDoesNotCutTimeEvenly(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Period.parse(text))
        .withMessageContaining("does not cut time evenly");
  }

  /** Melbourne left daylight saving on 2026-04-05 at 3:00 (16:00 UTC the day before). */
  @Test
  void dayOnWhichTheClockIsSetBackIsLonger() {
    Window day = Period.parse("1 day").windowOf(Instant.parse("2026-04-04T20:00:00Z"), MELBOURNE);
    assertThat(day)
        .isEqualTo(
            new Window(
                Instant.parse("2026-04-04T13:00:00Z"), Instant.parse("2026-04-05T14:00:00Z")));
    assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(25));
  }

  /** Melbourne enters daylight saving on 2026-10-04 at 2:00 (16:00 UTC the day before). */
  @Test
  void dayOnWhichTheClockIsSetForwardIsShorter() {
    Window day = Period.parse("1 day").windowOf(Instant.parse("2026-10-03T20:00:00Z"), MELBOURNE);
    assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofHours(23));
  }

  @Test
  void repeatedHourIsTwoWindowsAndSkippedHourNone() {
    assertThat(lengths("1 hour", "2026-04-04T13:00:00Z", "2026-04-05T14:00:00Z", MELBOURNE))
        .hasSize(25)
        .containsOnly(Duration.ofHours(1));
    assertThat(lengths("1 hour", "2026-10-03T14:00:00Z", "2026-10-04T13:00:00Z", MELBOURNE))
        .hasSize(23)
        .containsOnly(Duration.ofHours(1));
  }

  @Test
  void longerStepsOfADayStretchOverTheChange() {
    assertThat(lengths("6 hours", "2026-04-04T13:00:00Z", "2026-04-05T14:00:00Z", MELBOURNE))
        .containsExactly(
            Duration.ofHours(7), Duration.ofHours(6), Duration.ofHours(6), Duration.ofHours(6));
  }

  /** Lord Howe Island moves its clock by half an hour. */
  @Test
  void halfHourChangesAreCutToo() {
    List<Duration> hours =
        lengths("1 hour", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", LORD_HOWE);
    assertThat(hours.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(24 * 60 + 30));
    assertThat(hours).allMatch(hour -> hour.compareTo(Duration.ofMinutes(90)) <= 0);
  }

  @Test
  void weeksStartOnMondayAndQuartersInJanuary() {
    ZoneId utc = ZoneId.of("UTC");
    assertThat(Period.parse("week").windowOf(Instant.parse("2026-11-22T12:00:00Z"), utc).start())
        .isEqualTo(Instant.parse("2026-11-16T00:00:00Z"));
    assertThat(Period.parse("quarter").windowOf(Instant.parse("2026-11-22T12:00:00Z"), utc))
        .isEqualTo(
            new Window(
                Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"15 minutes", "1 hour", "6 hours", "1 day", "7 days", "week", "month"})
  void windowsTileTime(String text) {
    Period period = Period.parse(text);
    Window window = period.windowOf(Instant.parse("2026-03-20T05:07:09Z"), MELBOURNE);
    for (int i = 0; i < 300; i++) {
      Window next = period.after(window, MELBOURNE);
      assertThat(next.start()).isEqualTo(window.end());
      assertThat(period.before(next, MELBOURNE)).isEqualTo(window);
      assertThat(period.windowOf(next.end().minusNanos(1_000), MELBOURNE)).isEqualTo(next);
      window = next;
    }
  }

  private static List<Duration> lengths(String text, String from, String until, ZoneId zone) {
    Period period = Period.parse(text);
    List<Duration> lengths = new ArrayList<>();
    Window window = period.windowOf(Instant.parse(from), zone);
    while (window.start().isBefore(Instant.parse(until))) {
      lengths.add(Duration.between(window.start(), window.end()));
      window = period.after(window, zone);
    }
    return lengths;
  }
}
