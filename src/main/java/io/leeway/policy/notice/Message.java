package io.leeway.policy.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.config.ChannelConfig;
import io.leeway.config.WebAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is posted to a channel for one notice. */
record Message(WebAddress address, Map<String, String> headers, String body) {
  private static final String JSON = "application/json; charset=utf-8";

  Message {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  static Message of(Notice notice, ChannelConfig channel) {
    return switch (channel.type()) {
      case WEBHOOK -> Webhook.message(notice, channel);
      case SLACK -> Slack.message(notice, channel);
      case PAGERDUTY -> PagerDuty.message(notice, channel);
      case ALERTMANAGER -> Alertmanager.message(notice, channel);
      case PROMETHEUS ->
          throw new IllegalArgumentException(
              "The channel '" + channel.name() + "' takes no notices, but what stands.");
    };
  }

  static Message json(WebAddress address, JsonNode body) {
    return new Message(address, Map.of("Content-Type", JSON), NoticeJson.text(body));
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** The body may hold a routing key. */
  @Override
  public String toString() {
    return "a message to " + address;
  }
}
