package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.Period;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowPlanTest {
  private static final Window MONTH = window("2026-03-01", "2026-04-01");
  private static final Window QUARTER = window("2026-04-01", "2026-07-01");

  @Test
  void monthsAndQuartersAreOfTheCalendar() {
    WindowPlan plan = WindowPlan.of(List.of(MONTH, QUARTER), Optional.empty());

    assertThat(plan.base()).isEqualTo(Period.parse("1 day"));
    assertThat(plan.calendar()).containsExactly(Period.parse("month"), Period.parse("quarter"));
    assertThat(plan.rollUps()).isEmpty();
    assertThat(plan.granularity())
        .containsEntry(MONTH, Period.parse("month"))
        .containsEntry(QUARTER, Period.parse("quarter"));
  }

  @Test
  void otherLengthsAreRollUps() {
    Window tenDays = window("2026-03-02", "2026-03-12");

    WindowPlan plan = WindowPlan.of(List.of(tenDays), Optional.empty());

    assertThat(plan.rollUps()).containsExactly(Period.parse("10 days"));
    assertThat(plan.calendar()).isEmpty();
  }

  @Test
  void baseIsTheLongestThatFitsAndNeverAddedToItself() {
    Window hour =
        new Window(Instant.parse("2026-03-01T05:00:00Z"), Instant.parse("2026-03-01T06:00:00Z"));

    WindowPlan hourly = WindowPlan.of(List.of(hour, MONTH), Optional.empty());

    assertThat(hourly.base()).isEqualTo(Period.parse("1 hour"));
    assertThat(hourly.calendar()).containsExactly(Period.parse("month"));
    assertThat(hourly.periods()).containsExactly(Period.parse("1 hour"), Period.parse("month"));
    assertThat(WindowPlan.of(List.of(MONTH), Optional.of(Period.parse("1 hour"))).base())
        .isEqualTo(Period.parse("1 hour"));
  }

  @Test
  void baseThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> WindowPlan.of(List.of(MONTH), Optional.of(Period.parse("1 week"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The window [2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z) does not consist of whole "
                + "windows of 1 week; name a shorter length with --base.");
  }

  @Test
  void singleBaseWindowsHoldNothingElse() {
    WindowPlan plan = WindowPlan.of(List.of(MONTH, QUARTER), Optional.empty());

    WindowPlan single = plan.inSingleBaseWindows(Period.parse("quarter")).orElseThrow();

    assertThat(single.base()).isEqualTo(Period.parse("quarter"));
    assertThat(single.granularity()).containsOnlyKeys(QUARTER);
    assertThat(single.calendar()).isEmpty();
  }

  @Test
  void singleBaseWindowsMustLieWhereTheFoldersDo() {
    // Windows of ten days start at multiples of ten days since 1970; 2026-03-02 is day 20,514.
    Window tenDays = window("2026-03-02", "2026-03-12");
    WindowPlan plan = WindowPlan.of(List.of(tenDays), Optional.empty());

    assertThat(plan.inSingleBaseWindows(Period.parse("10 days"))).isEmpty();
    assertThat(
            WindowPlan.of(List.of(window("2026-03-02", "2026-03-03")), Optional.empty())
                .inSingleBaseWindows(Period.parse("1 day")))
        .isEmpty();
  }

  private static Window window(String from, String until) {
    return new Window(Instant.parse(from + "T00:00:00Z"), Instant.parse(until + "T00:00:00Z"));
  }
}
