package io.leeway.cli;

import io.leeway.cli.bench.LabelBench;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench labels}. */
@Command(
    name = "labels",
    description = {
      "What labels cost, over ninety daily windows: a bare join of both tables by Spark (join), from tables to finished outcomes (labels), and of new labels, a thousandth of all, that belong to two windows next to one another (drip) or far apart (apart), beside two windows that are asked for (two).",
      "Of the monitor only its part with labels is timed; finding which windows new labels belong to stands by itself."
    },
    mixinStandardHelpOptions = true)
final class LabelBenchCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;

  @Mixin private BenchTablesOptions tables;

  @Option(
      names = "--rows",
      defaultValue = "5000000",
      description = "Predictions in all windows together (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Runs of each part, after one that does not count (default: ${DEFAULT-VALUE}).")
  private int runs;

  LabelBenchCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    PrintWriter progress = spec.commandLine().getErr();
    LabelBench bench =
        LabelBench.of(sessions.session(), tables.data(), rows, runs, progress::println);
    tables.print(spec.commandLine().getOut(), bench.lines(), bench::json);
    return ExitCode.DONE;
  }
}
