package io.leeway.cli;

import io.leeway.cli.bench.AbBench;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench ab}. */
@Command(
    name = "ab",
    description = {
      "How often a challenger is let out over made-up A/B tests of 30 days that are looked at every day, as a table in Markdown: where nothing differs, beside a naive test at every look; where it is better; and where it breaks a guardrail.",
      "Ends with code 3 where nothing differs and more than 5 %% of tests say SHIP."
    },
    mixinStandardHelpOptions = true)
final class AbBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--tests",
      defaultValue = "1000",
      description = "Tests of each kind and base rate (default: ${DEFAULT-VALUE}).")
  private int tests;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    AbBench bench = AbBench.of(tests, seed, spec.commandLine().getErr()::println);
    bench.lines().forEach(out::println);
    List<String> misses = bench.misses();
    misses.forEach(miss -> out.println("\nBeyond the bars: " + miss));
    out.flush();
    return misses.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
