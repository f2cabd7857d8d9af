package io.leeway.cli.conformance;

import io.leeway.cli.ExitCode;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.Period;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code conformance}. */
@Command(
    name = "conformance",
    description =
        "Runs a folder of predictions and labels through the baseline and the monitor, writes the "
            + "computed values, and holds them against the expected ones where these lie beside the data. "
            + "Exit code 3 means that they do not agree.",
    mixinStandardHelpOptions = true)
public final class ConformanceCommand implements Callable<Integer> {
  private final Supplier<SparkSession> session;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder with schema.json, predictions.csv.gz, labels.csv.gz, and perhaps files of "
              + "expected values: expected.csv.gz, expected_asof.csv.gz, expected_challenger.csv.gz.")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the computed values; packed if the name ends in .gz.")
  private Path out;

  @Option(
      names = "--asof-out",
      paramLabel = "FILE",
      description =
          "Where to write performance as of the times in schema.json, with the predictions and "
              + "labels up to each.")
  private Path asOfOut;

  @Option(
      names = "--challenger-out",
      paramLabel = "FILE",
      description = "Where to write the performance of the challenger that schema.json names.")
  private Path challengerOut;

  @Option(
      names = "--base",
      paramLabel = "PERIOD",
      description =
          "Length of the base windows, such as \"1 hour\"; the folder's windows are made by adding "
              + "them up. Without it, a day, or the longest below that fits the windows.")
  private String base;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Folder for the tables that are made on the way, kept afterwards; it must not be there. "
              + "Without it, a temporary one that is removed.")
  private Path work;

  /**
   * The command.
   *
   * @param session starts or finds the Spark session, asked for only if the arguments are right
   */
  public ConformanceCommand(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Optional<Period> period = Optional.ofNullable(base).map(this::period);
    if (work != null && Files.exists(work)) {
      throw new ParameterException(
          spec.commandLine(), "--work " + work + " is there already; name a new folder.");
    }
    FolderSchema.read(folder);
    Path tables = work == null ? temporary() : work;
    try {
      PrintWriter words = spec.commandLine().getErr();
      ConformanceReport report =
          new Conformance(session.get(), tables, words::println).run(folder, period, outputs());
      report.print(spec.commandLine().getOut());
      return report.agrees() ? ExitCode.DONE : ExitCode.REFUSED;
    } finally {
      if (work == null) {
        remove(tables);
      }
    }
  }

  private Map<ValuesFormat, Path> outputs() {
    Map<ValuesFormat, Path> outputs = new EnumMap<>(ValuesFormat.class);
    Optional.ofNullable(out).ifPresent(it -> outputs.put(ValuesFormat.EXPECTED, it));
    Optional.ofNullable(asOfOut).ifPresent(it -> outputs.put(ValuesFormat.AS_OF, it));
    Optional.ofNullable(challengerOut).ifPresent(it -> outputs.put(ValuesFormat.CHALLENGER, it));
    return outputs;
  }

  private Period period(String text) {
    try {
      return Period.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--base: " + e.getMessage(), e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("leeway-conformance");
    } catch (IOException e) {
      throw new EnvironmentException(
          "No temporary folder can be made (" + e + "); name one with --work.", e);
    }
  }

  private void remove(Path tables) {
    try (Stream<Path> paths = Files.walk(tables)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      spec.commandLine().getErr().println("The temporary " + tables + " was not removed: " + e);
    }
  }
}
