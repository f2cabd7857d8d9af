package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In Melbourne the clock went back from 03:00 to 02:00 on 5 April 2026 (2026-04-04T16:00Z) and goes
 * forward from 02:00 to 03:00 on 4 October 2026 (2026-10-03T16:00Z); IANA time zone database, rule
 * AV.
 */
class QuietHoursTest {
  private static final ZoneId MELBOURNE = ZoneId.of("Australia/Melbourne");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static QuietHours quiet(String from, String until) {
    return new QuietHours(LocalTime.parse(from), LocalTime.parse(until), MELBOURNE, "emergency");
  }

  private static Optional<Instant> end(QuietHours quiet, String at) {
    return quiet.endAfter(Instant.parse(at));
  }

  @Test
  void aNightCrossesMidnight() {
    // June: ten hours east of Greenwich.
    QuietHours night = quiet("22:00", "07:00");
    Instant morning = Instant.parse("2026-06-10T21:00:00Z");
    assertThat(end(night, "2026-06-10T11:59:59Z")).isEmpty();
    assertThat(end(night, "2026-06-10T12:00:00Z")).contains(morning);
    assertThat(end(night, "2026-06-10T14:30:00Z")).contains(morning);
    assertThat(end(night, "2026-06-10T20:59:59Z")).contains(morning);
    assertThat(end(night, "2026-06-10T21:00:00Z")).isEmpty();
  }

  @Test
  void aNoonRestDoesNot() {
    QuietHours noon = quiet("12:00", "13:30");
    assertThat(end(noon, "2026-06-10T01:59:59Z")).isEmpty();
    assertThat(end(noon, "2026-06-10T02:00:00Z")).contains(Instant.parse("2026-06-10T03:30:00Z"));
    assertThat(end(noon, "2026-06-10T14:00:00Z")).isEmpty();
  }

  @Test
  void theNightOfAChangedClockEndsByTheNewTime() {
    QuietHours night = quiet("22:00", "07:00");
    // From 22:00 at +11 to 07:00 at +10: ten hours.
    assertThat(end(night, "2026-04-04T11:00:00Z")).contains(Instant.parse("2026-04-04T21:00:00Z"));
    // From 22:00 at +10 to 07:00 at +11: eight hours.
    assertThat(end(night, "2026-10-03T12:00:00Z")).contains(Instant.parse("2026-10-03T20:00:00Z"));
  }

  /** Held against a walk in steps of a minute that asks nothing but what the clock shows. */
  @ParameterizedTest(name = "{0} to {1} from {2} on")
  @CsvSource({
    "22:00, 07:00, 2026-04-04T00:00:00Z",
    "22:00, 02:30, 2026-04-04T00:00:00Z",
    "22:00, 03:00, 2026-04-04T00:00:00Z",
    "22:00, 02:00, 2026-04-04T00:00:00Z",
    "02:30, 05:00, 2026-04-04T00:00:00Z",
    "02:15, 02:45, 2026-04-04T00:00:00Z",
    "22:00, 07:00, 2026-10-03T00:00:00Z",
    "22:00, 02:30, 2026-10-03T00:00:00Z",
    "22:00, 03:00, 2026-10-03T00:00:00Z",
    "02:15, 02:45, 2026-10-03T00:00:00Z",
    "02:30, 05:00, 2026-10-03T00:00:00Z",
    "03:00, 02:59, 2026-10-03T00:00:00Z"
  })
  void holdsAsLongAsTheClockSaysSo(String from, String until, String start) {
    QuietHours quiet = quiet(from, until);
    Instant first = Instant.parse(start);
    for (Instant at = first; at.isBefore(first.plus(Duration.ofDays(2))); at = at.plus(MINUTE)) {
      Optional<Instant> expected = Optional.empty();
      if (shows(quiet, at)) {
        Instant walked = at;
        while (shows(quiet, walked)) {
          walked = walked.plus(MINUTE);
        }
        expected = Optional.of(walked);
      }
      assertThat(quiet.endAfter(at)).as("at %s", at).isEqualTo(expected);
    }
  }

  private static boolean shows(QuietHours quiet, Instant at) {
    int now = at.atZone(MELBOURNE).toLocalTime().toSecondOfDay();
    int from = quiet.from().toSecondOfDay();
    int until = quiet.until().toSecondOfDay();
    return from < until ? from <= now && now < until : now >= from || now < until;
  }

  @Test
  void refusesHoursThatNeverEnd() {
    assertThatThrownBy(() -> quiet("07:00", "07:00"))
        .hasMessage("Quiet hours from 07:00 until 07:00 are not well formed.");
  }
}
