package io.leeway.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What a command tells schedulers, and where. */
final class SummaryOptions {
  @Option(
      names = "--summary-out",
      paramLabel = "URI",
      description =
          "Write a small JSON summary there, also on failure and when nothing was due; by a temporary file and a rename.")
  private String address;

  @Option(names = "--json", description = "Print the summary as last line of standard output.")
  private boolean printed;

  Optional<String> address() {
    return Optional.ofNullable(address);
  }

  boolean printed() {
    return printed;
  }
}
