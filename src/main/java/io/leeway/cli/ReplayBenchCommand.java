package io.leeway.cli;

import io.leeway.cli.bench.ReplayBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench replay}. */
@Command(
    name = "replay",
    description =
        "A policy replayed over stored metrics: PSI of features by segments in daily windows, all quiet, judged twice, by the policy in force and as a proposed one.",
    mixinStandardHelpOptions = true)
final class ReplayBenchCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private BenchTablesOptions tables;

  @Option(
      names = "--days",
      defaultValue = "365",
      description = "Days of history (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--segments",
      defaultValue = "200",
      description = "Segments (default: ${DEFAULT-VALUE}).")
  private int segments;

  @Option(
      names = "--features",
      defaultValue = "50",
      description = "Features (default: ${DEFAULT-VALUE}).")
  private int features;

  @Option(
      names = "--runs",
      defaultValue = "1",
      description = "Replays (default: ${DEFAULT-VALUE}).")
  private int runs;

  ReplayBenchCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    ReplayBench bench =
        ReplayBench.of(
            sessions.session(),
            tables.data(),
            new ReplayBench.Size(days, segments, features, runs),
            spec.commandLine().getErr()::println);
    tables.print(spec.commandLine().getOut(), bench.lines(), bench::json);
    return ExitCode.DONE;
  }
}
