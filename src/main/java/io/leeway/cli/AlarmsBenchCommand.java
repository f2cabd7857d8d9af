package io.leeway.cli;

import io.leeway.cli.bench.AlarmBench;
import io.leeway.cli.bench.QuietKind;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench alarms}. */
@Command(
    name = "alarms",
    description = {
      "How often rules raise alarms over made-up histories, as tables in Markdown."
    },
    mixinStandardHelpOptions = true)
final class AlarmsBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--histories",
      defaultValue = "200",
      description = "Histories of each kind (default: ${DEFAULT-VALUE}).")
  private int histories;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--only",
      split = ",",
      description = "Kinds: ${COMPLETION-CANDIDATES} (default: all).")
  private List<QuietKind> only = List.of(QuietKind.values());

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    AlarmBench bench =
        AlarmBench.of(
            EnumSet.copyOf(only), histories, seed, spec.commandLine().getErr()::println);
    bench.lines().forEach(out::println);
    List<String> misses = bench.misses();
    misses.forEach(miss -> out.println("\nBeyond the bars: " + miss));
    out.flush();
    return misses.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
