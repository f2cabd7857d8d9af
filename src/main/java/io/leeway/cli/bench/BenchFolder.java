package io.leeway.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of tables that are made for one run of a benchmark, removed in the end. */
record BenchFolder(Path path) implements AutoCloseable {
  /**
   * Makes it.
   *
   * @param data what it is to lie in, made where missing
   */
  static BenchFolder in(Path data, String prefix) throws IOException {
    Files.createDirectories(data);
    return new BenchFolder(Files.createTempDirectory(data, prefix));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> inside = Files.walk(path)) {
      all = inside.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.delete(one);
    }
  }
}
