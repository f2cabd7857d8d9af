package io.leeway.registry.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.domain.UserException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The list of a model folder's files, written last: a folder without it was never finished.
 *
 * @param digest of the model's content
 * @param files by their paths within the folder, in their order
 */
record Manifest(String digest, SortedMap<String, Entry> files) {
  /** Where it lies within the folder. */
  static final String PATH = "governance/manifest.json";

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a file holds. */
  record Entry(long bytes, String sha256) {}

  Manifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  long bytes() {
    return files.values().stream().mapToLong(Entry::bytes).sum();
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("digest", digest);
    ArrayNode list = root.putArray("files");
    files.forEach(
        (path, entry) ->
            list.addObject()
                .put("path", path)
                .put("bytes", entry.bytes())
                .put("sha256", entry.sha256()));
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads one.
   *
   * @param folder of the model, for the message
   * @throws UserException if it is none
   */
  static Manifest parse(String json, String folder) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.path("format").asInt() == FORMAT && !root.path("files").isEmpty()) {
        TreeMap<String, Entry> files = new TreeMap<>();
        for (JsonNode file : root.path("files")) {
          files.put(
              file.path("path").asText(),
              new Entry(file.path("bytes").asLong(), file.path("sha256").asText()));
        }
        return new Manifest(root.path("digest").asText(), files);
      }
    } catch (JsonProcessingException e) {
      throw damaged(folder, e);
    }
    throw damaged(folder, null);
  }

  private static UserException damaged(String folder, Throwable cause) {
    return new UserException(
        "Model folder '%s': %s is damaged, it is no list of files of a known format. Restore the folder, or train and register the model again."
            .formatted(folder, PATH),
        cause);
  }
}
