package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Delivery.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a plan says, against real servers. */
class SendAllTest {
  private static final Clock CLOCK = Clock.fixed(Samples.NOON, ZoneOffset.UTC);
  private static final Notice NOTICE = Samples.opened("i1");

  private final Sender sender = new Sender();

  private static ChannelConfig webhook(String url) {
    return Samples.channel(ChannelConfig.Type.WEBHOOK, url);
  }

  private static Plan.Sending sending(ChannelConfig channel, Notice notice) {
    return new Plan.Sending(channel, notice, List.of(new Plan.Try(notice, 1, 3)));
  }

  @Test
  void aChannelThatHangsCostsOneTimeoutAndHoldsUpNoOther() {
    try (Receiver hung = Receiver.that((out, closed) -> closed.await());
        Receiver well = Receiver.answering(200, "")) {
      ChannelConfig bad = Samples.within(Duration.ofMillis(200), webhook(hung.url()));
      ChannelConfig good = Samples.channel(ChannelConfig.Type.SLACK, well.url());
      Notice second = Samples.opened("i2");
      long start = System.nanoTime();
      List<Attempt> attempts =
          sender.sendAll(
              List.of(
                  sending(bad, NOTICE),
                  sending(bad, second),
                  sending(bad, Samples.opened("i3")),
                  sending(good, NOTICE),
                  sending(good, second)),
              CLOCK);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(attempts)
          .extracting(Attempt::channel, Attempt::noticeId, of -> of.delivery().outcome())
          .containsExactly(
              tuple("webhook", NOTICE.id(), Outcome.RETRY),
              tuple("slack", NOTICE.id(), Outcome.DELIVERED),
              tuple("slack", second.id(), Outcome.DELIVERED));
      assertThat(attempts).extracting(Attempt::at).containsOnly(Samples.NOON);
      assertThat(hung.requests()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void aNoticeThatIsRefusedHoldsUpNoOther() {
    try (Receiver receiver = Receiver.answering(400, "")) {
      ChannelConfig channel = webhook(receiver.url());
      List<Attempt> attempts =
          sender.sendAll(
              List.of(sending(channel, NOTICE), sending(channel, Samples.opened("i2"))), CLOCK);
      assertThat(attempts)
          .extracting(of -> of.delivery().outcome())
          .containsExactly(Outcome.FAILED, Outcome.FAILED);
    }
  }

  /** Plan, send, record, and again, as a job does run after run. */
  @Test
  void whatIsRefusedThreeTimesIsGivenUpAndNothingIsToldTwice() {
    try (Receiver down = Receiver.answering(503, "down for repairs");
        Receiver up = Receiver.answering(200, "")) {
      Outbox outbox =
          new Outbox(
              Samples.config(
                  webhook(down.url()), Samples.channel(ChannelConfig.Type.SLACK, up.url())));
      List<Attempt> attempts = new ArrayList<>();
      for (int run = 0; run < 5; run++) {
        Clock clock = Clock.offset(CLOCK, Duration.ofHours(run));
        Plan plan = outbox.plan(List.of(NOTICE), attempts, clock.instant());
        attempts.addAll(plan.settled());
        attempts.addAll(sender.sendAll(plan.sendings(), clock));
      }
      assertThat(down.requests()).hasSize(3);
      assertThat(up.requests()).hasSize(1);
      assertThat(attempts).hasSize(4);
      assertThat(attempts.get(3).delivery())
          .isEqualTo(
              new Delivery(
                  Outcome.FAILED,
                  OptionalInt.of(503),
                  "given up after try 3: answered 503: down for repairs"));
    }
  }

  @Test
  void anInterruptionEndsTheSending() {
    try (Receiver receiver = Receiver.answering(200, "")) {
      Thread.currentThread().interrupt();
      assertThat(sender.sendAll(List.of(sending(webhook(receiver.url()), NOTICE)), CLOCK))
          .isEmpty();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(receiver.requests()).isEmpty();
    }
  }
}
