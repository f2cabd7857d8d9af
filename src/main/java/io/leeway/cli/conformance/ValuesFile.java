package io.leeway.cli.conformance;

import io.leeway.domain.EnvironmentException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/**
 * The published values as a file: the columns of the file of expected values, then {@code
 * error_bound} and {@code status}. Gzip where the name ends in {@code .gz}.
 */
final class ValuesFile {
  /** The status of an expected value for which the jobs published nothing. */
  static final String NOT_COMPUTED = "NOT_COMPUTED";

  /** The column of the time up to which predictions and labels count. */
  static final String AS_OF = "as_of";

  private static final String COLUMNS =
      "window_start,window_end,segment_column,segment_value,feature,metric,value,"
          + "error_bound,status";

  /** Beyond, not every whole number is a double. */
  private static final double WHOLE_NUMBERS = 1L << 53;

  private ValuesFile() {}

  /**
   * Writes all values: those that are expected in their order, then the others, sorted. The file is
   * there as a whole or not at all.
   */
  static void write(Path file, String dataset, FileResult result) {
    Set<ValueKey> keys = new LinkedHashSet<>(result.expectedKeys());
    keys.addAll(new TreeSet<>(result.published().keySet()));
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.createDirectories(target.getParent());
      try (Writer out = open(part, target.toString().endsWith(".gz"))) {
        boolean asOf = result.format() == ValuesFormat.AS_OF;
        out.write("dataset," + (asOf ? AS_OF + "," : "") + COLUMNS + "\n");
        for (ValueKey key : keys) {
          out.write(line(dataset, key, result.published().get(key)) + "\n");
        }
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EnvironmentException(
          file + ": cannot be written (" + e + "); check its folder and the space left.", e);
    }
  }

  private static Writer open(Path file, boolean packed) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    return new BufferedWriter(
        new OutputStreamWriter(
            packed ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8));
  }

  private static String line(String dataset, ValueKey key, PublishedValue value) {
    List<String> fields = new ArrayList<>();
    fields.add(dataset);
    key.asOf().ifPresent(time -> fields.add(time.toString()));
    fields.add(key.window().start().toString());
    fields.add(key.window().end().toString());
    fields.add(key.segmentColumn());
    fields.add(key.segmentValue());
    fields.add(key.feature());
    fields.add(key.metric());
    fields.add(value == null ? "" : text(value.value()));
    fields.add(value == null ? "" : text(value.errorBound()));
    fields.add(value == null ? NOT_COMPUTED : value.status());
    return String.join(",", fields.stream().map(ValuesFile::quoted).toList());
  }

  /** Reads back as the same double; whole numbers without a fraction. */
  private static String text(OptionalDouble number) {
    if (number.isEmpty()) {
      return "";
    }
    double value = number.getAsDouble();
    return value == Math.rint(value) && Math.abs(value) < WHOLE_NUMBERS
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quoted(String field) {
    return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? "\"" + field.replace("\"", "\"\"") + "\""
        : field;
  }
}
