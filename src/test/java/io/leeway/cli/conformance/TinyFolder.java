package io.leeway.cli.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * The folder of the test resources as a folder on disk, packed as the format wants it. What it
 * holds and where its expected values come from says {@code make.py} beside it.
 */
final class TinyFolder {
  private final Path path;

  private TinyFolder(Path path) {
    this.path = path;
  }

  /** With the expected values of the whole model. */
  static TinyFolder in(Path directory) {
    return withoutExpectedValues(directory).with("expected.csv", UnaryOperator.identity());
  }

  /** With every file of expected values. */
  static TinyFolder complete(Path directory) {
    return in(directory)
        .with("expected_asof.csv", UnaryOperator.identity())
        .with("expected_challenger.csv", UnaryOperator.identity());
  }

  static TinyFolder withoutExpectedValues(Path directory) {
    return new TinyFolder(directory.resolve("tiny"))
        .with("schema.json", UnaryOperator.identity())
        .with("predictions.csv", UnaryOperator.identity())
        .with("labels.csv", UnaryOperator.identity())
        .with("challenger.csv", UnaryOperator.identity());
  }

  /** Writes a file of the resources, changed. */
  TinyFolder with(String name, UnaryOperator<String> change) {
    try (InputStream in = TinyFolder.class.getResourceAsStream("/conformance/tiny/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.createDirectories(path);
      byte[] bytes = change.apply(text).getBytes(StandardCharsets.UTF_8);
      if (name.endsWith(".csv")) {
        pack(path.resolve(name + ".gz"), bytes);
      } else {
        Files.write(path.resolve(name), bytes);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void pack(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }

  Path path() {
    return path;
  }
}
