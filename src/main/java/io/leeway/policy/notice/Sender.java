package io.leeway.policy.notice;

import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Delivery.Outcome;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends notices by HTTP. Whatever the other end does, a try takes no longer than the channel's
 * timeout and throws nothing. Follows no redirection, as that would carry secrets elsewhere.
 */
public final class Sender {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(ChannelConfig.TIMEOUT)
          .build();

  /**
   * Sends what a plan says, in its order. The first try on a channel that would have to be repeated
   * ends the channel's turn: what is behind it is not tried, so nothing overtakes it, and a channel
   * that hangs costs one timeout.
   *
   * @return what came of what was tried; the rest is still pending
   */
  public List<Attempt> sendAll(List<Plan.Sending> sendings, Clock clock) {
    List<Attempt> attempts = new ArrayList<>();
    Set<String> ended = new HashSet<>();
    for (Plan.Sending sending : sendings) {
      if (Thread.currentThread().isInterrupted()) {
        return attempts;
      }
      if (!ended.contains(sending.channel().name())) {
        Delivery delivery = send(sending.notice(), sending.channel());
        attempts.addAll(sending.attempts(delivery, clock.instant()));
        if (delivery.outcome() == Outcome.RETRY) {
          ended.add(sending.channel().name());
        }
      }
    }
    return attempts;
  }

  /** Tries once. */
  public Delivery send(Notice notice, ChannelConfig channel) {
    try {
      return send(Message.of(notice, channel), channel);
    } catch (RuntimeException e) {
      // Not to be sent at all, such as to a channel that takes no notices.
      return Delivery.failed("cannot be sent: " + Redaction.of(String.valueOf(e), channel));
    }
  }

  private Delivery send(Message message, ChannelConfig channel) {
    Duration timeout = channel.timeout();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(message.address().uri())
            .timeout(timeout)
            .header("User-Agent", "Leeway")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message.bytes()));
    message.headers().forEach(request::header);
    Answer answer = new Answer();
    // The request's own timeout ends with the headers of the answer; this one does not.
    CompletableFuture<HttpResponse<String>> call = client.sendAsync(request.build(), answer);
    try {
      HttpResponse<String> response = call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Delivery.answered(response.statusCode(), Redaction.of(response.body(), channel));
    } catch (TimeoutException e) {
      call.cancel(true);
      return answer.status().isPresent()
          ? Delivery.answered(answer.status().getAsInt(), "and then went on too long")
          : Delivery.retry(noAnswer(message, timeout));
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      return Delivery.retry("interrupted");
    } catch (ExecutionException e) {
      return broken(e.getCause(), message, channel);
    }
  }

  private static Delivery broken(Throwable cause, Message message, ChannelConfig channel) {
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return Delivery.retry("cannot connect to " + message.address());
    }
    if (cause instanceof HttpTimeoutException) {
      return Delivery.retry(noAnswer(message, channel.timeout()));
    }
    String why = Redaction.of(String.valueOf(cause), channel);
    return Delivery.retry("no answer from " + message.address() + ": " + why);
  }

  private static String noAnswer(Message message, Duration timeout) {
    return "no answer from " + message.address() + " within " + timeout.toMillis() + " ms";
  }
}
