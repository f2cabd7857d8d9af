package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ChannelConfig;
import io.leeway.config.NoticesConfig;
import io.leeway.config.QuietHours;
import io.leeway.policy.notice.Delivery.Outcome;
import io.leeway.policy.notice.Notice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {
  private static final Instant NOON = Samples.NOON;
  // In Melbourne, ten hours east in June: midnight, and seven in the morning.
  private static final Instant NIGHT = Instant.parse("2026-06-10T14:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-06-10T21:00:00Z");
  private static final QuietHours QUIET =
      new QuietHours(
          LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneId.of("Australia/Melbourne"), "emergency");
  private static final ChannelConfig SLACK = Samples.channel(ChannelConfig.Type.SLACK, "http://a");
  private static final Delivery RETRY = Delivery.retry("no answer");
  private static final Delivery OK = Delivery.answered(200, "");

  private static Notice notice(Kind kind, String severity, int minute) {
    return Samples.notice("i1", kind, severity, NOON.plusSeconds(60L * minute));
  }

  private static Attempt tried(Notice notice, Instant at, Delivery delivery) {
    return Attempt.of(notice, "slack", at, delivery);
  }

  private static Plan plan(List<Notice> notices, List<Attempt> attempts, Instant now) {
    return new Outbox(Samples.config(SLACK)).plan(notices, attempts, now);
  }

  private static Plan atNight(List<Notice> notices, List<Attempt> attempts) {
    return new Outbox(Samples.config(QUIET, SLACK)).plan(notices, attempts, NIGHT);
  }

  private static List<Notice> sent(Plan plan) {
    return plan.sendings().stream().map(Plan.Sending::notice).toList();
  }

  private static void assertSkipped(Plan plan, String... noticesAndReasons) {
    List<String> found = new ArrayList<>();
    for (Attempt settled : plan.settled()) {
      assertThat(settled.delivery().outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(settled.isFinal()).isTrue();
      found.add(settled.noticeId());
      found.add(settled.delivery().reason());
    }
    assertThat(found).containsExactly(noticesAndReasons);
  }

  @Test
  void sendsWhatIsNewToEveryChannelThatTakesNotices() {
    NoticesConfig config =
        Samples.config(
            SLACK, Samples.channel(ChannelConfig.Type.WEBHOOK, "http://b"), Samples.prometheus());
    Notice notice = Samples.opened("i1");
    Plan plan = new Outbox(config).plan(List.of(notice), List.of(), NOON);
    assertThat(plan.sendings())
        .extracting(sending -> sending.channel().name())
        .containsExactly("slack", "webhook");
    assertThat(sent(plan)).containsExactly(notice, notice);
    assertThat(plan.waiting()).isEmpty();
    assertThat(plan.settled()).isEmpty();
  }

  @Test
  void sendsInTheOrderInWhichThingsHappened() {
    Notice first = notice(Kind.OPENED, "retrain", 0);
    Notice second = notice(Kind.UPDATED, "retrain", 1);
    Notice third = notice(Kind.ESCALATED, "emergency", 2);
    assertThat(sent(plan(List.of(third, first, second), List.of(), NOON)))
        .containsExactly(first, second, third);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"DELIVERED", "FAILED", "SKIPPED"})
  void leavesAloneWhatIsSettledOnThisChannel(Outcome outcome) {
    Notice notice = Samples.opened("i1");
    Delivery settled = new Delivery(outcome, OptionalInt.empty(), "");
    assertThat(plan(List.of(notice), List.of(tried(notice, NOON, settled)), NOON))
        .isEqualTo(new Plan(List.of(), List.of(), List.of()));
    Attempt elsewhere = Attempt.of(notice, "webhook", NOON, settled);
    assertThat(sent(plan(List.of(notice), List.of(elsewhere), NOON))).containsExactly(notice);
  }

  @Test
  void leavesOutWhatIsLessSevereThanTheChannelTakes() {
    ChannelConfig pager = Samples.channel(ChannelConfig.Type.PAGERDUTY, "http://a", "emergency");
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice worse = notice(Kind.ESCALATED, "emergency", 1);
    Plan plan = new Outbox(Samples.config(pager)).plan(List.of(opened, worse), List.of(), NOON);
    assertThat(sent(plan)).containsExactly(worse);
    assertSkipped(plan, opened.id(), "the channel takes emergency and above");
  }

  @Test
  void theEndIsToldWhateverItsSeverity() {
    ChannelConfig pager = Samples.channel(ChannelConfig.Type.PAGERDUTY, "http://a", "emergency");
    Notice worse = notice(Kind.ESCALATED, "emergency", 0);
    Notice end = notice(Kind.RESOLVED, "investigate", 1);
    Attempt told = Attempt.of(worse, "pagerduty", NOON, OK);
    Plan plan = new Outbox(Samples.config(pager)).plan(List.of(worse, end), List.of(told), NOON);
    assertThat(sent(plan)).containsExactly(end);
  }

  @Test
  void theEndOfWhatWasNeverSentIsNotSent() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice end = notice(Kind.RESOLVED, "retrain", 1);
    Plan plan = plan(List.of(opened, end), List.of(), NOON);
    assertThat(plan.sendings()).isEmpty();
    assertSkipped(
        plan,
        opened.id(),
        "the incident was over before this was sent",
        end.id(),
        "the channel had not heard of the incident");
    Attempt refused = tried(opened, NOON, Delivery.answered(400, ""));
    assertThat(plan(List.of(opened, end), List.of(refused), NOON).sendings()).isEmpty();
  }

  @Test
  void theEndOfWhatMayHaveArrivedIsSentInItsPlace() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice end = notice(Kind.RESOLVED, "retrain", 1);
    Plan plan = plan(List.of(opened, end), List.of(tried(opened, NOON, RETRY)), NOON);
    assertThat(sent(plan)).containsExactly(end);
    assertSkipped(plan, opened.id(), "the incident was over before this was sent");
  }

  @Test
  void whatReopensAfterAnEndIsToldAndItsEndAgain() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice end = notice(Kind.RESOLVED, "retrain", 1);
    Notice again = notice(Kind.REOPENED, "retrain", 2);
    Notice secondEnd = notice(Kind.RESOLVED, "retrain", 3);
    assertThat(sent(plan(List.of(opened, end, again), List.of(), NOON))).containsExactly(again);
    List<Attempt> told = List.of(tried(opened, NOON, OK), tried(end, NOON.plusSeconds(60), OK));
    assertThat(sent(plan(List.of(opened, end, again, secondEnd), told, NOON.plusSeconds(300))))
        .isEmpty();
    List<Attempt> toldAgain = new ArrayList<>(told);
    toldAgain.add(tried(again, NOON.plusSeconds(120), OK));
    assertThat(sent(plan(List.of(again, secondEnd), toldAgain, NOON.plusSeconds(300))))
        .containsExactly(secondEnd);
  }

  @Test
  void anEndThatDidNotArriveIsTriedAgain() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice end = notice(Kind.RESOLVED, "retrain", 1);
    List<Attempt> attempts =
        List.of(tried(opened, NOON, OK), tried(end, NOON.plusSeconds(60), RETRY));
    assertThat(sent(plan(List.of(opened, end), attempts, NOON.plusSeconds(70))))
        .containsExactly(end);
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 60", "3, 360", "4, 600", "5, 600"})
  void waitsLongerAfterEachFailedTry(int tries, long seconds) {
    Notice notice = Samples.opened("i1");
    List<Attempt> attempts = Collections.nCopies(tries, tried(notice, NOON, RETRY));
    Outbox outbox = new Outbox(new NoticesConfig(List.of(SLACK), Optional.empty(), 5, 9));
    Instant due = NOON.plusSeconds(seconds);
    Plan before = outbox.plan(List.of(notice), attempts, due.minusMillis(1));
    assertThat(before.sendings()).isEmpty();
    assertThat(before.waiting())
        .containsExactly(new Plan.Waiting(notice, "slack", due, "another try"));
    Plan then = outbox.plan(List.of(notice), attempts, due);
    assertThat(sent(then)).containsExactly(notice);
    assertThat(then.sendings().get(0).tries()).containsExactly(new Plan.Try(notice, tries + 1, 9));
  }

  @Test
  void givesUpAfterTheLastTryAndSaysWhy() {
    Notice notice = Samples.opened("i1");
    List<Attempt> attempts = new ArrayList<>();
    Instant now = NOON;
    for (int run = 1; run <= 3; run++) {
      Plan plan = plan(List.of(notice), attempts, now);
      attempts.addAll(plan.sendings().get(0).attempts(RETRY, now));
      now = now.plusSeconds(3_600);
    }
    assertThat(attempts)
        .extracting(attempt -> attempt.delivery().outcome())
        .containsExactly(Outcome.RETRY, Outcome.RETRY, Outcome.FAILED);
    assertThat(attempts.get(2).delivery().reason()).isEqualTo("given up after try 3: no answer");
    assertThat(plan(List.of(notice), attempts, now).sendings()).isEmpty();
  }

  @Test
  void givesUpWhatWasTriedMoreOftenThanIsNowAllowed() {
    Notice notice = Samples.opened("i1");
    List<Attempt> attempts = Collections.nCopies(4, tried(notice, NOON, RETRY));
    Plan plan = plan(List.of(notice), attempts, NOON.plusSeconds(3_600));
    assertThat(plan.sendings()).isEmpty();
    assertThat(plan.settled())
        .containsExactly(tried(notice, NOON.plusSeconds(3_600), RETRY.afterLast(4)));
  }

  @Test
  void whatHasWaitedForMoreThanAMonthHasFailedAndIsWrittenDown() {
    Notice notice = Samples.opened("i1");
    Instant last = NOON.plus(Duration.ofDays(35));
    List<Attempt> once = List.of(tried(notice, NOON, RETRY));
    assertThat(sent(plan(List.of(notice), once, last))).containsExactly(notice);
    Instant late = last.plusMillis(1);
    Plan plan = plan(List.of(notice), once, late);
    assertThat(plan.sendings()).isEmpty();
    assertThat(plan.waiting()).isEmpty();
    Attempt failed =
        tried(notice, late, Delivery.failed("given up, as it was written more than 35 days ago"));
    assertThat(plan.settled()).containsExactly(failed);
    List<Attempt> then = List.of(once.get(0), failed);
    assertThat(plan(List.of(notice), then, late.plusSeconds(60)))
        .isEqualTo(new Plan(List.of(), List.of(), List.of()));
  }

  @Test
  void ofWhatHasWaitedForTooLongOnlyWhatWasWantedHasFailed() {
    ChannelConfig pager = Samples.channel(ChannelConfig.Type.PAGERDUTY, "http://a", "emergency");
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Instant late = NOON.plus(Duration.ofDays(40));
    Plan plan = new Outbox(Samples.config(pager)).plan(List.of(opened), List.of(), late);
    assertSkipped(plan, opened.id(), "the channel takes emergency and above");
  }

  @Test
  void whatIsNewIsSentThoughWhatStoodBeforeItIsTooOld() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Instant late = NOON.plus(Duration.ofDays(40));
    Notice worse = Samples.notice("i1", Kind.ESCALATED, "emergency", late);
    Plan plan = plan(List.of(opened, worse), List.of(), late);
    assertThat(sent(plan)).containsExactly(worse);
    assertThat(plan.settled()).extracting(Attempt::noticeId).containsExactly(opened.id());
  }

  /** Judged late: the start was told long ago. */
  @Test
  void anEndIsToldHoweverLongAgoTheStartWas() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Instant late = NOON.plus(Duration.ofDays(90));
    Notice end = Samples.notice("i1", Kind.RESOLVED, "retrain", late);
    List<Attempt> told = List.of(tried(opened, NOON, OK));
    assertThat(sent(plan(List.of(opened, end), told, late))).containsExactly(end);
    Plan unheard = plan(List.of(end), List.of(), late);
    assertThat(unheard.sendings()).isEmpty();
    assertSkipped(unheard, end.id(), "the channel had not heard of the incident");
  }

  /** Every night at two, and quiet until seven: a run at noon sends what waits, days later too. */
  @Test
  void whatEveryNightlyRunHoldsBackIsSentByOneInTheDay() {
    Notice held = Samples.notice("i1", Kind.OPENED, "retrain", NIGHT);
    Outbox outbox = new Outbox(Samples.config(QUIET, SLACK));
    for (int night = 0; night < 7; night++) {
      Instant now = NIGHT.plus(Duration.ofDays(night));
      assertThat(outbox.plan(List.of(held), List.of(), now).waiting())
          .extracting(Plan.Waiting::notice)
          .containsExactly(held);
    }
    Instant noon = NOON.plus(Duration.ofDays(7));
    assertThat(sent(outbox.plan(List.of(held), List.of(), noon))).containsExactly(held);
  }

  @Test
  void whatStandsBehindATryWaitsWithIt() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice updated = notice(Kind.UPDATED, "retrain", 1);
    Notice other = Samples.opened("i2");
    Plan plan = plan(List.of(updated, opened, other), List.of(tried(opened, NOON, RETRY)), NOON);
    Instant until = NOON.plusSeconds(10);
    assertThat(plan.waiting())
        .containsExactly(
            new Plan.Waiting(opened, "slack", until, "another try"),
            new Plan.Waiting(updated, "slack", until, "an earlier notice of the incident waits"));
    assertThat(sent(plan)).containsExactly(other);
  }

  @Test
  void quietHoursHoldBackWhatTheyDoNotLetThrough() {
    Notice held = notice(Kind.OPENED, "retrain", 0);
    Notice urgent = Samples.notice("i2", Kind.OPENED, "emergency", NOON);
    Plan plan = atNight(List.of(held, urgent), List.of());
    assertThat(sent(plan)).containsExactly(urgent);
    assertThat(plan.waiting())
        .containsExactly(new Plan.Waiting(held, "slack", MORNING, "quiet hours"));
    Outbox outbox = new Outbox(Samples.config(QUIET, SLACK));
    assertThat(sent(outbox.plan(List.of(held), List.of(), MORNING))).containsExactly(held);
  }

  @Test
  void whatIsLetThroughOvertakesWhatIsHeld() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice worse = notice(Kind.ESCALATED, "emergency", 1);
    Notice better = notice(Kind.UPDATED, "retrain", 2);
    Plan plan = atNight(List.of(opened, worse, better), List.of());
    assertThat(sent(plan)).containsExactly(worse);
    assertSkipped(plan, opened.id(), "a later notice of the incident went out during quiet hours");
    assertThat(plan.waiting())
        .containsExactly(new Plan.Waiting(better, "slack", MORNING, "quiet hours"));
  }

  @Test
  void aTryInQuietHoursWaitsForTheirEnd() {
    Notice notice = notice(Kind.OPENED, "retrain", 0);
    Plan plan = atNight(List.of(notice), List.of(tried(notice, NIGHT.minusSeconds(2), RETRY)));
    assertThat(plan.waiting())
        .containsExactly(new Plan.Waiting(notice, "slack", MORNING, "quiet hours"));
  }

  @Test
  void whatBeginsAndEndsInOneNightIsNotTold() {
    Notice opened = notice(Kind.OPENED, "retrain", 0);
    Notice end = notice(Kind.RESOLVED, "retrain", 1);
    assertThat(atNight(List.of(opened), List.of()).waiting()).hasSize(1);
    assertThat(plan(List.of(opened, end), List.of(), MORNING).sendings()).isEmpty();
  }
}
