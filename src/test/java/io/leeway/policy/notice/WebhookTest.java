package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Notice.Kind;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final Notice OPENED = Samples.opened("i1");

  @Test
  void isTheCloudEventOfTheNotice() {
    Message message =
        Message.of(OPENED, Samples.channel(ChannelConfig.Type.WEBHOOK, "https://a/hook?x=1"));
    JsonNode event = Samples.json(message);
    // The attributes that CloudEvents 1.0 demands, then the optional ones.
    assertThat(event.path("specversion").textValue()).isEqualTo("1.0");
    assertThat(event.path("id").textValue()).isEqualTo(OPENED.id());
    assertThat(event.path("source").textValue()).isEqualTo("/leeway/models/credit-risk");
    assertThat(event.path("type").textValue()).isEqualTo("io.leeway.incident.opened");
    assertThat(event.path("subject").textValue()).isEqualTo("i1");
    assertThat(OffsetDateTime.parse(event.path("time").textValue()).toInstant())
        .isEqualTo(Samples.NOON);
    assertThat(event.path("datacontenttype").textValue()).isEqualTo("application/json");
    assertThat(Notice.ofJson(event.path("data").toString())).isEqualTo(OPENED);
    assertThat(message.address().uri()).hasToString("https://a/hook?x=1");
    assertThat(message.headers())
        .containsEntry("Content-Type", "application/cloudevents+json; charset=utf-8")
        .containsEntry("Idempotency-Key", OPENED.id())
        .doesNotContainKey("X-Signature");
  }

  @Test
  void isSignedByItsSecret() {
    Message message =
        Message.of(
            Samples.saying(OPENED, "caf\u00e9", "\ud83d\ude80"),
            Samples.signed("http://a", "hush"));
    String expected = Signature.of("hush".getBytes(StandardCharsets.UTF_8), message.bytes());
    assertThat(message.headers()).containsEntry("X-Signature", "sha256=" + expected);
  }

  @Test
  void itsSourceIsAnAddressWhateverTheModelsName() {
    Notice notice = Samples.notice("a b/\u00fc", "i1", Kind.OPENED, "retrain", Samples.NOON);
    assertThat(Samples.body(notice, ChannelConfig.Type.WEBHOOK).path("source").textValue())
        .isEqualTo("/leeway/models/a%20b%2F%C3%BC");
  }
}
