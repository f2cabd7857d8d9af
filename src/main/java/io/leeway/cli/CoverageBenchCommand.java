package io.leeway.cli;

import io.leeway.cli.bench.CoverageBench;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench coverage}. */
@Command(
    name = "coverage",
    description = {
      "How often 95 %% intervals hold the truth, on a grid where it is known, as a table in Markdown.",
      "Ends with code 3 where a kind of interval covers less than 94 % or more than 96.5 % in the mean, or less than 92 % at any point; the gap of several groups, wide by design, less than 93 % in the mean or at any point."
    },
    mixinStandardHelpOptions = true)
final class CoverageBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--draws",
      defaultValue = "10000",
      description =
          "Draws at each point of AUC, average precision and gaps of several groups, from fixed"
              + " seeds (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CoverageBench bench = CoverageBench.of(draws, spec.commandLine().getErr()::println);
    bench.lines().forEach(out::println);
    List<String> misses = bench.misses(0);
    misses.forEach(miss -> out.println("\nBeyond the bars: " + miss));
    out.flush();
    return misses.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
