package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Delivery.Outcome;
import io.leeway.policy.notice.Notice.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final ChannelConfig SLACK = Samples.channel(ChannelConfig.Type.SLACK, "http://a");

  private static List<Notice> opened(String model, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i ->
                Samples.notice(
                    model,
                    model + "-" + i,
                    Kind.OPENED,
                    i == 2 ? "emergency" : "investigate",
                    Samples.NOON.plusSeconds(i)))
        .toList();
  }

  private static List<Plan.Sending> sendings(
      ChannelConfig channel, List<Notice> notices, List<Attempt> attempts) {
    return new Outbox(Samples.config(channel))
        .plan(notices, attempts, Samples.NOON.plusSeconds(60))
        .sendings();
  }

  @Test
  void upToTheBoundEachGoesAlone() {
    assertThat(sendings(SLACK, opened("m", 5), List.of()))
        .extracting(sending -> sending.notice().kind())
        .containsOnly(Kind.OPENED)
        .hasSize(5);
  }

  @Test
  void aboveTheBoundAModelsNoticesAreOne() {
    List<Notice> notices = new ArrayList<>(opened("m", 6));
    notices.addAll(opened("n", 2));
    List<Plan.Sending> sendings = sendings(SLACK, notices, List.of());
    assertThat(sendings)
        .extracting(sending -> sending.notice().kind())
        .containsExactlyInAnyOrder(Kind.DIGEST, Kind.OPENED, Kind.OPENED);
    Plan.Sending digest =
        sendings.stream().filter(of -> of.tries().size() > 1).findFirst().orElseThrow();
    assertThat(digest.tries()).extracting(Plan.Try::notice).isEqualTo(opened("m", 6));
    Notice notice = digest.notice();
    assertThat(notice.model()).isEqualTo("m");
    assertThat(notice.severity()).isEqualTo("emergency");
    assertThat(notice.title()).isEqualTo("m: 6 notices, 6 opened");
    assertThat(notice.text().lines())
        .hasSize(6)
        .contains(
            "- opened (emergency): accuracy fell by 12 % in state=VIC",
            "- opened (investigate): accuracy fell by 12 % in state=VIC");
    assertThat(notice.details())
        .containsEntry("notices", "6")
        .containsEntry("incidents", "m-1, m-2, m-3, m-4, m-5, m-6");
    assertThat(notice.startedAt()).isEqualTo(Samples.START);
    assertThat(notice.at()).isEqualTo(Samples.NOON.plusSeconds(6));
    assertThat(notice.owner()).contains("risk team");
  }

  @Test
  void aLongDigestCountsWhatItDoesNotShow() {
    Notice digest = Digest.of(opened("m", 1_000));
    assertThat(digest.text().lines()).hasSize(21).endsWith("and 980 more");
  }

  @Test
  void theSameNoticesGiveTheSameDigestWhateverTheirOrder() {
    List<Notice> notices = new ArrayList<>(opened("m", 7));
    String id = Digest.of(notices).id();
    Collections.reverse(notices);
    assertThat(Digest.of(notices).id()).isEqualTo(id);
    assertThat(Digest.of(notices.subList(0, 6)).id()).isNotEqualTo(id);
  }

  @Test
  void namesAnOwnerOnlyWhereAllAgree() {
    Notice one = Samples.opened("i1");
    Notice other =
        new Notice(
            "x",
            one.model(),
            "i2",
            Kind.RESOLVED,
            "retrain",
            "title",
            "text",
            one.startedAt(),
            one.at(),
            one.details(),
            Optional.of("others"),
            one.runbook());
    Notice digest = Digest.of(List.of(one, other));
    assertThat(digest.owner()).isEmpty();
    assertThat(digest.runbook()).isEqualTo(one.runbook());
    assertThat(digest.title()).isEqualTo("credit-risk: 2 notices, 1 opened, 1 resolved");
  }

  @Test
  void whatCameOfADigestCameOfEachNotice() {
    List<Notice> notices = opened("m", 6);
    Delivery retry = Delivery.retry("no answer");
    List<Attempt> earlier = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      earlier.add(Attempt.of(notices.get(0), "slack", Samples.NOON.minusSeconds(900), retry));
    }
    List<Plan.Sending> sendings = sendings(SLACK, notices, earlier);
    assertThat(sendings).hasSize(1);
    List<Attempt> attempts = sendings.get(0).attempts(retry, Samples.NOON);
    assertThat(attempts).extracting(Attempt::noticeId).isEqualTo(ids(notices));
    // The first had two tries before; the others have two left.
    assertThat(attempts)
        .extracting(attempt -> attempt.delivery().outcome())
        .containsExactly(
            Outcome.FAILED,
            Outcome.RETRY,
            Outcome.RETRY,
            Outcome.RETRY,
            Outcome.RETRY,
            Outcome.RETRY);
  }

  private static List<String> ids(List<Notice> notices) {
    return notices.stream().map(Notice::id).toList();
  }

  @Test
  void alertmanagerGetsEachIncident() {
    ChannelConfig alerts = Samples.channel(ChannelConfig.Type.ALERTMANAGER, "http://a");
    assertThat(sendings(alerts, opened("m", 9), List.of())).hasSize(9);
  }

  @Test
  void pagerDutyIsToldOfEachEnd() {
    ChannelConfig pager = Samples.channel(ChannelConfig.Type.PAGERDUTY, "http://a");
    List<Notice> notices = new ArrayList<>(opened("m", 7));
    List<Attempt> told = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Notice before = Samples.notice("old-" + i, Kind.OPENED, "retrain", Samples.NOON);
      told.add(Attempt.of(before, "pagerduty", Samples.NOON, Delivery.answered(202, "")));
      notices.add(
          Samples.notice("m", "old-" + i, Kind.RESOLVED, "retrain", Samples.NOON.plusSeconds(9)));
    }
    List<Kind> kinds = new ArrayList<>(List.of(Kind.DIGEST));
    kinds.addAll(Collections.nCopies(8, Kind.RESOLVED));
    assertThat(sendings(pager, notices, told))
        .extracting(sending -> sending.notice().kind())
        .isEqualTo(kinds);
  }
}
