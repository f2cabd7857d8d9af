package io.leeway.cli;

import io.leeway.cli.conformance.ConformanceCommand;
import io.leeway.cli.conformance.RetrainBenchCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code leeway}: hands its arguments to the command they name. */
@Command(
    name = "leeway",
    description =
        "Watches machine learning models after launch, and retrains them when they drift.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Leeway implements Runnable {

  @Spec private CommandSpec spec;

  /**
   * Runs the command that the arguments name, and ends with its exit code where that is not 0.
   *
   * @throws IllegalStateException in place of an exit code where the driver runs on a cluster
   */
  public static void main(String[] arguments) {
    int exitCode;
    boolean byException;
    try (Sessions sessions = Sessions.ofThisProcess()) {
      byException = sessions.isClusterDriver();
      exitCode = commandLine(sessions).execute(arguments);
    }
    if (exitCode != ExitCode.DONE) {
      if (byException) {
        throw new IllegalStateException(
            "Leeway ended with code " + exitCode + "; what it printed before says why.");
      }
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine(Sessions sessions) {
    return new CommandLine(new Leeway())
        .addSubcommand(new QuickstartCommand(sessions))
        .addSubcommand(new SimulateCommand(sessions))
        .addSubcommand(new BaselineCommand(sessions))
        .addSubcommand(new MonitorCommand(sessions))
        .addSubcommand(IncidentsCommand.with(sessions))
        .addSubcommand(new ReplayCommand(sessions))
        .addSubcommand(new RetrainCommand(sessions))
        .addSubcommand(ModelsCommand.with(sessions))
        .addSubcommand(new ApproveCommand(sessions))
        .addSubcommand(new RejectCommand(sessions))
        .addSubcommand(new PromoteCommand(sessions))
        .addSubcommand(new RollbackCommand(sessions))
        .addSubcommand(new ScoreCommand(sessions))
        .addSubcommand(new AbCommand(sessions))
        .addSubcommand(new CircuitCommand(sessions))
        .addSubcommand(AuditCommand.with(sessions))
        .addSubcommand(new MaintainCommand(sessions))
        .addSubcommand(new CheckCommand(sessions))
        .addSubcommand(new SqlCommand(sessions))
        .addSubcommand(new ViewsCommand(sessions))
        .addSubcommand(new ConformanceCommand(sessions::session))
        .addSubcommand(
            new CommandLine(new BenchCommand())
                .addSubcommand(new IncrementBenchCommand(sessions))
                .addSubcommand(new LabelBenchCommand(sessions))
                .addSubcommand(new ReplayBenchCommand(sessions))
                .addSubcommand(new EventsBenchCommand(sessions))
                .addSubcommand(new RetrainBenchCommand(sessions::session)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((error, arguments) -> refused(error))
        .setExecutionExceptionHandler((error, command, parsed) -> failed(error, command));
  }

  /** Wrong arguments: what is wrong, the nearest that is known, and where all are shown. */
  private static int refused(ParameterException error) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    if (error instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    }
    String message =
        error.getMessage()
            + (error.getMessage().endsWith(".") ? " " : ". ")
            + command.getCommandSpec().qualifiedName()
            + " --help shows what there is.";
    if (command.getCommandSpec().userObject() instanceof ReportingCommand reporting) {
      return reporting.refused(message);
    }
    err.println(message);
    return ExitCode.USER;
  }

  private static int failed(Exception error, CommandLine command) {
    Failure failure = Failure.of(error, command.getCommandSpec().qualifiedName());
    command.getErr().println(failure.message());
    return failure.exitCode();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given.");
  }
}
