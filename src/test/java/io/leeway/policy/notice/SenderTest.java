package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Delivery.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One try, against a real server. */
class SenderTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Enough for headers to come on a busy machine. */
  private static final Duration LONGER = Duration.ofSeconds(1);

  /** Far above a timeout, and far from for ever. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private static final Notice NOTICE = Samples.opened("i1");

  private final Sender sender = new Sender();

  private static ChannelConfig webhook(String url) {
    return Samples.channel(ChannelConfig.Type.WEBHOOK, url);
  }

  private Delivery sentTo(Receiver receiver) {
    return soon(webhook(receiver.url() + "/hook"));
  }

  private Delivery sentTo(Receiver receiver, Duration timeout) {
    return soon(Samples.within(timeout, webhook(receiver.url() + "/hook")));
  }

  private Delivery soon(ChannelConfig channel) {
    long start = System.nanoTime();
    Delivery delivery = sender.send(NOTICE, channel);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    return delivery;
  }

  @Test
  void postsTheMessageWithItsHeaders() throws IOException {
    try (Receiver receiver = Receiver.answering(200, "ok")) {
      ChannelConfig channel = Samples.signed(receiver.url() + "/hook?x=1", "hush");
      Delivery delivery = sender.send(NOTICE, channel);
      assertThat(delivery)
          .isEqualTo(new Delivery(Outcome.DELIVERED, OptionalInt.of(200), "answered 200"));
      assertThat(receiver.requests()).hasSize(1);
      Receiver.Request request = receiver.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /hook?x=1 HTTP/1.1");
      assertThat(request.headers())
          .containsEntry("content-type", "application/cloudevents+json; charset=utf-8")
          .containsEntry("idempotency-key", NOTICE.id())
          .containsEntry(
              "x-signature",
              "sha256="
                  + Signature.of(
                      "hush".getBytes(StandardCharsets.UTF_8),
                      request.body().getBytes(StandardCharsets.UTF_8)));
      assertThat(new ObjectMapper().readTree(request.body()).path("id").textValue())
          .isEqualTo(NOTICE.id());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ChannelConfig.Type.class,
      names = {"WEBHOOK", "SLACK", "PAGERDUTY", "ALERTMANAGER"})
  void reachesEveryKindOfChannel(ChannelConfig.Type type) throws IOException {
    try (Receiver receiver = Receiver.answering(202, "")) {
      assertThat(sender.send(NOTICE, Samples.channel(type, receiver.url())).outcome())
          .isEqualTo(Outcome.DELIVERED);
      assertThat(new ObjectMapper().readTree(receiver.requests().get(0).body())).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED",
    "201, DELIVERED",
    "202, DELIVERED",
    "204, DELIVERED",
    "299, DELIVERED",
    "301, FAILED",
    "302, FAILED",
    "307, FAILED",
    "400, FAILED",
    "401, FAILED",
    "403, FAILED",
    "404, FAILED",
    "410, FAILED",
    "413, FAILED",
    "422, FAILED",
    "408, RETRY",
    "425, RETRY",
    "429, RETRY",
    "500, RETRY",
    "502, RETRY",
    "503, RETRY",
    "504, RETRY",
    "599, RETRY"
  })
  void anAnswerDecidesWhetherToTryAgain(int status, Outcome outcome) {
    try (Receiver receiver = Receiver.answering(status, "")) {
      Delivery delivery = sentTo(receiver);
      assertThat(delivery)
          .isEqualTo(new Delivery(outcome, OptionalInt.of(status), "answered " + status));
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void followsNoRedirection() {
    try (Receiver other = Receiver.answering(200, "");
        Receiver receiver =
            Receiver.that(
                (out, closed) ->
                    out.write(
                        ("HTTP/1.1 307 So\r\nContent-Length: 0\r\nLocation: "
                                + other.url()
                                + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII)))) {
      assertThat(sentTo(receiver).outcome()).isEqualTo(Outcome.FAILED);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void waitsNoLongerThanTheTimeoutForAnAnswer() {
    try (Receiver receiver = Receiver.that((out, closed) -> closed.await())) {
      assertThat(sentTo(receiver, SHORT))
          .isEqualTo(Delivery.retry("no answer from " + receiver.url() + " within 200 ms"));
    }
  }

  @Test
  void aSuccessThatHangsInItsBodyIsASuccess() {
    try (Receiver receiver = Receiver.hangingAfter(200, "o")) {
      assertThat(sentTo(receiver).outcome()).isEqualTo(Outcome.DELIVERED);
    }
  }

  @ParameterizedTest
  @CsvSource({"400, FAILED", "503, RETRY"})
  void anErrorThatHangsInItsBodyIsKnownByItsStatus(int status, Outcome outcome) {
    try (Receiver receiver = Receiver.hangingAfter(status, "so")) {
      assertThat(sentTo(receiver, LONGER))
          .isEqualTo(
              new Delivery(
                  outcome,
                  OptionalInt.of(status),
                  "answered " + status + ": and then went on too long"));
    }
  }

  @Test
  void hangingHeadersAreNoAnswer() {
    try (Receiver receiver =
        Receiver.that(
            (out, closed) -> {
              out.write("HTTP/1.1 200 So\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
              out.flush();
              closed.await();
            })) {
      assertThat(sentTo(receiver, SHORT).outcome()).isEqualTo(Outcome.RETRY);
    }
  }

  /** One byte every few milliseconds never is silent for long, but must not go on for ever. */
  @Test
  void aTrickleIsBoundedToo() {
    try (Receiver receiver =
        Receiver.that(
            (out, closed) -> {
              out.write(Receiver.head(500, 1_000_000));
              while (!closed.await(5, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
              }
            })) {
      assertThat(sentTo(receiver, SHORT).outcome()).isEqualTo(Outcome.RETRY);
    }
  }

  @Test
  void readsNoMoreThanTheBeginningOfALongAnswer() {
    try (Receiver receiver =
        Receiver.that(
            (out, closed) -> {
              out.write(Receiver.head(400, Integer.MAX_VALUE));
              while (closed.getCount() > 0) {
                out.write("y".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
              }
            })) {
      Delivery delivery = sentTo(receiver);
      assertThat(delivery.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(delivery.reason()).isEqualTo("answered 400: " + "y".repeat(120));
    }
  }

  @Test
  void aConnectionThatBreaksIsTriedAgain() {
    try (Receiver receiver = Receiver.that((out, closed) -> {})) {
      Delivery delivery = sentTo(receiver);
      assertThat(delivery.outcome()).isEqualTo(Outcome.RETRY);
      assertThat(delivery.reason()).startsWith("no answer from " + receiver.url() + ": ");
    }
  }

  @Test
  void anErrorThatBreaksOffIsKnownByItsStatus() {
    try (Receiver receiver =
        Receiver.that(
            (out, closed) -> {
              out.write(Receiver.head(422, 1_000));
              out.write("bad key".getBytes(StandardCharsets.US_ASCII));
            })) {
      // Java's client may see the connection end before it has told of the head, which is one more
      // try to come; seldom twice in a row.
      List<Delivery> tries = Stream.generate(() -> sentTo(receiver)).limit(5).toList();
      assertThat(tries)
          .contains(new Delivery(Outcome.FAILED, OptionalInt.of(422), "answered 422: bad key"))
          .allMatch(of -> of.status().equals(OptionalInt.of(422)) || of.outcome() == Outcome.RETRY);
    }
  }

  @Test
  void whatIsNoHttpIsTriedAgain() {
    try (Receiver receiver =
        Receiver.that(
            (out, closed) -> out.write("220 mail\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
      assertThat(sentTo(receiver).outcome()).isEqualTo(Outcome.RETRY);
    }
  }

  @Test
  void aRefusedConnectionIsTriedAgain() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;
    assertThat(soon(webhook(url + "/hush"))).isEqualTo(Delivery.retry("cannot connect to " + url));
  }

  @Test
  void anUnknownHostIsTriedAgain() {
    // RFC 2606: no name under .invalid exists.
    Delivery delivery = soon(Samples.within(SHORT, webhook("http://leeway.invalid/hush")));
    assertThat(delivery.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(delivery.reason()).contains("http://leeway.invalid").doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no hook /services/T01/B0123456/hush-token here",
        "no such token: hush-token",
        "no B0123456",
        "query key=hush+query",
        "query hush query",
        "line\r\nhush-token\u0000",
        "bad signature with hush-secret"
      })
  void noReasonHoldsASecretThatTheOtherEndRepeats(String said) {
    try (Receiver receiver = Receiver.answering(403, said)) {
      Delivery delivery =
          sender.send(
              NOTICE,
              Samples.signed(
                  receiver.url() + "/services/T01/B0123456/hush-token?key=hush+query",
                  "hush-secret"));
      assertThat(delivery.reason())
          .startsWith("answered 403: ")
          .contains("***")
          .doesNotContain("hush", "B0123456", "\n", "\u0000");
    }
  }

  @Test
  void aRoutingKeyThatIsRepeatedIsNotShown() {
    try (Receiver receiver = Receiver.answering(400, "routing-hush is no key")) {
      assertThat(soon(Samples.channel(ChannelConfig.Type.PAGERDUTY, receiver.url())).reason())
          .isEqualTo("answered 400: *** is no key");
    }
  }

  @Test
  void whatCannotBeSentFailsWithoutThrowing() {
    assertThat(sender.send(NOTICE, Samples.prometheus()))
        .isEqualTo(
            Delivery.failed(
                "cannot be sent: java.lang.IllegalArgumentException: The channel 'prometheus' takes"
                    + " no notices, but what stands."));
  }

  @Test
  void anInterruptionIsKept() {
    try (Receiver receiver = Receiver.that((out, closed) -> closed.await())) {
      Thread.currentThread().interrupt();
      assertThat(sentTo(receiver)).isEqualTo(Delivery.retry("interrupted"));
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
