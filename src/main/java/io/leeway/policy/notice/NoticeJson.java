package io.leeway.policy.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The stored form of a notice, which also is what a webhook is told. */
final class NoticeJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private NoticeJson() {}

  static String write(Notice notice) {
    return text(node(notice));
  }

  static ObjectNode node(Notice notice) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", FORMAT);
    node.put("id", notice.id());
    node.put("model", notice.model());
    node.put("incident_id", notice.incidentId());
    node.put("kind", notice.kind().name());
    node.put("severity", notice.severity());
    node.put("title", notice.title());
    node.put("text", notice.text());
    node.put("started_at", notice.startedAt().toString());
    node.put("at", notice.at().toString());
    ObjectNode details = node.putObject("details");
    notice.details().forEach(details::put);
    notice.owner().ifPresent(owner -> node.put("owner", owner));
    notice.runbook().ifPresent(runbook -> node.put("runbook", runbook));
    return node;
  }

  /** A tree that was built here, so that it can be written. */
  static String text(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers is JSON.", e);
    }
  }

  static Notice read(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException(
            "A notice has the format "
                + node.path("format")
                + ", but this version reads "
                + FORMAT
                + ".");
      }
      Map<String, String> details = new LinkedHashMap<>();
      node.path("details").properties().forEach(of -> details.put(of.getKey(), text(of)));
      return new Notice(
          text(node, "id"),
          text(node, "model"),
          text(node, "incident_id"),
          Notice.Kind.valueOf(text(node, "kind")),
          text(node, "severity"),
          text(node, "title"),
          text(node, "text"),
          Instant.parse(text(node, "started_at")),
          Instant.parse(text(node, "at")),
          details,
          Optional.ofNullable(node.path("owner").textValue()),
          Optional.ofNullable(node.path("runbook").textValue()));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("This is no stored notice: " + json, e);
    }
  }

  private static String text(Map.Entry<String, JsonNode> field) {
    return field.getValue().asText();
  }

  private static String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("A stored notice has no '" + key + "': " + node);
    }
    return value.textValue();
  }
}
