package io.leeway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leeway audit}: what was done, and whether the record of it is whole. */
@Command(
    name = "audit",
    description =
        "Tells what was done with a model's versions, or checks that the record is whole.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  private AuditCommand() {}

  static CommandLine with(Sessions sessions) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditVerifyCommand(sessions))
        .addSubcommand(new AuditShowCommand(sessions));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No subcommand given: verify or show.");
  }
}
