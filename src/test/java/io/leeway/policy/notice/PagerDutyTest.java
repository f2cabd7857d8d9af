package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Notice.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyTest {
  private static final Notice OPENED = Samples.opened("i1");
  private static final Notice RESOLVED =
      Samples.notice("i1", Kind.RESOLVED, "retrain", Samples.NOON);

  @ParameterizedTest
  @CsvSource({"emergency, critical", "retrain, error", "investigate, warning"})
  void hasItsOwnSeverities(String severity, String theirs) {
    Notice notice = Samples.notice("i1", Kind.OPENED, severity, Samples.NOON);
    assertThat(
            Samples.body(notice, ChannelConfig.Type.PAGERDUTY)
                .path("payload")
                .path("severity")
                .textValue())
        .isEqualTo(theirs);
  }

  @Test
  void isTriggeredAndResolvedByTheIncident() {
    JsonNode event = Samples.body(OPENED, ChannelConfig.Type.PAGERDUTY);
    assertThat(event.path("routing_key").textValue()).isEqualTo("routing-hush");
    assertThat(event.path("event_action").textValue()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").textValue()).isEqualTo("i1");
    assertThat(event.path("links").path(0).path("href").textValue())
        .isEqualTo("https://wiki.example/runbook");
    JsonNode payload = event.path("payload");
    assertThat(payload.path("summary").textValue())
        .isEqualTo("opened (retrain): accuracy fell by 12 % in state=VIC");
    assertThat(payload.path("source").textValue()).isEqualTo("credit-risk");
    assertThat(Instant.parse(payload.path("timestamp").textValue())).isEqualTo(Samples.NOON);
    assertThat(payload.path("custom_details").path("metric").textValue()).isEqualTo("accuracy");
    JsonNode end = Samples.body(RESOLVED, ChannelConfig.Type.PAGERDUTY);
    assertThat(end.path("event_action").textValue()).isEqualTo("resolve");
    assertThat(end.path("dedup_key").textValue()).isEqualTo("i1");
    for (Kind kind : new Kind[] {Kind.UPDATED, Kind.ESCALATED, Kind.REOPENED, Kind.DIGEST}) {
      Notice notice = Samples.notice("i1", kind, "retrain", Samples.NOON);
      assertThat(
              Samples.body(notice, ChannelConfig.Type.PAGERDUTY).path("event_action").textValue())
          .isEqualTo("trigger");
    }
  }

  @Test
  void keepsItsBounds() {
    String incident = "i".repeat(256);
    Notice notice = Samples.detailed(Map.of(), "none");
    Notice tooLong =
        new Notice(
            "x",
            "m",
            incident,
            notice.kind(),
            notice.severity(),
            "\ud83d\ude80".repeat(2_000),
            "text",
            notice.startedAt(),
            notice.at(),
            Map.of(),
            Optional.empty(),
            Optional.empty());
    JsonNode event = Samples.body(tooLong, ChannelConfig.Type.PAGERDUTY);
    assertThat(event.path("dedup_key").textValue().length()).isBetween(1, 255);
    assertThat(event.path("dedup_key"))
        .isEqualTo(Samples.body(tooLong, ChannelConfig.Type.PAGERDUTY).path("dedup_key"));
    String summary = event.path("payload").path("summary").textValue();
    assertThat(summary.codePointCount(0, summary.length())).isEqualTo(1_024);
    assertThat(summary).endsWith("\ud83d\ude80\u2026");
    assertThat(event.has("links")).isFalse();
  }
}
