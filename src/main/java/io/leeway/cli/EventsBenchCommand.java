package io.leeway.cli;

import io.leeway.cli.bench.EventsBench;
import io.leeway.simulate.Simulation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code leeway bench events}. */
@Command(
    name = "events",
    description = {
      "Which incident tells of each event in the lender's script, in which rows and columns, and how many days were in when it was found.",
      "Labels are all in."
    },
    mixinStandardHelpOptions = true)
final class EventsBenchCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private BenchTablesOptions tables;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the simulation (default: ${DEFAULT-VALUE}).")
  private long seed;

  EventsBenchCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    EventsBench bench =
        EventsBench.in(
            sessions.session(),
            tables.data(),
            Simulation.demoScript().withSeed(seed),
            spec.commandLine().getErr()::println);
    tables.print(spec.commandLine().getOut(), bench.lines(), bench::json);
    return ExitCode.DONE;
  }
}
