package io.leeway.registry.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives what {@code PipelineModel.save} wrote the same names and metadata every time: Spark puts a
 * random part into each file's name and the time into each stage's metadata.
 *
 * <p>Data files become {@code part-00000.snappy.parquet} and so on in their old order, metadata
 * {@code part-00000}; times become 0, checksums beside files go, {@code _SUCCESS} stays.
 */
final class CanonicalFiles {
  static final String TIMESTAMP = "timestamp";

  private static final Pattern PART = Pattern.compile("part-\\d+.*");
  private static final String DATA = ".snappy.parquet";
  private static final ObjectMapper JSON = new ObjectMapper();

  private CanonicalFiles() {}

  /**
   * Rewrites a folder within a model's.
   *
   * @param within its path, without a slash at the end
   */
  static void rewrite(ModelFolder folder, String within) throws IOException {
    Collection<String> names =
        folder.list().keySet().stream().filter(name -> name.startsWith(within + "/")).toList();
    for (String name : names) {
      if (last(name).startsWith(".") && name.endsWith(".crc")) {
        folder.remove(name);
      }
    }
    Map<String, List<String>> parts =
        names.stream()
            .filter(name -> PART.matcher(last(name)).matches())
            .collect(
                Collectors.groupingBy(CanonicalFiles::parent, TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<String>> of : parts.entrySet()) {
      if (isMetadata(of.getKey())) {
        rewriteMetadata(folder, of.getKey(), of.getValue());
      } else {
        renameData(folder, of.getKey(), of.getValue());
      }
    }
  }

  /** Whether a path is a stage's folder of metadata. */
  static boolean isMetadata(String parent) {
    return last(parent).equals("metadata");
  }

  static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/'));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static void rewriteMetadata(ModelFolder folder, String parent, List<String> parts)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(folder.read(part));
      folder.remove(part);
    }
    ObjectNode metadata = (ObjectNode) JSON.readTree(text.toString());
    metadata.put(TIMESTAMP, 0L);
    folder.write(parent + "/part-00000", JSON.writeValueAsString(metadata) + "\n");
  }

  private static void renameData(ModelFolder folder, String parent, List<String> parts)
      throws IOException {
    for (int of = 0; of < parts.size(); of++) {
      if (!parts.get(of).endsWith(DATA)) {
        throw new IOException("Spark wrote a data file of another kind: " + parts.get(of));
      }
      folder.rename(parts.get(of), String.format(Locale.ROOT, "%s/part-%05d%s", parent, of, DATA));
    }
  }
}
