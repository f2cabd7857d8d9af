package io.leeway.cli;

import io.leeway.cli.bench.AlarmBench;
import io.leeway.cli.bench.FoundBench;
import io.leeway.cli.bench.QuietKind;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench alarms}. */
@Command(
    name = "alarms",
    description = {
      "How often rules raise alarms over made-up histories of 50 columns in 50 segments, as tables in Markdown: over those in which nothing changes, beside naive rules; and within how many windows a change in one segment is found.",
      "Ends with code 3 where nothing changes and more than 5 of 200 histories have an alarm of severity retrain or above, or more than 10 any at all."
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
      names = "--quiet",
      split = ",",
      description = "Kinds in which nothing changes: ${COMPLETION-CANDIDATES} (default: all).")
  private List<QuietKind> quiet = List.of(QuietKind.values());

  @Option(
      names = "--changes",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether changes are looked for, too (default: ${DEFAULT-VALUE}).")
  private boolean changes;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> progress = spec.commandLine().getErr()::println;
    AlarmBench bench = AlarmBench.of(new LinkedHashSet<>(quiet), histories, seed, progress);
    bench.lines().forEach(out::println);
    if (changes) {
      out.println();
      FoundBench.of(histories, seed, progress).lines().forEach(out::println);
    }
    List<String> misses = bench.misses();
    misses.forEach(miss -> out.println("\nBeyond the bars: " + miss));
    out.flush();
    return misses.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
  }
}
