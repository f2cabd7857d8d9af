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
import java.util.OptionalInt;

/** A file of expected values: which number is what, in the file's order; empty is undefined. */
final class ExpectedValues {
  private ExpectedValues() {}

  /**
   * Reads the values that lie beside the data; empty if none do.
   *
   * @throws io.leeway.domain.UserException if the file is not in the format
   */
  static Optional<Map<ValueKey, OptionalDouble>> read(Path folder, ValuesFormat format) {
    Path file = format.in(folder);
    return Files.exists(file) ? Optional.of(readFile(file, format)) : Optional.empty();
  }

  private static Map<ValueKey, OptionalDouble> readFile(Path file, ValuesFormat format) {
    Map<ValueKey, OptionalDouble> values = new LinkedHashMap<>();
    Map<String, Instant> times = new HashMap<>();
    try (CsvFile csv = CsvFile.open(file)) {
      OptionalInt asOf =
          format == ValuesFormat.AS_OF
              ? OptionalInt.of(csv.column(ValuesFile.AS_OF))
              : OptionalInt.empty();
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
                  asOf.isPresent() ? Optional.of(csv.time(asOf.getAsInt())) : Optional.empty(),
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
}
