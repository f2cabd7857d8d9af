package io.leeway.cli.conformance;

import io.leeway.domain.UserException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file by RFC 4180, read row by row: a header, commas, quotes only where needed, UTF-8; gzip
 * where the name ends in {@code .gz}. An empty field is a missing value.
 */
final class CsvFile implements Closeable {
  private static final int END = -1;

  private final Path file;
  private final BufferedReader in;
  private final List<String> header;
  private final List<String> row = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private long line = 1;
  private long rowLine = 1;

  private CsvFile(Path file, BufferedReader in) throws IOException {
    this.file = file;
    this.in = in;
    if (!readRow()) {
      throw new UserException(file + ": is empty; its first line must name the columns.");
    }
    if (row.contains(null)) {
      throw problem("column " + (row.indexOf(null) + 1) + " has no name.");
    }
    if (new HashSet<>(row).size() < row.size()) {
      throw problem("a column name stands there twice: " + row + ".");
    }
    this.header = List.copyOf(row);
  }

  /**
   * Opens the file and reads its header.
   *
   * @throws UserException if there is no such file, or it is not readable as what its name says
   */
  static CsvFile open(Path file) {
    try {
      InputStream bytes = Files.newInputStream(file);
      try {
        InputStream plain =
            file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        // A decoder, not a character set: that one would replace broken bytes without a word.
        return new CsvFile(
            file,
            new BufferedReader(
                new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), 1 << 16));
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file.", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UserException unreadable(Path file, IOException e) {
    return new UserException(
        file + ": cannot be read as UTF-8 text (" + e + "); fetch or pack the file again.", e);
  }

  List<String> header() {
    return header;
  }

  /**
   * Where a column stands.
   *
   * @throws UserException if the file has no such column
   */
  int column(String name) {
    int at = header.indexOf(name);
    if (at < 0) {
      throw new UserException(
          file + ": there is no column '" + name + "'; the header names " + header + ".");
    }
    return at;
  }

  /**
   * Goes on to the next row; false at the end of the file.
   *
   * @throws UserException if it has not one field a column, or cannot be read
   */
  boolean next() {
    try {
      if (!readRow()) {
        return false;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (row.size() != header.size()) {
      throw problem("there are " + row.size() + " fields for " + header.size() + " columns.");
    }
    return true;
  }

  /** A field of the row; {@code null} where it is missing. */
  String field(int column) {
    return row.get(column);
  }

  /**
   * A field that must be there.
   *
   * @throws UserException if it is missing
   */
  String required(int column) {
    String text = field(column);
    if (text == null) {
      throw problem("'" + header.get(column) + "' is missing.");
    }
    return text;
  }

  /**
   * A field that must be a number. The platform rounds correctly.
   *
   * @throws UserException if it is none
   */
  double number(int column) {
    return number(column, required(column));
  }

  /** A text as a number of a column; otherwise as {@link #number(int)}. */
  double number(int column, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw problem("'" + header.get(column) + "' is not a number: '" + text + "' (" + e + ").");
    }
  }

  /**
   * A field that must be a time.
   *
   * @throws UserException if it is none
   */
  Instant time(int column) {
    String text = required(column);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw problem(
          "'" + text + "' is not a time; write it like 2026-01-01T00:00:00Z (" + e + ").");
    }
  }

  /** An error at the row that was read last. */
  UserException problem(String what) {
    return new UserException(file + ":" + rowLine + ": " + what);
  }

  private boolean readRow() throws IOException {
    row.clear();
    rowLine = line;
    int next = in.read();
    if (next == '\uFEFF' && rowLine == 1) {
      next = in.read();
    }
    if (next == END) {
      return false;
    }
    while (true) {
      next = next == '"' ? quoted() : plain(next);
      row.add(field.isEmpty() ? null : field.toString());
      if (next != ',') {
        break;
      }
      next = in.read();
    }
    line++;
    return true;
  }

  /** Reads up to the field's end and returns the character there: comma, line feed or none. */
  private int plain(int first) throws IOException {
    field.setLength(0);
    int next = first;
    while (next != ',' && next != '\n' && next != END) {
      if (next == '\r') {
        return lineFeed();
      }
      if (next == '"') {
        throw problem("there is a quote within a field that does not start with one.");
      }
      field.append((char) next);
      next = in.read();
    }
    return next;
  }

  private int quoted() throws IOException {
    field.setLength(0);
    while (true) {
      int next = in.read();
      if (next == END) {
        throw problem("the file ends within quotes.");
      }
      if (next == '"') {
        int after = in.read();
        if (after == '\r') {
          return lineFeed();
        }
        if (after == ',' || after == '\n' || after == END) {
          return after;
        }
        if (after != '"') {
          throw problem("there is text behind a closing quote.");
        }
      } else if (next == '\n') {
        line++;
      }
      field.append((char) next);
    }
  }

  private int lineFeed() throws IOException {
    int next = in.read();
    if (next != '\n' && next != END) {
      throw problem("there is a carriage return without a line feed.");
    }
    return next;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
