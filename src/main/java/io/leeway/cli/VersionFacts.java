package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.registry.Version;
import java.util.Map;
import java.util.TreeMap;

/** What was said of a version when it was added, as lines for people. */
final class VersionFacts {
  private VersionFacts() {}

  /** By dotted name, for example {@code lineage.predictions.version}. */
  static Map<String, String> lines(Version version) {
    Map<String, String> lines = new TreeMap<>();
    addTo(lines, "", version.facts().node());
    return lines;
  }

  private static void addTo(Map<String, String> lines, String path, JsonNode node) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        addTo(lines, name, value);
      } else {
        lines.put(name, value.isTextual() ? value.asText() : value.toString());
      }
    }
  }
}
