package io.leeway.cli;

import io.leeway.cli.bench.ScanBenchRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench}: measures this build on this machine. */
@Command(
    name = "bench",
    description = "Measures Leeway on this machine, on made-up data.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BenchCommand.Scan.class,
      CoverageBenchCommand.class,
      AlarmsBenchCommand.class,
      AbBenchCommand.class
    })
final class BenchCommand {

  /** The command {@code leeway bench scan}. */
  @Command(
      name = "scan",
      description =
          "Our scan beside a bare one (noop) and beside Spark's built-in quantiles (builtin).",
      mixinStandardHelpOptions = true)
  static final class Scan implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--rows",
        defaultValue = "5000000",
        description = "Rows of the table (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
        names = "--columns",
        defaultValue = "20",
        description = "Numeric columns beside score and categories (default: ${DEFAULT-VALUE}).")
    private int columns;

    @Option(
        names = "--windows",
        defaultValue = "1",
        description = "Windows into which the rows fall (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Option(
        names = "--runs",
        defaultValue = "5",
        description =
            "Runs of each part, after one that does not count (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
        names = "--builtin-runs",
        defaultValue = "1",
        description = "Runs of the part that takes minutes (default: ${DEFAULT-VALUE}).")
    private int builtinRuns;

    @Option(
        names = "--only",
        split = ",",
        defaultValue = "noop,scan,slices,builtin",
        description =
            "Parts: noop, scan (4 slices), joint (all features together besides), served (also"
                + " latency, cost, failures, throughput and ids), served-noop (reads what served"
                + " reads), slices (15), builtin (4 slices), finest (its deciles by the finest of"
                + " them only), heap (live heap of both scans);"
                + " default: ${DEFAULT-VALUE}.")
    private List<String> only;

    @Option(
        names = "--data",
        defaultValue = "${sys:java.io.tmpdir}/leeway-bench",
        description = "Folder of the tables, kept for the next time (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--json", description = "Ends with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter progress = spec.commandLine().getErr();
      ScanBenchRun run =
          ScanBenchRun.of(data, rows, columns, windows, runs, builtinRuns, only, progress::println);
      run.lines().forEach(out::println);
      if (json) {
        out.println(run.json());
      }
      out.flush();
      return 0;
    }
  }
}
