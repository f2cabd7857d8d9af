package io.leeway.policy.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.config.ChannelConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The notice as a CloudEvent in structured form, for programs. {@code Idempotency-Key} is the
 * notice's id; with a secret, {@code X-Signature} is {@code sha256=} and the {@link Signature} of
 * the body as it was sent.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents
 *     1.0.2</a>
 */
final class Webhook {
  private Webhook() {}

  static Message message(Notice notice, ChannelConfig channel) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("specversion", "1.0");
    event.put("id", notice.id());
    event.put("source", "/leeway/models/" + encoded(notice.model()));
    event.put("type", "io.leeway.incident." + notice.kind().text());
    event.put("subject", notice.incidentId());
    event.put("time", notice.at().toString());
    event.put("datacontenttype", "application/json");
    event.set("data", NoticeJson.node(notice));
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
    headers.put("Idempotency-Key", notice.id());
    String body = NoticeJson.text(event);
    channel
        .secret()
        .ifPresent(secret -> headers.put("X-Signature", "sha256=" + signed(secret.text(), body)));
    return new Message(channel.url().orElseThrow(), headers, body);
  }

  private static String signed(String secret, String body) {
    return Signature.of(
        secret.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
  }

  /** A name as a part of a path. */
  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
