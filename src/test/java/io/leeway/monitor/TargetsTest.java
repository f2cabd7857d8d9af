package io.leeway.monitor;

import static io.leeway.monitor.January.day;
import static io.leeway.monitor.January.days;
import static io.leeway.monitor.January.weeks;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Days with weeks that slide and months; what is due is scanned, what is published need not be. */
class TargetsTest {
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final WindowsConfig DAILY =
      new WindowsConfig(
          Period.parse("1 day"),
          List.of(Period.parse("7 days")),
          List.of(Period.parse("month")),
          ZoneId.of("UTC"),
          Set.of("1 day", "7 days", "1 month"));
  private static final Window JANUARY = new Window(day(1).start(), day(31).end());
  private static final Window FEBRUARY = new Window(day(32).start(), day(59).end());

  private static Targets targets(List<Window> due, List<Window> published) {
    return new Targets(DAILY, LATER, due, Set.copyOf(published));
  }

  private static List<Window> of(String granularity, Targets targets) {
    return targets.all().stream()
        .filter(target -> target.granularity().equals(granularity))
        .map(Target::window)
        .toList();
  }

  private static List<Window> needed(Targets targets) {
    return targets.needed(targets.all());
  }

  @Test
  void nothingDueIsNoTarget() {
    Targets none = targets(List.of(), days(1, 31));
    assertThat(none.all()).isEmpty();
    assertThat(needed(none)).isEmpty();
  }

  @Test
  void rollUpsThatHoldADueWindowFollow() {
    Targets newest = targets(days(20, 20), days(1, 19));
    assertThat(of("7 days", newest)).isEqualTo(weeks(20, 20));
    // The month needs all of its days.
    assertThat(needed(newest)).isEqualTo(days(1, 19));
  }

  @Test
  void restatedWindowTouchesEveryRollUpThatHoldsIt() {
    assertThat(of("7 days", targets(days(20, 20), days(1, 20)))).isEqualTo(weeks(20, 20));
    assertThat(of("7 days", targets(days(10, 10), days(1, 14)))).isEqualTo(weeks(10, 14));
  }

  /** The last week that is compared with one of days 10 and 11 is 18 to 24. */
  @Test
  void rollUpsThatAreComparedWithARestatedOneFollow() {
    Targets restated = targets(days(10, 11), days(1, 31));
    assertThat(of("7 days", restated)).isEqualTo(weeks(10, 24));
    List<Window> others = new ArrayList<>(days(1, 9));
    others.addAll(days(12, 31));
    assertThat(needed(restated)).isEqualTo(others);
  }

  /** Week 8 to 14 had nothing to be compared with before day 1 was known. */
  @Test
  void rollUpsGetTheirComparisonWhenAWindowBeforeThemComesLate() {
    assertThat(targets(days(1, 2), days(2, 14)).all())
        .contains(new Target("7 days", weeks(14, 14).get(0), Optional.of(weeks(7, 7).get(0))));
  }

  @Test
  void rollUpComparesWithTheOneThatEndsWhereItStarts() {
    Targets newest = targets(days(14, 14), days(1, 13));
    assertThat(newest.all())
        .contains(new Target("7 days", weeks(14, 14).get(0), Optional.of(weeks(7, 7).get(0))));
    assertThat(needed(newest)).isEqualTo(days(1, 13));
  }

  /** A week over a gap would be one of fewer days. */
  @Test
  void rollUpsDoNotReachOverAGap() {
    List<Window> published = new ArrayList<>(days(1, 5));
    published.addAll(days(7, 13));
    assertThat(of("7 days", targets(days(13, 13), published))).isEqualTo(weeks(13, 13));
    assertThat(of("7 days", targets(days(12, 12), published))).isEqualTo(weeks(13, 13));
    assertThat(targets(days(13, 13), published).all())
        .contains(new Target("7 days", weeks(13, 13).get(0), Optional.empty()));
  }

  @Test
  void calendarWindowAfterARestatedOneFollowsOnceItIsOver() {
    List<Window> both = days(20, 59);
    Targets restated = targets(days(21, 22), both);
    assertThat(restated.all())
        .contains(new Target("1 month", JANUARY, Optional.empty()))
        .contains(new Target("1 month", FEBRUARY, Optional.of(JANUARY)));
    assertThat(needed(restated)).containsAll(days(32, 59));
    Targets early = new Targets(DAILY, day(59).start(), days(21, 22), Set.copyOf(both));
    assertThat(of("1 month", early)).containsExactly(JANUARY);
  }

  @Test
  void calendarWindowIsComputedOnceItIsOver() {
    Instant inJanuary = Instant.parse("2026-01-21T00:00:00Z");
    Targets now = new Targets(DAILY, inJanuary, days(20, 20), Set.copyOf(days(1, 19)));
    assertThat(of("1 month", now)).isEmpty();
    assertThat(of("1 month", targets(days(20, 20), days(1, 19)))).containsExactly(JANUARY);
  }

  @Test
  void firstWindowHasNoPrevious() {
    assertThat(targets(days(5, 6), List.of()).all())
        .startsWith(
            new Target("1 day", day(5), Optional.empty()),
            new Target("1 day", day(6), Optional.of(day(5))));
  }

  @Test
  void granularityThatIsNotPublishedIsNoTarget() {
    WindowsConfig monthly =
        new WindowsConfig(
            DAILY.base(), DAILY.rollUps(), DAILY.calendar(), DAILY.zone(), Set.of("1 month"));
    assertThat(new Targets(monthly, LATER, days(20, 20), Set.copyOf(days(1, 19))).all())
        .containsExactly(new Target("1 month", JANUARY, Optional.empty()));
  }
}
