package io.leeway.cli;

import io.leeway.cli.bench.LabelBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench labels}. */
@Command(
    name = "labels",
    description = {
      "What labels cost, over ninety daily windows: a bare join of both tables by Spark (join), from",
      "tables to finished outcomes (labels), and of new labels, a thousandth of all, that belong to",
      "two windows next to one another (drip) or far apart (apart), beside two windows that are asked",
      "for (two). Of the monitor only its part with labels is timed; finding which windows new labels",
      "belong to stands by itself."
    },
    mixinStandardHelpOptions = true)
final class LabelBenchCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;

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

  @Option(
      names = "--data",
      defaultValue = "${sys:java.io.tmpdir}/leeway-bench",
      description = "Where tables are made for the time being (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  private boolean json;

  LabelBenchCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    LabelBench bench =
        LabelBench.of(sessions.session(), data.toAbsolutePath(), rows, runs, progress::println);
    bench.lines().forEach(out::println);
    if (json) {
      out.println(bench.json());
    }
    out.flush();
    return ExitCode.DONE;
  }
}
