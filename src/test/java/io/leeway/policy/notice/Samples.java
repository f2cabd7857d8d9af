package io.leeway.policy.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.config.ChannelConfig;
import io.leeway.config.NoticesConfig;
import io.leeway.config.QuietHours;
import io.leeway.config.Secret;
import io.leeway.config.WebAddress;
import io.leeway.policy.notice.Notice.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notices and channels as tests need them. */
final class Samples {
  static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  static final Instant NOON = Instant.parse("2026-06-10T02:00:00Z");

  /** Of channels that answer, however busy the machine. */
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private Samples() {}

  /** Of {@code credit-risk}; its id says what it is of. */
  static Notice notice(String incident, Kind kind, String severity, Instant at) {
    return notice("credit-risk", incident, kind, severity, at);
  }

  static Notice notice(String model, String incident, Kind kind, String severity, Instant at) {
    return new Notice(
        incident + "-" + kind.text() + "-" + at.getEpochSecond(),
        model,
        incident,
        kind,
        severity,
        "accuracy fell by 12 % in state=VIC",
        "accuracy is 0.78, below the limit 0.84.",
        START,
        at,
        Map.of("metric", "accuracy"),
        Optional.of("risk team"),
        Optional.of("https://wiki.example/runbook"));
  }

  static Notice opened(String incident) {
    return notice(incident, Kind.OPENED, "retrain", NOON);
  }

  /** The same with another title and text. */
  static Notice saying(Notice of, String title, String text) {
    return new Notice(
        of.id(),
        of.model(),
        of.incidentId(),
        of.kind(),
        of.severity(),
        title,
        text,
        of.startedAt(),
        of.at(),
        of.details(),
        of.owner(),
        of.runbook());
  }

  static ChannelConfig channel(ChannelConfig.Type type, String url) {
    return channel(type, url, "investigate");
  }

  static ChannelConfig channel(ChannelConfig.Type type, String url, String least) {
    Optional<Secret> secret =
        type == ChannelConfig.Type.PAGERDUTY
            ? Optional.of(new Secret("routing-hush"))
            : Optional.empty();
    return new ChannelConfig(
        type.text(),
        type,
        Optional.of(new WebAddress(URI.create(url))),
        secret,
        Optional.empty(),
        least,
        PATIENT);
  }

  static ChannelConfig signed(String url, String secret) {
    return new ChannelConfig(
        "signed",
        ChannelConfig.Type.WEBHOOK,
        Optional.of(new WebAddress(URI.create(url))),
        Optional.of(new Secret(secret)),
        Optional.empty(),
        "investigate",
        PATIENT);
  }

  /** The same with another timeout. */
  static ChannelConfig within(Duration timeout, ChannelConfig of) {
    return new ChannelConfig(
        of.name(), of.type(), of.url(), of.secret(), of.file(), of.least(), timeout);
  }

  static ChannelConfig prometheus() {
    return new ChannelConfig(
        "prometheus",
        ChannelConfig.Type.PROMETHEUS,
        Optional.empty(),
        Optional.empty(),
        Optional.of("/metrics/leeway.prom"),
        "investigate",
        PATIENT);
  }

  static NoticesConfig config(ChannelConfig... channels) {
    return new NoticesConfig(List.of(channels), Optional.empty(), 5, 3);
  }

  static NoticesConfig config(QuietHours quiet, ChannelConfig... channels) {
    return new NoticesConfig(List.of(channels), Optional.of(quiet), 5, 3);
  }

  /** What a message says, read back. */
  static JsonNode json(Message message) {
    try {
      return new ObjectMapper().readTree(message.bytes());
    } catch (IOException e) {
      throw new AssertionError(message.body(), e);
    }
  }

  static JsonNode body(Notice notice, ChannelConfig.Type type) {
    return json(Message.of(notice, channel(type, "http://a/hook")));
  }

  /** An update that says what is handed in. */
  static Notice detailed(Map<String, String> details, String runbook) {
    return new Notice(
        "x",
        "m",
        "i",
        Kind.UPDATED,
        "investigate",
        "title",
        "text",
        START,
        NOON,
        details,
        Optional.empty(),
        Optional.of(runbook));
  }
}
