package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Notice.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerTest {
  private static final Notice OPENED = Samples.opened("i1");
  private static final Notice RESOLVED =
      Samples.notice("i1", Kind.RESOLVED, "retrain", Samples.NOON);

  @ParameterizedTest
  @CsvSource({
    "http://a:9093, http://a:9093/api/v2/alerts",
    "http://a:9093/, http://a:9093/api/v2/alerts",
    "https://a/am/, https://a/am/api/v2/alerts",
    "https://a/am/api/v2/alerts, https://a/am/api/v2/alerts",
    "https://a/?tenant=x%20y, https://a/api/v2/alerts?tenant=x%20y"
  })
  void alertsGoToTheAddressOfAlerts(String url, String address) {
    Message message = Message.of(OPENED, Samples.channel(ChannelConfig.Type.ALERTMANAGER, url));
    assertThat(message.address().uri()).hasToString(address);
  }

  @Test
  void anAlertIsOpenAtItsSeverityAndEndedAtTheOthers() {
    JsonNode alerts = Samples.body(OPENED, ChannelConfig.Type.ALERTMANAGER);
    assertThat(alerts).hasSize(3);
    for (JsonNode alert : alerts) {
      JsonNode labels = alert.path("labels");
      assertThat(labels.path("alertname").textValue()).isEqualTo("LeewayIncident");
      assertThat(labels.path("model").textValue()).isEqualTo("credit-risk");
      assertThat(labels.path("incident").textValue()).isEqualTo("i1");
      assertThat(Instant.parse(alert.path("startsAt").textValue())).isEqualTo(Samples.START);
      Instant end = Instant.parse(alert.path("endsAt").textValue());
      boolean isOpen = labels.path("severity").textValue().equals("retrain");
      // Without an end, Alertmanager would end it five minutes from now.
      assertThat(end).isEqualTo(isOpen ? Samples.NOON.plus(Alertmanager.OPEN_FOR) : Samples.NOON);
      JsonNode notes = alert.path("annotations");
      assertThat(notes.path("summary").textValue()).contains("accuracy fell by 12 %");
      assertThat(notes.path("description").textValue()).isEqualTo(OPENED.text());
      assertThat(notes.path("runbook_url").textValue()).isEqualTo("https://wiki.example/runbook");
    }
  }

  @Test
  void aResolvedAlertEndsAtEverySeverity() {
    JsonNode alerts = Samples.body(RESOLVED, ChannelConfig.Type.ALERTMANAGER);
    assertThat(
            StreamSupport.stream(alerts.spliterator(), false)
                .map(alert -> alert.path("endsAt").textValue()))
        .containsExactlyElementsOf(Collections.nCopies(3, "2026-06-10T02:00:00Z"));
  }
}
