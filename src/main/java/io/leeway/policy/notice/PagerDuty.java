package io.leeway.policy.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.config.ChannelConfig;
import io.leeway.policy.notice.Notice.Kind;

/**
 * The notice as an event of PagerDuty's Events API, version 2: the end of an incident resolves, all
 * else triggers. A digest triggers an alert of its own, which people resolve.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">Send an alert event</a>
 */
final class PagerDuty {
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_SUMMARY = 1_024;

  private PagerDuty() {}

  static Message message(Notice notice, ChannelConfig channel) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("routing_key", channel.secret().orElseThrow().text());
    event.put("event_action", notice.kind() == Kind.RESOLVED ? "resolve" : "trigger");
    event.put("dedup_key", key(notice.incidentId()));
    event.put("client", "Leeway");
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", cut(notice.headline()));
    payload.put("source", notice.model());
    payload.put("severity", severity(notice));
    payload.put("timestamp", notice.at().toString());
    payload.put("component", notice.model());
    payload.put("class", notice.kind().text());
    ObjectNode details = payload.putObject("custom_details");
    notice.details().forEach(details::put);
    details.put("text", notice.text());
    details.put("started_at", notice.startedAt().toString());
    notice.owner().ifPresent(owner -> details.put("owner", owner));
    notice.runbook().ifPresent(runbook -> details.put("runbook", runbook));
    notice
        .link()
        .ifPresent(
            link -> event.putArray("links").addObject().put("href", link).put("text", "runbook"));
    return Message.json(channel.url().orElseThrow(), event);
  }

  /** The incident's own id, or one in its place that is as telling, where it is too long. */
  private static String key(String incidentId) {
    return incidentId.length() <= LONGEST_KEY ? incidentId : Notice.idOf(incidentId);
  }

  private static String cut(String summary) {
    int points = summary.codePointCount(0, summary.length());
    return points <= LONGEST_SUMMARY
        ? summary
        : summary.substring(0, summary.offsetByCodePoints(0, LONGEST_SUMMARY - 1)) + "\u2026";
  }

  private static String severity(Notice notice) {
    if (notice.isAtLeast("emergency")) {
      return "critical";
    }
    return notice.isAtLeast("retrain") ? "error" : "warning";
  }
}
