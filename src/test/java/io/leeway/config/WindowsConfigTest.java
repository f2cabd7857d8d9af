package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsConfigTest {
  private static void assertProblem(String key, String problem, String windows) {
    assertThatThrownBy(() -> FiveLines.model("windows { " + windows + " }"))
        .isInstanceOf(UserException.class)
        .hasMessage("configuration:7: leeway.models.credit.windows." + key + ": " + problem);
  }

  @Test
  void readsAllLengths() {
    WindowsConfig windows =
        FiveLines.model(
                "windows { base = 1 day, roll-up = [7 days, 4 weeks], calendar = [week, month,"
                    + " quarter] }")
            .windows();
    assertThat(windows.granularities())
        .containsExactly("1 day", "7 days", "4 weeks", "1 week", "1 month", "1 quarter");
    assertThat(windows.publish()).isEqualTo(windows.granularities());
    assertThat(windows.baseWindowsIn(Period.parse("4 weeks"))).isEqualTo(28);
  }

  /** The longest window and the one before it; a month has at most 31 days, a quarter counts 93. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          base = 1 day                                          | 2
          base = 1 day, roll-up = [7 days, 28 days]             | 56
          base = 1 day, roll-up = [28 days], calendar = [month] | 62
          base = 1 hour, calendar = [day, quarter]              | 186
          """)
  void looksBackOverTheLongestWindowAndTheOneBeforeIt(String windows, int days) {
    assertThat(FiveLines.model("windows { " + windows + " }").windows().lookBack())
        .isEqualTo(Duration.ofDays(days));
  }

  @Test
  void publishesWhatIsNamed() {
    assertThat(
            FiveLines.model("windows { calendar = [month], publish = [month] }")
                .windows()
                .publish())
        .containsExactly("1 month");
    assertProblem(
        "publish[0]",
        "'7 days' is neither the base nor a roll-up nor a calendar length; known: 1 day, 1 month",
        "calendar = [month], publish = [7 days]");
    assertProblem(
        "publish", "publishes nothing; name a granularity, or leave the key out", "publish = []");
  }

  @ParameterizedTest
  @CsvSource({
    "1 day, 36 hours",
    "2 days, 7 days",
    "1 day, 1 day",
    "7 days, 1 day",
    "1 hour, 90 minutes"
  })
  void refusesARollUpThatIsNoMultipleOfTheBase(String base, String rollUp) {
    // 36 hours and 90 minutes are no periods at all, since they do not divide a day.
    assertThatThrownBy(
            () -> FiveLines.model("windows { base = " + base + ", roll-up = [" + rollUp + "] }"))
        .isInstanceOf(UserException.class)
        .message()
        .startsWith("configuration:7: leeway.models.credit.windows.roll-up[0]: ")
        .containsAnyOf(
            "'" + rollUp + "' is not a whole multiple of the base of " + base + "; write a longer",
            "does not cut time evenly");
  }

  @Test
  void refusesAMonthAsRollUp() {
    assertProblem(
        "roll-up[0]",
        "'1 month' has no fixed length; write it under calendar, or in days or weeks",
        "roll-up = [1 month]");
  }

  @Test
  void refusesALengthTwice() {
    assertProblem(
        "calendar[0]",
        "'1 week' is listed twice; remove one",
        "roll-up = [1 week], calendar = [week]");
  }

  @ParameterizedTest
  @CsvSource({
    "1 hour, 1 day, true",
    "15 minutes, 1 hour, true",
    "6 hours, 1 month, true",
    "1 day, 1 week, true",
    "1 day, 1 quarter, true",
    "2 days, 4 days, true",
    "2 days, 1 week, false",
    "7 days, 1 week, false",
    "1 week, 2 weeks, true",
    "1 week, 1 month, false",
    "2 weeks, 3 weeks, false",
    "1 month, 1 quarter, true",
    "2 months, 1 quarter, false",
    "4 months, 1 year, true",
    "1 month, 1 month, false",
    "1 quarter, 1 month, false",
    "1 hour, 30 minutes, false"
  })
  void holdsCalendarLengthsToWholeBaseWindows(String base, String outer, boolean whole) {
    String windows = "windows { base = " + base + ", calendar = [" + outer + "] }";
    if (whole) {
      assertThat(FiveLines.model(windows).windows().calendar())
          .containsExactly(Period.parse(outer));
    } else {
      assertThatThrownBy(() -> FiveLines.model(windows))
          .hasMessageContaining(
              "'" + outer + "' does not consist of whole windows of the base of " + base);
    }
    assertThat(startsAreShared(Period.parse(base), Period.parse(outer))).isEqualTo(whole);
  }

  /** By trial over five years: every outer window starts with a base window and is longer. */
  private static boolean startsAreShared(Period base, Period outer) {
    ZoneId zone = ZoneId.of("UTC");
    Instant end = Instant.parse("2029-01-01T00:00:00Z");
    Instant time = Instant.parse("2024-01-01T00:00:00Z");
    while (time.isBefore(end)) {
      Instant start = outer.windowOf(time, zone).start();
      if (!base.windowOf(start, zone).start().equals(start)
          || !base.windowOf(start, zone).end().isBefore(outer.windowOf(time, zone).end())) {
        return false;
      }
      time = time.plus(1, ChronoUnit.DAYS);
    }
    return true;
  }
}
