package io.leeway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leeway models}: the versions that were trained. */
@Command(
    name = "models",
    description = "Lists the versions of each model, shows one, or says how two differ.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  private ModelsCommand() {}

  static CommandLine with(Sessions sessions) {
    return new CommandLine(new ModelsCommand())
        .addSubcommand(new ModelListCommand(sessions))
        .addSubcommand(new ModelShowCommand(sessions))
        .addSubcommand(new ModelDiffCommand(sessions));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No subcommand given: list, show or diff.");
  }
}
