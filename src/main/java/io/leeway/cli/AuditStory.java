package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.registry.ActKind;
import io.leeway.registry.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Entries of the audit log for people. */
final class AuditStory {
  private AuditStory() {}

  /**
   * What led to a version, and what became of it: its entries, and the decision and start before.
   */
  static List<AuditEntry> of(List<AuditEntry> entries, int version) {
    List<AuditEntry> story = new ArrayList<>();
    List<AuditEntry> leading = new ArrayList<>();
    for (AuditEntry entry : entries) {
      ActKind kind = entry.act().kind();
      boolean own = entry.act().version().isPresent();
      if (!own && (kind == ActKind.RETRAIN_DECIDED || kind == ActKind.RETRAIN_STARTED)) {
        leading.removeIf(of -> of.act().kind() == kind);
        leading.add(entry);
      } else if (own && entry.act().version().getAsInt() == version) {
        if (kind == ActKind.VERSION_ADDED) {
          story.addAll(leading);
        }
        story.add(entry);
      } else if (kind == ActKind.VERSION_ADDED || kind == ActKind.RETRAIN_ENDED) {
        leading.clear();
      } else if (isReplacedBy(entry, version)) {
        story.add(entry);
      }
    }
    return story;
  }

  /** Another version took this one's place. */
  private static boolean isReplacedBy(AuditEntry entry, int version) {
    return entry.act().details().text("from").filter(Integer.toString(version)::equals).isPresent();
  }

  /** One line with who, when and why, and one with each thing that was said besides. */
  static List<String> lines(AuditEntry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%4d  %s  %s%s by %s: %s",
            entry.sequence(),
            entry.at(),
            entry.act().kind().text(),
            entry.act().version().isPresent()
                ? " (version " + entry.act().version().getAsInt() + ")"
                : "",
            entry.act().actor(),
            entry.act().reason()));
    for (Map.Entry<String, JsonNode> field : entry.act().details().node().properties()) {
      lines.add(
          "        "
              + field.getKey()
              + " = "
              + (field.getValue().isTextual() ? field.getValue().asText() : field.getValue()));
    }
    return lines;
  }
}
