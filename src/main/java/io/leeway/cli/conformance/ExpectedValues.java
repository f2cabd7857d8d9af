package io.leeway.cli.conformance;

import io.leeway.domain.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A file of expected values: which number is what, in the file's order; empty is undefined. */
final class ExpectedValues {
  static final String FILE = "expected.csv.gz";

  private ExpectedValues() {}

  /**
   * Reads the values that lie beside the data; empty if none do.
   *
   * @throws io.leeway.domain.UserException if the file is not in the format
   */
  static Optional<Map<ValueKey, OptionalDouble>> read(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? Optional.of(readFile(file)) : Optional.empty();
  }

  private static Map<ValueKey, OptionalDouble> readFile(Path file) {
    Map<ValueKey, OptionalDouble> values = new LinkedHashMap<>();
    Map<String, Instant> times = new HashMap<>();
    try (CsvFile csv = CsvFile.open(file)) {
      int start = csv.column("window_start");
      int end = csv.column("window_end");
      int segmentColumn = csv.column("segment_column");
      int segmentValue = csv.column("segment_value");
      int feature = csv.column("feature");
      int metric = csv.column("metric");
      int value = csv.column("value");
      while (csv.next()) {
        try {
          Window window =
              new Window(
                  times.computeIfAbsent(csv.required(start), Instant::parse),
                  times.computeIfAbsent(csv.required(end), Instant::parse));
          ValueKey key =
              new ValueKey(
                  window,
                  orEmpty(csv.field(segmentColumn)),
                  orEmpty(csv.field(segmentValue)),
                  orEmpty(csv.field(feature)),
                  csv.required(metric));
          String text = csv.field(value);
          OptionalDouble number =
              text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
          if (values.put(key, number) != null) {
            throw csv.problem("there is a second row for " + key + ".");
          }
        } catch (DateTimeException | IllegalArgumentException e) {
          throw csv.problem(e.getMessage());
        }
      }
    }
    return values;
  }

  private static String orEmpty(String field) {
    return field == null ? "" : field;
  }

  /** How many rows a file of values has; empty if it is not there. */
  static Optional<Long> rows(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (CsvFile csv = CsvFile.open(file)) {
      long rows = 0;
      while (csv.next()) {
        rows++;
      }
      return Optional.of(rows);
    }
  }
}
