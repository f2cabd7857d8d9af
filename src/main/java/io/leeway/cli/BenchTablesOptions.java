package io.leeway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where a benchmark makes tables for the time being, and how it tells what it measured. */
final class BenchTablesOptions {
  @Option(
      names = "--data",
      defaultValue = "${sys:java.io.tmpdir}/leeway-bench",
      description = "Where tables are made for the time being (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  private boolean json;

  Path data() {
    return data.toAbsolutePath();
  }

  /** Prints lines, and one of JSON where that is asked for. */
  void print(PrintWriter out, List<String> lines, Supplier<String> asJson) {
    lines.forEach(out::println);
    if (json) {
      out.println(asJson.get());
    }
    out.flush();
  }
}
