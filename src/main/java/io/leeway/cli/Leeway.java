package io.leeway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code leeway}: hands its arguments to the command they name. */
@Command(
    name = "leeway",
    description =
        "Watches machine learning models after launch, and retrains them when they drift.",
    mixinStandardHelpOptions = true,
    versionProvider = Leeway.Version.class,
    subcommands = BenchCommand.class)
public final class Leeway implements Runnable {

  @Spec private CommandSpec spec;

  /** Runs the command that the arguments name, and ends with its exit code where that is not 0. */
  public static void main(String[] arguments) {
    int exitCode = commandLine().execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Leeway());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given.");
  }

  /** The version in the jar's manifest; classes outside a jar have none. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Leeway.class.getPackage().getImplementationVersion();
      return new String[] {"Leeway " + (version == null ? "(not packaged)" : version)};
    }
  }
}
