package io.leeway.policy.notice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.config.ChannelConfig;
import io.leeway.config.WebAddress;
import io.leeway.policy.notice.Notice.Kind;
import io.leeway.policy.verdict.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * The notice as alerts of Alertmanager. Its labels make an alert what it is, the severity among
 * them, so that the alerts of the incident's other severities are ended by the way.
 *
 * <p>Alertmanager ends an alert by itself after five minutes unless it is told when; so it is told
 * of a far end, which each further notice puts off. Its memory ends with its process: what must not
 * be forgotten is to be watched in {@link PrometheusFile}.
 *
 * @see <a
 *     href="https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">Alertmanager
 *     API v2</a>
 */
final class Alertmanager {
  static final Duration OPEN_FOR = Duration.ofDays(30);

  private static final String PATH = "/api/v2/alerts";

  private Alertmanager() {}

  static Message message(Notice notice, ChannelConfig channel) {
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    for (Severity severity : Severity.values()) {
      boolean isOpen = severity.text().equals(notice.severity()) && notice.kind() != Kind.RESOLVED;
      alerts.add(alert(notice, severity.text(), isOpen));
    }
    return Message.json(endpoint(channel.url().orElseThrow()), alerts);
  }

  private static ObjectNode alert(Notice notice, String severity, boolean isOpen) {
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    alert
        .putObject("labels")
        .put("alertname", "LeewayIncident")
        .put("model", notice.model())
        .put("severity", severity)
        .put("incident", notice.incidentId());
    ObjectNode annotations = alert.putObject("annotations");
    annotations.put("summary", notice.headline());
    annotations.put("description", notice.text());
    notice.runbook().ifPresent(runbook -> annotations.put("runbook_url", runbook));
    notice.owner().ifPresent(owner -> annotations.put("owner", owner));
    // An end before the start would be refused.
    Instant written = notice.at().isAfter(notice.startedAt()) ? notice.at() : notice.startedAt();
    alert.put("startsAt", notice.startedAt().toString());
    alert.put("endsAt", (isOpen ? written.plus(OPEN_FOR) : written).toString());
    return alert;
  }

  /** The address of alerts below that of Alertmanager, which may be either. */
  private static WebAddress endpoint(WebAddress base) {
    URI uri = base.uri();
    String path = uri.getRawPath().replaceAll("/+$", "");
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String whole = path.endsWith(PATH) ? path : path + PATH;
    return new WebAddress(
        URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + whole + query));
  }
}
