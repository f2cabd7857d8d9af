package io.leeway.monitor;

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

  @Test
  void referenceIsNotMonitored() {
    Window reference = new Window(day(1).start(), day(6).end());
    assertThat(plan(due(LATER), days(1, 10), List.of(), Optional.of(reference)).due())
        .isEqualTo(days(7, 10));
  }

  @Test
  void askingForWindowsTakesPublishedOnesToo() {
    MonitorRequest asked =
        new MonitorRequest(
            Optional.of(day(3).start()), Optional.of(day(4).end()), false, false, LATER);
    assertThat(plan(asked, days(1, 10), days(1, 10), Optional.empty()).due()).isEqualTo(days(3, 4));
  }

  @Test
  void rollUpsThatHoldADueWindowFollow() {
    WindowPlan plan = plan(due(LATER), days(1, 20), days(1, 19), Optional.empty());
    assertThat(targets(plan, "7 days")).containsExactly(new Window(day(14).start(), day(20).end()));
    assertThat(plan.needed()).containsAll(days(14, 19)).doesNotContain(day(20));
  }

  @Test
  void restatedWindowTouchesEveryRollUpThatHoldsIt() {
    MonitorRequest asked =
        new MonitorRequest(
            Optional.of(day(10).start()), Optional.of(day(10).end()), false, false, LATER);
    WindowPlan plan = plan(asked, days(1, 20), days(1, 20), Optional.empty());
    List<Window> weeks = new ArrayList<>();
    for (int last = 10; last <= 16; last++) {
      weeks.add(new Window(day(last - 6).start(), day(last).end()));
    }
    assertThat(targets(plan, "7 days")).isEqualTo(weeks);
  }

  @Test
  void rollUpComparesWithTheOneThatEndsWhereItStarts() {
    WindowPlan plan = plan(due(LATER), days(1, 14), days(1, 13), Optional.empty());
    Target week =
        plan.targets().stream()
            .filter(t -> t.granularity().equals("7 days"))
            .findFirst()
            .orElseThrow();
    assertThat(week.previous()).contains(new Window(day(1).start(), day(7).end()));
    assertThat(plan.needed()).isEqualTo(days(1, 13));
  }

  @Test
  void calendarWindowIsComputedOnceItIsOver() {
    Instant inJanuary = Instant.parse("2026-01-21T00:00:00Z");
    assertThat(targets(plan(due(inJanuary), days(1, 20), days(1, 19), Optional.empty()), "1 month"))
        .isEmpty();
    assertThat(targets(plan(due(LATER), days(1, 20), days(1, 19), Optional.empty()), "1 month"))
        .containsExactly(
            new Window(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z")));
  }

  @Test
  void firstWindowHasNoPrevious() {
    WindowPlan plan = plan(due(LATER), days(5, 6), List.of(), Optional.empty());
    assertThat(plan.targets().get(0).previous()).isEmpty();
    assertThat(plan.targets().get(1).previous()).contains(day(5));
  }

  private static MonitorRequest due(Instant now) {
    return new MonitorRequest(Optional.empty(), Optional.empty(), false, false, now);
  }

  private static WindowPlan plan(
      MonitorRequest request,
      List<Window> data,
      List<Window> published,
      Optional<Window> reference) {
    Window span =
        new Window(
            data.get(0).start().plusSeconds(60), data.get(data.size() - 1).end().minusSeconds(60));
    return WindowPlan.of(DAILY, request, span, published, reference);
  }

  private static List<Window> targets(WindowPlan plan, String granularity) {
    return plan.targets().stream()
        .filter(target -> target.granularity().equals(granularity))
        .map(Target::window)
        .toList();
  }

  private static List<Window> days(int first, int last) {
    List<Window> days = new ArrayList<>();
    for (int day = first; day <= last; day++) {
      days.add(day(day));
    }
    return days;
  }

  private static Window day(int ofJanuary) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * (ofJanuary - 1));
    return new Window(start, start.plusSeconds(86_400));
  }
}
