package io.leeway.stats.performance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The labelled rows of a public dataset by window, and what scikit-learn made of them. The folder
 * is the system property {@code leeway.data}, or {@code ../shared/data} beside the project; none of
 * its files has quoted fields.
 *
 * @param expected of the whole window, metric to value; undefined values are left out
 * @param rows column to text, with {@code label}
 */
record PublicDataset(String window, Map<String, Double> expected, List<Map<String, String>> rows) {
  private static final Path DATA =
      Path.of(System.getProperty("leeway.data", Path.of("..", "shared", "data").toString()));

  static List<PublicDataset> windows(String name) throws IOException {
    Path folder = DATA.resolve(name);
    assumeTrue(Files.isDirectory(folder), "Skipped: there is no folder " + folder);
    Map<String, PublicDataset> windows = expected(folder);
    Map<String, String> labels = new HashMap<>();
    for (Map<String, String> row : read(folder.resolve("labels.csv.gz"))) {
      labels.put(row.get("prediction_id"), row.get("label"));
    }
    List<String> starts = new ArrayList<>(windows.keySet());
    for (Map<String, String> row : read(folder.resolve("predictions.csv.gz"))) {
      String label = labels.get(row.get("prediction_id"));
      if (label != null) {
        row.put("label", label);
        // The first window is the reference's; ISO times sort as text.
        int at = 0;
        if (row.get("period").equals("analysis")) {
          for (int w = 1; w < starts.size(); w++) {
            at = starts.get(w).compareTo(row.get("ts")) <= 0 ? w : at;
          }
        }
        windows.get(starts.get(at)).rows().add(row);
      }
    }
    return List.copyOf(windows.values());
  }

  private static Map<String, PublicDataset> expected(Path folder) throws IOException {
    Map<String, PublicDataset> windows = new LinkedHashMap<>();
    for (Map<String, String> row : read(folder.resolve("expected.csv.gz"))) {
      if (row.get("segment_column").isEmpty() && row.get("feature").isEmpty()) {
        PublicDataset window =
            windows.computeIfAbsent(
                row.get("window_start"),
                start -> new PublicDataset(start, new HashMap<>(), new ArrayList<>()));
        if (!row.get("value").isEmpty()) {
          window.expected().put(row.get("metric"), Double.valueOf(row.get("value")));
        }
      }
    }
    return windows;
  }

  private static List<Map<String, String>> read(Path file) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] names = lines.readLine().split(",", -1);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], fields[i]);
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
