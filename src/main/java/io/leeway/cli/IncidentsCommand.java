package io.leeway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leeway incidents}: what people deal with. */
@Command(
    name = "incidents",
    description = "Lists incidents, shows one, says what is done about it, or sends what waits.",
    mixinStandardHelpOptions = true)
final class IncidentsCommand implements Runnable {
  @Spec private CommandSpec spec;

  private IncidentsCommand() {}

  static CommandLine with(Sessions sessions) {
    return new CommandLine(new IncidentsCommand())
        .addSubcommand(new IncidentListCommand(sessions))
        .addSubcommand(new IncidentShowCommand(sessions))
        .addSubcommand(new IncidentActCommand.Acknowledge(sessions))
        .addSubcommand(new IncidentActCommand.Mitigate(sessions))
        .addSubcommand(new IncidentActCommand.Resolve(sessions))
        .addSubcommand(new IncidentNotifyCommand(sessions));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "No subcommand given: list, show, ack, mitigate, resolve or notify.");
  }
}
