package io.leeway.monitor;

import static io.leeway.monitor.January.day;
import static io.leeway.monitor.January.days;
import static io.leeway.monitor.January.weeks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowPlanTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final WindowsConfig DAILY =
      new WindowsConfig(
          Period.parse("1 day"),
          List.of(Period.parse("7 days")),
          List.of(Period.parse("month")),
          UTC,
          Set.of("1 day", "7 days", "1 month"));

  @Test
  void everyWindowOfTheDataWithoutAPublishedPartIsDue() {
    WindowPlan plan = plan(due(LATER), days(1, 10), days(1, 8), Optional.empty());
    assertThat(plan.due()).isEqualTo(days(9, 10));
  }

  @Test
  void nothingIsDueWhenAllIsPublished() {
    WindowPlan plan = plan(due(LATER), days(1, 10), days(1, 10), Optional.empty());
    assertThat(plan.due()).isEmpty();
    assertThat(plan.targets()).isEmpty();
    assertThat(plan.needed()).isEmpty();
  }

  @Test
  void windowThatHasNotEndedIsLeftAlone() {
    Instant now = Instant.parse("2026-01-10T23:59:59Z");
    assertThat(plan(due(now), days(1, 10), List.of(), Optional.empty()).due())
        .isEqualTo(days(1, 9));
  }

  /** Days of another zone overlap those of today's: neither adds up with the other. */
  @Test
  void windowsOfAnotherZoneAreNotKnown() {
    ZoneId melbourne = ZoneId.of("Australia/Melbourne");
    WindowsConfig moved =
        new WindowsConfig(
            DAILY.base(), DAILY.rollUps(), DAILY.calendar(), melbourne, DAILY.publish());
    WindowPlan plan =
        WindowPlan.of(
            moved,
            due(LATER),
            Optional.of(new Window(day(1).start(), day(20).end())),
            days(1, 20),
            Map.of(),
            Set.of(),
            Optional.empty());
    assertThat(plan.due()).hasSize(21).doesNotContainAnyElementsOf(days(1, 20));
    assertThat(plan.needed()).isEmpty();
    assertThat(targets(plan, "7 days")).hasSize(15);
  }

  @Test
  void timesOfTheFarFutureCostNothing() {
    Window stretch = new Window(day(1).start(), Instant.parse("9999-12-31T00:00:00Z"));
    WindowPlan plan =
        WindowPlan.of(
            DAILY,
            due(day(10).end()),
            Optional.of(stretch),
            List.of(),
            Map.of(),
            Set.of(),
            Optional.empty());
    assertThat(plan.due()).isEqualTo(days(1, 10));
  }

  @Test
  void timesBeforeAllOthersAreRefusedUnlessTheyAreNotAskedFor() {
    Window stretch = new Window(Instant.EPOCH, day(10).end());
    assertThatThrownBy(
            () ->
                WindowPlan.of(
                    DAILY,
                    due(LATER),
                    Optional.of(stretch),
                    List.of(),
                    Map.of(),
                    Set.of(),
                    Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1970-01-01T00:00:00Z")
        .hasMessageContaining("more than 20,000 windows of 1 day")
        .hasMessageContaining("predictions.where");
    assertThat(
            WindowPlan.of(
                    DAILY,
                    ask(1, 10),
                    Optional.of(stretch),
                    List.of(),
                    Map.of(),
                    Set.of(),
                    Optional.empty())
                .due())
        .isEqualTo(days(1, 10));
  }

  /** The public electricity prices span 22,632 hours; a time of zero would span half a million. */
  @Test
  void yearsOfHoursArePlannedButNotHoursSince1970() {
    WindowsConfig hourly =
        new WindowsConfig(Period.parse("1 hour"), List.of(), List.of(), UTC, Set.of("1 hour"));
    Instant end = Instant.parse("2026-01-01T00:00:00Z");
    Window years = new Window(Instant.parse("2016-01-01T00:00:00Z"), end);
    assertThat(plan(hourly, years).due()).hasSize(3653 * 24);
    assertThatThrownBy(() -> plan(hourly, new Window(Instant.EPOCH, end)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 400,000 windows of 1 hour");
  }

  private static WindowPlan plan(WindowsConfig windows, Window stretch) {
    return WindowPlan.of(
        windows, due(LATER), Optional.of(stretch), List.of(), Map.of(), Set.of(), Optional.empty());
  }

  @Test
  void sourceIsSilentOnceAWindowHasEndedSinceItsLastRow() {
    Window data = new Window(day(1).start(), day(3).start().plusSeconds(60));
    assertThat(WindowPlan.silence(DAILY, data, day(4).end().minusMillis(1))).isEmpty();
    assertThat(WindowPlan.silence(DAILY, data, day(4).end()))
        .hasValueSatisfying(
            note -> assertThat(note).contains("no predictions from 2026-01-03T00:01:00Z on"));
    Window whole = new Window(day(1).start(), day(3).end());
    assertThat(WindowPlan.silence(DAILY, whole, day(4).end().minusMillis(1))).isEmpty();
    assertThat(WindowPlan.silence(DAILY, whole, day(4).end())).isPresent();
  }

  @Test
  void referenceIsNotMonitored() {
    Window reference = new Window(day(1).start(), day(6).end());
    assertThat(plan(due(LATER), days(1, 10), List.of(), Optional.of(reference)).due())
        .isEqualTo(days(7, 10));
  }

  @Test
  void askingForWindowsTakesPublishedOnesToo() {
    WindowPlan plan = plan(ask(3, 4), days(1, 10), days(1, 10), Optional.empty());
    assertThat(plan.due()).containsAll(days(3, 4));
    assertThat(plan.followers()).doesNotContainAnyElementsOf(days(3, 4));
  }

  @Test
  void publishedWindowThatIsComparedWithADueOneFollows() {
    WindowPlan restated = plan(ask(3, 4), days(1, 10), days(1, 10), Optional.empty());
    assertThat(restated.due()).isEqualTo(days(3, 5));
    assertThat(restated.followers()).isEqualTo(days(5, 5));
    WindowPlan outOfOrder = plan(ask(3, 4), days(1, 10), days(5, 10), Optional.empty());
    assertThat(outOfOrder.due()).isEqualTo(days(3, 5));
    assertThat(outOfOrder.targets())
        .contains(new Target("1 day", day(5), Optional.of(day(4))))
        .contains(new Target("1 day", day(3), Optional.empty()));
  }

  @Test
  void nothingFollowsTheNewestWindowOrOneBeforeAGap() {
    assertThat(plan(due(LATER), days(1, 10), days(1, 9), Optional.empty()).followers()).isEmpty();
    List<Window> gap = new ArrayList<>(days(1, 3));
    gap.addAll(days(6, 8));
    WindowPlan plan = plan(ask(4, 4), days(1, 10), gap, Optional.empty());
    assertThat(plan.due()).isEqualTo(days(4, 4));
  }

  @Test
  void nothingFollowsWhereBaseWindowsAreNotPublished() {
    WindowsConfig weekly =
        new WindowsConfig(
            DAILY.base(), DAILY.rollUps(), DAILY.calendar(), UTC, Set.of("7 days", "1 month"));
    WindowPlan plan =
        WindowPlan.of(
            weekly,
            ask(3, 4),
            Optional.of(new Window(day(1).start(), day(10).end())),
            days(1, 10),
            Map.of(),
            Set.of(),
            Optional.empty());
    assertThat(plan.due()).isEqualTo(days(3, 4));
  }

  @Test
  void publishedWindowIsDueWhenAskedForThoughItsRowsAreGone() {
    assertThat(plan(ask(9, 10), days(1, 8), days(1, 10), Optional.empty()).due())
        .isEqualTo(days(9, 10));
    assertThat(
            WindowPlan.of(
                    DAILY,
                    ask(9, 10),
                    Optional.empty(),
                    days(9, 10),
                    Map.of(),
                    Set.of(),
                    Optional.empty())
                .due())
        .isEqualTo(days(9, 10));
    assertThat(plan(due(LATER), days(1, 8), days(1, 10), Optional.empty()).due()).isEmpty();
  }

  @Test
  void everyWindowSaysWhyItIsDue() {
    Window span = new Window(day(1).start(), day(10).end());
    Map<Window, Reason> changed = Map.of(day(3), Reason.LATE_ROWS, day(4), Reason.REWRITTEN);
    WindowPlan plan =
        WindowPlan.of(
            DAILY, due(LATER), Optional.of(span), days(1, 9), changed, Set.of(), Optional.empty());
    assertThat(plan.reasons())
        .containsExactly(
            Map.entry(day(3), Reason.LATE_ROWS),
            Map.entry(day(4), Reason.REWRITTEN),
            Map.entry(day(5), Reason.FOLLOWS),
            Map.entry(day(10), Reason.NEW_ROWS));
    assertThat(PlannedWindows.of(plan.reasons())).hasSize(4);
    assertThat(plan(ask(3, 4), days(1, 10), days(1, 9), Optional.empty()).reasons())
        .containsExactly(
            Map.entry(day(3), Reason.ASKED),
            Map.entry(day(4), Reason.ASKED),
            Map.entry(day(5), Reason.FOLLOWS));
  }

  @Test
  void windowThatIsKeptDoesNotFollow() {
    Window span = new Window(day(1).start(), day(10).end());
    WindowPlan plan =
        WindowPlan.of(
            DAILY,
            due(LATER),
            Optional.of(span),
            days(1, 10),
            Map.of(day(3), Reason.REWRITTEN),
            Set.of(day(4)),
            Optional.empty());
    assertThat(plan.due()).containsExactly(day(3));
    assertThat(plan.needed()).contains(day(4));
  }

  @Test
  void neighboursOfOneReasonAreOneStretch() {
    assertThat(
            PlannedWindows.of(
                plan(due(LATER), days(1, 10), days(4, 5), Optional.empty()).reasons()))
        .containsExactly(
            new PlannedWindows("NEW_ROWS", new Window(day(1).start(), day(3).end()), 3),
            new PlannedWindows("FOLLOWS", day(4), 1),
            new PlannedWindows("NEW_ROWS", new Window(day(6).start(), day(10).end()), 5));
  }

  @Test
  void piecesScanEveryWindowOnceAndComputeATargetWhenAllItNeedsIsScanned() {
    WindowPlan whole = plan(due(LATER), days(1, 40), List.of(), Optional.empty());
    List<WindowPlan> pieces = whole.pieces(9);
    assertThat(pieces.stream().map(WindowPlan::due))
        .containsExactly(days(1, 9), days(10, 18), days(19, 27), days(28, 36), days(37, 40));
    assertThat(pieces.stream().flatMap(piece -> piece.targets().stream()))
        .containsExactlyInAnyOrderElementsOf(whole.targets());
    // January ends on day 31; the week from day 22 on ends on day 28.
    assertThat(targets(pieces.get(3), "1 month"))
        .containsExactly(new Window(day(1).start(), day(31).end()));
    assertThat(pieces.get(3).needed()).isEqualTo(days(1, 27));
    assertThat(targets(pieces.get(2), "7 days")).isEqualTo(weeks(19, 27));
    assertThat(pieces.get(2).needed()).isEqualTo(days(6, 18));
  }

  @Test
  void followerIsInThePieceOfTheWindowBeforeIt() {
    WindowPlan whole = plan(due(LATER), days(1, 6), days(3, 3), Optional.empty());
    assertThat(whole.followers()).isEqualTo(days(3, 3));
    List<WindowPlan> pieces = whole.pieces(2);
    assertThat(pieces.stream().map(WindowPlan::due))
        .containsExactly(days(1, 3), days(4, 5), days(6, 6));
    assertThat(pieces.get(0).followers()).isEqualTo(days(3, 3));
    assertThat(pieces.get(1).followers()).isEmpty();
  }

  private static MonitorRequest ask(int firstDay, int lastDay) {
    return MonitorRequest.asked(
        Optional.of(day(firstDay).start()), Optional.of(day(lastDay).end()), LATER);
  }

  private static MonitorRequest due(Instant now) {
    return MonitorRequest.due(now);
  }

  private static WindowPlan plan(
      MonitorRequest request,
      List<Window> data,
      List<Window> published,
      Optional<Window> reference) {
    Window span =
        new Window(
            data.get(0).start().plusSeconds(60), data.get(data.size() - 1).end().minusSeconds(60));
    return WindowPlan.of(
        DAILY, request, Optional.of(span), published, Map.of(), Set.of(), reference);
  }

  private static List<Window> targets(WindowPlan plan, String granularity) {
    return plan.targets().stream()
        .filter(target -> target.granularity().equals(granularity))
        .map(Target::window)
        .toList();
  }
}
